package songda.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.failure.NotNow;
import songda.failure.Refused;

/** What a failure means depends on whether the server had begun to read the message. */
class DeliveryTest {

    /** Says what the script says at a command, and ends the connection where it says nothing. */
    private static final class Scripted implements AutoCloseable {

        private static final Map<String, String> WELL = Map.of(
                "",
                "220 ready",
                "EHLO",
                "250 hello",
                "MAIL",
                "250 ok",
                "RCPT",
                "250 ok",
                "DATA",
                "354 go on",
                ".",
                "250 taken",
                "RSET",
                "250 ok",
                "QUIT",
                "221 bye");
        final List<String> messageIds = new CopyOnWriteArrayList<>();
        private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final String at;
        private final String says;

        Scripted(String at, String says) throws IOException {
            this.at = at;
            this.says = says;
            Thread thread = new Thread(this::serve, "scripted-smtp");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!door.isClosed()) {
                try (Socket client = door.accept();
                        BufferedReader in = new BufferedReader(
                                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
                    converse(in, client.getOutputStream());
                } catch (IOException e) {
                    // the next one
                }
            }
        }

        private void converse(BufferedReader in, OutputStream out) throws IOException {
            String command = "";
            while (say(command, out)) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                if (command.equals("DATA") && !at.equals("DATA")) {
                    for (; !line.equals("."); line = in.readLine()) {
                        if (line.startsWith("Message-ID:")) {
                            messageIds.add(line.substring(12));
                        }
                    }
                }
                command = line.split(" ")[0];
            }
        }

        private boolean say(String command, OutputStream out) throws IOException {
            String said = command.equals(at) ? says : WELL.get(command);
            if (said != null && !said.isEmpty()) {
                out.write((said + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            return said != null && !said.isEmpty();
        }

        Delivery delivery() {
            return to(door.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }

    private static Delivery to(int port) {
        Properties settings = new Properties();
        settings.put("mail.smtp.timeout", "5000");
        settings.put("mail.smtp.connectiontimeout", "2000");
        return new Delivery(Session.getInstance(settings), new Delivery.Server("smtp", "127.0.0.1", port, "", ""));
    }

    private static HandedMessage letter() {
        try {
            return new Letter(
                            new ObjectMapper()
                                    .readTree(
                                            """
                                    {"to": "hz-gm@songda.example", "from": "songda@songda.example", "id": "<effect-2002@songda>",
                                     "subject": "三级预案：邮件 1272448151316", "blocks": [{"p": "您好："}]}"""))
                    .compose();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_letter_is_taken_and_has_the_same_number_when_it_is_sent_again() throws Exception {
        try (Scripted server = new Scripted("none", "")) {
            server.delivery().send(letter());
            server.delivery().send(letter());
            assertThat(server.messageIds).containsExactly("<effect-2002@songda>", "<effect-2002@songda>");
        }
    }

    @Test
    void a_server_that_dies_after_the_message_may_have_it() throws Exception {
        try (Scripted server = new Scripted(".", "")) {
            assertThat(catchThrowable(() -> server.delivery().send(letter())))
                    .isInstanceOf(MessagingException.class)
                    .matches(e -> !(((MessagingException) e).getNextException() instanceof ConnectException));
            assertThat(server.messageIds).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"EHLO", "MAIL", "RCPT", "DATA"})
    void one_that_dies_before_has_nothing(String at) throws Exception {
        try (Scripted server = new Scripted(at, "")) {
            assertThat(catchThrowable(() -> server.delivery().send(letter())))
                    .isInstanceOf(MessagingException.class)
                    .satisfies(e -> assertThat(((MessagingException) e).getNextException())
                            .isInstanceOf(ConnectException.class));
            assertThat(server.messageIds).isEmpty();
        }
    }

    @Test
    void one_that_is_not_there_has_nothing() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(catchThrowable(() -> to(port).send(letter())))
                .satisfies(e ->
                        assertThat(((MessagingException) e).getNextException()).isInstanceOf(ConnectException.class));
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550 no such user hz-gm@songda.example", "MAIL, 553 not you", "DATA, 554 no", "., 552 too much"})
    void a_no_for_good_is_a_no_and_its_words_are_not_kept(String at, String says) throws Exception {
        try (Scripted server = new Scripted(at, says)) {
            assertThatThrownBy(() -> server.delivery().send(letter())).isInstanceOfSatisfying(Refused.class, no -> {
                assertThat(no.problem().status()).isEqualTo(422);
                assertThat(no.problem().en()).contains(says.substring(0, 3)).doesNotContain("hz-gm");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 450 busy", "MAIL, 451 later", "., 452 no room", "DATA, 421 closing"})
    void a_no_for_now_is_tried_again(String at, String says) throws Exception {
        try (Scripted server = new Scripted(at, says)) {
            assertThatThrownBy(() -> server.delivery().send(letter())).isInstanceOf(NotNow.class);
        }
    }
}
