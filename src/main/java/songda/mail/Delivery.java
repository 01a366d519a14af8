package songda.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.net.ConnectException;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import songda.failure.NotNow;
import songda.failure.Problem;
import songda.failure.Refused;

/**
 * Hands one message to a mail server, once, and says what its failure means. Before the server has begun to read the message nothing was
 * sent, whatever happens; what it answers afterwards counts; when it answers nothing any more, it may have the message.
 */
final class Delivery {

    private static final Duration LATER = Duration.ofMinutes(5);

    /** @param user empty where the server asks for no login */
    record Server(String protocol, String host, int port, String user, String password) {}

    private final Session session;
    private final Server server;

    Delivery(Session session, Server server) {
        this.session = session;
        this.server = server;
    }

    /**
     * @throws Refused the server said no for good, to this letter or its recipient
     * @throws NotNow it said: not now
     * @throws MessagingException caused by {@link ConnectException} where the server never had the message; any other: it may have it
     */
    void send(HandedMessage message) throws MessagingException {
        try (Transport transport = session.getTransport(server.protocol())) {
            connect(transport);
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw meant(e, message.begun());
        }
    }

    private void connect(Transport transport) throws MessagingException {
        boolean anonymous = server.user().isEmpty();
        transport.connect(
                server.host(), server.port(), anonymous ? null : server.user(), anonymous ? null : server.password());
    }

    private static MessagingException meant(MessagingException failure, boolean begun) {
        int said = said(failure);
        if (failure instanceof AuthenticationFailedException) {
            throw new NotNow("邮件服务器不接受登录 / the mail server does not accept the login", LATER);
        } else if (said >= 500) {
            throw new Refused(Problem.of(
                    422, "mail-refused", "邮件服务器拒收 SMTP " + said, "The mail server refused it: SMTP " + said));
        } else if (said >= 400) {
            throw new NotNow("SMTP " + said, LATER);
        }
        return begun
                ? new MessagingException("no answer after the message", cause(failure))
                : new MessagingException("nothing was handed over", new ConnectException("SMTP"));
    }

    /** What remains is the kind of failure: its words may repeat an address. */
    private static Exception cause(MessagingException failure) {
        return failure.getNextException() != null ? failure.getNextException() : null;
    }

    /** The server's code, or a negative number where it gave none. */
    private static int said(MessagingException failure) {
        for (Exception e = failure; e != null; e = e instanceof MessagingException m ? m.getNextException() : null) {
            if (e instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
        }
        if (failure instanceof SMTPSendFailedException send) {
            return send.getReturnCode();
        } else if (failure instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return failure instanceof SendFailedException ? 500 : -1;
    }
}
