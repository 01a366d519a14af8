package songda.printer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * One job on a raw TCP printer. The printer says nothing about a job; that it closes the connection after reading to our end is the
 * best sign there is.
 */
record PrintJob(InetSocketAddress printer, Duration connecting, Duration closing) {

    /**
     * Returns when the printer has closed the connection, or after {@code closing} with all bytes handed over (some keep it open).
     *
     * @throws ConnectException when there was no connection: nothing was printed
     * @throws IOException when the connection broke: what was printed is not known
     */
    void send(byte[] label) throws IOException {
        try (Socket socket = new Socket()) {
            connect(socket);
            socket.setSoTimeout(Math.toIntExact(closing.toMillis()));
            socket.getOutputStream().write(label);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            // It keeps the connection: what was written is with it.
        }
    }

    private void connect(Socket socket) throws ConnectException {
        try {
            socket.connect(printer, Math.toIntExact(connecting.toMillis()));
        } catch (IOException | IllegalArgumentException e) {
            throw (ConnectException) new ConnectException("no connection to the printer").initCause(e);
        }
    }
}
