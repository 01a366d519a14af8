package songda.chaos;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection through a {@link FaultProxy}: a thread for each direction. */
final class Link {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server;
    private int toServer;

    Link(FaultProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    Link start() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        thread(proxy.name() + "-up", () -> pump(client, server, this::up));
        thread(proxy.name() + "-down", () -> pump(server, client, this::down));
        return this;
    }

    static void thread(String name, Runnable work) {
        Thread thread = new Thread(null, work, "proxy-" + name, 128 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Treatment {
        /** @return false when the connection has ended */
        boolean pass(byte[] chunk, OutputStream to) throws IOException, InterruptedException;
    }

    private void pump(Socket from, Socket to, Treatment treatment) {
        byte[] buffer = new byte[32 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                if (!treatment.pass(Arrays.copyOf(buffer, read), out)) {
                    reset();
                    return;
                }
            }
            to.shutdownOutput();
        } catch (IOException ended) {
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (client.isOutputShutdown() && server.isOutputShutdown()) {
                close(client);
                close(server);
            }
            if (client.isClosed()) {
                proxy.ended(this);
            }
        }
    }

    private int read(InputStream in, byte[] buffer) throws IOException, InterruptedException {
        Mode mode = proxy.mode();
        if (mode.kind() != Mode.Kind.SLOW_READ) {
            return in.read(buffer);
        }
        proxy.hit();
        Thread.sleep(mode.millis());
        return in.read(buffer, 0, Math.min(mode.bytes(), buffer.length));
    }

    /** From the hub to the other party. */
    private boolean up(byte[] chunk, OutputStream out) throws IOException, InterruptedException {
        Mode mode = hit(proxy.mode());
        switch (mode.kind()) {
            case ANSWER -> {
                answer(mode, chunk);
                return false;
            }
            case CUT_REQUEST -> {
                out.write(chunk, 0, Math.max(0, Math.min(chunk.length, mode.bytes() - toServer)));
                toServer += chunk.length;
                proxy.hit();
                return toServer < mode.bytes();
            }
            default -> {
                wait(mode);
                out.write(chunk);
            }
        }
        toServer += chunk.length;
        return true;
    }

    /** From the other party to the hub. */
    private boolean down(byte[] chunk, OutputStream out) throws IOException, InterruptedException {
        Mode mode = hit(proxy.mode());
        switch (mode.kind()) {
            case DROP_ANSWER -> {
                proxy.hit();
                return false;
            }
            case CUT_ANSWER -> {
                proxy.hit();
                out.write(chunk, 0, Math.min(chunk.length, mode.bytes()));
                return false;
            }
            case HALF_CLOSE -> {
                proxy.hit();
                client.shutdownOutput();
                return true;
            }
            case DOUBLE_ANSWER -> {
                proxy.hit();
                out.write(chunk);
                out.write(chunk);
            }
            case GARBLE -> {
                proxy.hit();
                out.write(garbled(chunk));
            }
            default -> {
                wait(mode);
                out.write(chunk);
            }
        }
        return true;
    }

    private static Mode hit(Mode mode) {
        return mode.share() >= 1 || ThreadLocalRandom.current().nextDouble() < mode.share() ? mode : Mode.PASS;
    }

    private void wait(Mode mode) throws InterruptedException {
        if (mode.kind() == Mode.Kind.BLACK_HOLE) {
            proxy.hit();
            proxy.awaitOther(mode);
        } else if (mode.kind() == Mode.Kind.LATE) {
            proxy.hit();
            Thread.sleep(mode.millis()
                    + (mode.jitter() == 0 ? 0 : ThreadLocalRandom.current().nextInt(mode.jitter())));
        }
    }

    private static byte[] garbled(byte[] chunk) {
        byte[] other = chunk.clone();
        for (int i = 0; i < other.length; i += 1 + ThreadLocalRandom.current().nextInt(16)) {
            other[i] ^= (byte) (1 << ThreadLocalRandom.current().nextInt(8));
        }
        return other;
    }

    /** After the whole request was read, so that the client hears the answer and no reset. */
    private void answer(Mode mode, byte[] begun) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(begun);
        client.setSoTimeout(2_000);
        byte[] buffer = new byte[32 * 1024];
        while (!whole(request.toString(StandardCharsets.ISO_8859_1))) {
            int read = client.getInputStream().read(buffer);
            if (read < 0) {
                return;
            }
            request.write(buffer, 0, read);
        }
        client.getOutputStream()
                .write(mode.answers().get(proxy.answer() % mode.answers().size()));
        client.getOutputStream().flush();
        client.shutdownOutput();
        while (client.getInputStream().read(buffer) >= 0) {
            // what still comes is of no interest: a close now would take the answer back
        }
    }

    private static boolean whole(String request) {
        int head = request.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(request.substring(0, head));
        return !length.find() || request.length() - head - 4 >= Integer.parseInt(length.group(1));
    }

    void reset() {
        reset(client);
        reset(server);
        proxy.ended(this);
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            // then there is nothing to reset
        }
        close(socket);
    }

    static void close(Closeable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException ignored) {
            // closing is all that is wanted
        }
    }
}
