package partners;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The mail server (GreenMail): one line in the journal for each recipient of a message, before the sender's 250. */
final class Mail implements Partner {
    private static final int KEPT = 500;

    private final Journal journal;
    private final Behaviour behaviour = new Behaviour();
    private final AtomicInteger held = new AtomicInteger();
    private int port;
    private volatile GreenMail server;
    private volatile SmtpFront front;

    Mail(int port, Journal journal) {
        this.port = port;
        this.journal = journal;
    }

    @Override
    public synchronized void start() throws IOException {
        if (server != null) return;
        if (port == 0) port = freePort();
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(10_000);
        GreenMail fresh = new GreenMail(setup);
        UserManager users = fresh.getUserManager();
        users.setMessageDeliveryHandler((message, recipient) -> deliver(users, message, recipient));
        fresh.start();
        front = new SmtpFront(behaviour, fresh.getSmtp().getPort());
        front.start(port);
        server = fresh;
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            front.stop();
            server.stop();
        }
        server = null;
    }

    private GreenMailUser deliver(UserManager users, MovingMessage message, MailAddress recipient)
            throws MessagingException, UserException {
        MimeMessage mime = message.getMessage();
        ObjectNode body = Json.object().put("to", recipient.getEmail()).put("subject", mime.getSubject());
        body.put("from", mime.getFrom() == null ? null : mime.getFrom()[0].toString());
        body.put("messageId", mime.getMessageID()).put("text", text(mime));
        body.set("parts", Json.tree(parts(mime, new ArrayList<>())));
        journal.in("mail", mime.getMessageID() + "/" + recipient.getEmail(), 200, null, body, null);
        if (held.incrementAndGet() % KEPT == 0) forget();
        GreenMailUser user = users.getUserByEmail(recipient.getEmail());
        return user != null ? user : users.createUser(recipient.getEmail(), recipient.getEmail(), recipient.getEmail());
    }

    /** The journal keeps the mails; the server's mailboxes would only fill the memory. */
    private void forget() {
        Thread purge = new Thread(() -> {
            try {
                server.purgeEmailFromAllMailboxes();
            } catch (Exception ignored) {
                // the next one tries again
            }
        });
        purge.setDaemon(true);
        purge.start();
    }

    /** The plain text of it. */
    private static String text(Part part) throws MessagingException {
        try {
            if (part.getContent() instanceof Multipart parts) {
                StringBuilder all = new StringBuilder();
                for (int i = 0; i < parts.getCount(); i++) all.append(text(parts.getBodyPart(i)));
                return all.toString();
            }
            return part.isMimeType("text/plain") ? String.valueOf(part.getContent()) : "";
        } catch (IOException e) {
            throw new MessagingException("unreadable mail", e);
        }
    }

    /** What it is made of: {@code text/html}, {@code image/png chart-1.png} … */
    private static List<String> parts(Part part, List<String> all) throws MessagingException {
        try {
            if (part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) parts(parts.getBodyPart(i), all);
            } else {
                String name = part.getFileName() == null ? "" : " " + MimeUtility.decodeText(part.getFileName());
                all.add(part.getContentType().replaceFirst("(?s);.*", "") + name);
            }
            return all;
        } catch (IOException e) {
            throw new MessagingException("unreadable mail", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    @Override
    public Options.Place place() {
        return Options.Place.mail;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean running() {
        return server != null;
    }

    @Override
    public Behaviour behaviour() {
        return behaviour;
    }

    @Override
    public Journal journal() {
        return journal;
    }
}
