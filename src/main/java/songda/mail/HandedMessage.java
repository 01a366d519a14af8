package songda.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Properties;

/** A message that knows whether a mail server has begun to read it, and that keeps the Message-ID that it was given. */
final class HandedMessage extends MimeMessage {

    private volatile boolean begun;

    HandedMessage() {
        super(Session.getInstance(new Properties()));
    }

    /** Whether the server may have all of it. */
    boolean begun() {
        return begun;
    }

    @Override
    public void writeTo(OutputStream out, String[] without) throws IOException, MessagingException {
        begun = true;
        super.writeTo(out, without);
    }

    @Override
    protected void updateMessageID() {
        // the effect's own number, the same whenever it is sent
    }
}
