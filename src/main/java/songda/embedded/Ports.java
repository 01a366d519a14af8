package songda.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports on loopback. */
final class Ports {

    private Ports() {}

    /**
     * {@code wanted}, or a free one when it is 0.
     *
     * @throws StartRefused when somebody listens on {@code wanted}: said here, since Kafka needs three pages to say it
     */
    static int orFree(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartRefused(
                    "端口不可用 / The port cannot be used: 127.0.0.1:" + wanted + " (" + e.getMessage() + ")",
                    "改 songda.embedded.postgres-port 或 songda.embedded.kafka-port，0 表示任选空闲端口 / "
                            + "Change that setting; 0 takes any free port",
                    e);
        }
    }
}
