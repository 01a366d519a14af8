package songda.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import songda.failure.StartRefused;

/** TCP ports on loopback. */
final class Ports {

    /** Below those that Linux gives to outgoing connections, one of which might take it before the server that it is for. */
    private static final int FIRST = 20_000;

    private static final int BEHIND = 32_768;
    private static final int TRIES = 100;

    private Ports() {}

    /**
     * {@code wanted}, or a free one when it is 0: one that only another server could take before it is used.
     *
     * @throws StartRefused when somebody listens on {@code wanted}: said here, since Kafka needs three pages to say it
     */
    static int orFree(int wanted) {
        for (int i = 0; wanted == 0 && i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND);
            if (isFree(port)) {
                return port;
            }
        }
        try {
            return bound(wanted);
        } catch (IOException e) {
            throw new StartRefused(
                    "端口不可用 / The port cannot be used: 127.0.0.1:" + wanted + " (" + e.getMessage() + ")",
                    "改 songda.embedded.postgres-port 或 songda.embedded.kafka-port，0 表示任选空闲端口 / "
                            + "Change that setting; 0 takes any free port",
                    e);
        }
    }

    private static boolean isFree(int port) {
        try {
            bound(port);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int bound(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
