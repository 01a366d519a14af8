package songda.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.mail.JavaMailSender;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How letters leave: {@code javaMailSender: "#letter-sender"} of a route's {@code smtp:}. */
@Configuration(proxyBeanMethods = false)
class SmtpConfiguration {

    private static final String SECONDS_10 = "10000";

    /**
     * @param security {@code none}, {@code starttls} (required, the certificate is checked) or {@code tls}
     * @throws IllegalArgumentException another word
     */
    @Bean("letter-sender")
    JavaMailSender letterSender(
            @Value("${songda.mail.host}") String host,
            @Value("${songda.mail.port}") int port,
            @Value("${songda.mail.security}") String security,
            @Value("${songda.mail.user}") String user,
            @Value("${songda.mail.password}") String password) {
        String protocol = security.equals("tls") ? "smtps" : "smtp";
        Properties settings = new Properties();
        settings.put("mail." + protocol + ".connectiontimeout", "5000");
        settings.put("mail." + protocol + ".timeout", SECONDS_10);
        settings.put("mail." + protocol + ".writetimeout", SECONDS_10);
        settings.put("mail." + protocol + ".ssl.checkserveridentity", "true");
        settings.put("mail." + protocol + ".auth", String.valueOf(!user.isEmpty()));
        // QUIT is said and not waited for: the letter was taken before.
        settings.put("mail." + protocol + ".quitwait", "false");
        switch (security) {
            case "none", "tls" -> settings.put("mail." + protocol + ".starttls.enable", "false");
            case "starttls" -> settings.put("mail.smtp.starttls.required", "true");
            default ->
                throw new IllegalArgumentException(
                        "SONGDA_MAIL_SECURITY 写 none、starttls 或 tls / write none, starttls or tls");
        }
        Delivery delivery =
                new Delivery(Session.getInstance(settings), new Delivery.Server(protocol, host, port, user, password));
        return new DefaultJavaMailSender() {
            @Override
            public void send(MimeMessage message) throws MessagingException {
                delivery.send((HandedMessage) message);
            }
        };
    }
}
