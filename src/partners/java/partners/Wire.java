package partners;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection with blocking reads and writes: a request costs little more than its system
 * calls, so that a load generator leaves the processor to the hub.
 */
final class Wire implements Closeable {
    private final Socket socket;
    private final BufferedInputStream in;
    private final OutputStream out;
    private final String host;
    private boolean open = true;
    private long usedAt = System.nanoTime();

    Wire(URI server, int timeoutMillis) throws IOException {
        int port = server.getPort() < 0 ? 80 : server.getPort();
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(timeoutMillis);
        socket.connect(new InetSocketAddress(server.getHost(), port), timeoutMillis);
        in = new BufferedInputStream(socket.getInputStream(), 4096);
        out = socket.getOutputStream();
        host = server.getHost() + ":" + port;
    }

    /** Headers: lines ended by CR LF. Throws when no whole answer came; the connection is then closed. */
    Answer call(String method, String target, String headers, byte[] body) throws IOException {
        try {
            send(method, target, headers, body);
            Answer answer = receive();
            usedAt = System.nanoTime();
            return answer;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    boolean reusable() {
        return open && System.nanoTime() - usedAt < 5_000_000_000L;
    }

    private void send(String method, String target, String headers, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder(headers.length() + 200);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: ");
        head.append(host).append("\r\nAccept: application/json\r\n");
        if (body.length > 0 && !headers.contains("Content-Type: ")) head.append("Content-Type: application/json\r\n");
        if (body.length > 0) head.append("Content-Length: ").append(body.length).append("\r\n");
        byte[] start = head.append(headers).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        out.write(all);
        out.flush();
    }

    private Answer receive() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).trim();
            if (name.equals("content-length")) length = Integer.parseInt(value);
            else if (name.equals("transfer-encoding")) chunked = value.equalsIgnoreCase("chunked");
            else if (name.equals("connection") && value.equalsIgnoreCase("close")) open = false;
        }
        byte[] body = chunked ? chunks() : status == 204 || status == 304 ? new byte[0] : rest(length);
        if (!open) socket.close();
        return new Answer(status, body);
    }

    private byte[] rest(int length) throws IOException {
        if (length < 0) {
            open = false;
            return in.readAllBytes();
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) throw new EOFException("answer cut off");
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(rest(size));
            line();
        }
        while (!line().isEmpty()) continue;
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].trim(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new EOFException("connection closed by the hub");
            if (b != '\r') line.append((char) b);
        }
        return line.toString();
    }

    @Override
    public void close() {
        open = false;
        try {
            socket.close();
        } catch (IOException ignored) {
            // closing is all that is wanted
        }
    }

    record Answer(int status, byte[] body) {
        boolean taken() {
            return status / 100 == 2;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
