package partners;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Stands before the mail server and passes SMTP on, line by line, unless it is told to misbehave: no answer after a whole message that was
 * taken ({@code drop-answer}), a no to a recipient ({@code http500} with {@code status}, to all or, with {@code path}, to one address), slow answers,
 * a connection that ends at once ({@code down}).
 */
final class SmtpFront {
    private final Behaviour behaviour;
    private final int behind;
    private volatile ServerSocket door;

    SmtpFront(Behaviour behaviour, int behind) {
        this.behaviour = behaviour;
        this.behind = behind;
    }

    void start(int port) throws IOException {
        ServerSocket fresh = new ServerSocket();
        fresh.setReuseAddress(true);
        fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        door = fresh;
        daemon(() -> accept(fresh));
    }

    void stop() {
        try {
            door.close();
        } catch (IOException ignored) {
            // closing is all that is wanted
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "smtp-front");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                daemon(() -> converse(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void converse(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            InputStream said = new BufferedInputStream(client.getInputStream());
            InputStream heard = new BufferedInputStream(server.getInputStream());
            OutputStream answers = client.getOutputStream();
            OutputStream commands = server.getOutputStream();
            answers.write(reply(heard));
            Behaviour.Turn turn = null;
            while (true) {
                byte[] line = line(said);
                String command =
                        new String(line, StandardCharsets.US_ASCII).strip().toUpperCase(Locale.ROOT);
                if (command.startsWith("RCPT TO:")) {
                    turn = behaviour.next(address(line));
                    if (turn.mode() == Behaviour.Mode.DOWN) return;
                    turn.waitIfSlow();
                    if (turn.mode() == Behaviour.Mode.HTTP500) {
                        int status = turn.status() == 500 ? 451 : turn.status();
                        answers.write((status + " no\r\n").getBytes(StandardCharsets.US_ASCII));
                        continue;
                    }
                }
                commands.write(line);
                byte[] reply = reply(heard);
                if (command.equals("DATA") && reply[0] == '3') {
                    answers.write(reply);
                    commands.write(message(said));
                    reply = reply(heard);
                    if (turn != null && turn.mode() == Behaviour.Mode.DROP_ANSWER) return;
                }
                answers.write(reply);
                if (command.equals("QUIT")) return;
            }
        } catch (IOException e) {
            // either side has gone: so does the other
        }
    }

    private static String address(byte[] line) {
        return new String(line, StandardCharsets.US_ASCII).replaceFirst("(?s).*<(.*)>.*", "$1");
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b;
        do {
            b = in.read();
            if (b < 0) throw new EOFException();
            line.write(b);
        } while (b != '\n');
        return line.toByteArray();
    }

    /** One reply, whose lines but the last have a hyphen behind the code. */
    private static byte[] reply(InputStream in) throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        byte[] line;
        do {
            line = line(in);
            reply.write(line);
        } while (line.length > 3 && line[3] == '-');
        return reply.toByteArray();
    }

    /** Up to the dot that stands alone. */
    private static byte[] message(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] line;
        do {
            line = line(in);
            message.write(line);
        } while (!(line.length == 3 && line[0] == '.'));
        return message.toByteArray();
    }
}
