package songda.printer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A printer whose every connection goes as the test wrote it. */
final class Socketed implements AutoCloseable {

    interface Talk {
        void with(InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    Socketed(Talk talk) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    open.add(socket);
                    daemon(() -> {
                        try (socket) {
                            talk.with(socket.getInputStream(), socket.getOutputStream());
                        } catch (IOException gone) {
                            // The other side has had enough.
                        }
                    });
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void daemon(Runnable run) {
        Thread thread = new Thread(run, "printer-of-a-test");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
