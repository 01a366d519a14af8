package songda.printer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A printer on raw TCP, mostly port 9100: one connection is one job. One that answers is asked how it is before and until it is done; of one
 * that does not, the best sign is that it closes the connection after reading to our end.
 *
 * @param dialogue null where it is not asked
 */
record RawPrinter(InetSocketAddress address, Dialogue dialogue, Patience patience) implements Machine {

    /**
     * All of it together stays below the minute after which an attempt is taken for a dead node's.
     *
     * @param connecting until there is a connection
     * @param answering until it has said how it is
     * @param taking until it has read the whole job
     * @param printing until it says that it is done
     */
    record Patience(Duration connecting, Duration answering, Duration taking, Duration printing) {
        static final Patience USUAL = new Patience(
                Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(12), Duration.ofSeconds(15));
    }

    private static final int PAUSE = 200;
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "printer-timer");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public void print(byte[] job) throws NothingPrinted, MaybePrinted {
        try (Socket socket = new Socket()) {
            connect(socket);
            before(socket);
            hand(socket, job);
            after(socket);
        } catch (IOException e) {
            throw new MaybePrinted("传输中断，可能已打印 / the connection broke with the job on its way");
        }
    }

    private void connect(Socket socket) throws NothingPrinted {
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, millis(patience.connecting()));
        } catch (IOException | IllegalArgumentException e) {
            throw new NothingPrinted("连不上 / cannot be reached");
        }
    }

    private void before(Socket socket) throws NothingPrinted {
        if (dialogue == null) {
            return;
        }
        Status status;
        try {
            status = ask(socket);
        } catch (IOException e) {
            throw new NothingPrinted("不应答，可能死机 / does not say how it is, it may hang");
        }
        if (!status.takes()) {
            throw new NothingPrinted(status);
        }
    }

    /** A write has no time-out of its own: a printer that reads no more gets its connection closed. */
    private void hand(Socket socket, byte[] job) throws IOException {
        Future<?> end = TIMER.schedule(() -> close(socket), patience.taking().toMillis(), TimeUnit.MILLISECONDS);
        try {
            OutputStream out = socket.getOutputStream();
            out.write(job);
            out.flush();
        } finally {
            end.cancel(false);
        }
    }

    private void after(Socket socket) throws IOException, MaybePrinted {
        if (dialogue == null) {
            untilItCloses(socket);
            return;
        }
        long until = System.nanoTime() + patience.printing().toNanos();
        Status status = ask(socket);
        while (status != Status.READY && System.nanoTime() < until) {
            pause();
            status = ask(socket);
        }
        if (!status.takes()) {
            throw new MaybePrinted("打印中途" + status.zh + " / " + status.en + " in the middle of the job");
        }
    }

    private void untilItCloses(Socket socket) throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(millis(patience.answering()));
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            // It keeps the connection: what was written is with it.
        }
    }

    /** @throws IOException when it does not say it in time */
    private Status ask(Socket socket) throws IOException {
        socket.setSoTimeout(millis(patience.answering()));
        socket.getOutputStream().write(dialogue.ask());
        socket.getOutputStream().flush();
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        while (answer.size() < 1024) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            answer.write(next);
            Status status = dialogue.read().apply(answer.toByteArray());
            if (status != null) {
                rest(in);
                return status;
            }
        }
        return Status.FAULT;
    }

    /** Line ends behind an answer would be taken for the beginning of the next. */
    private static void rest(InputStream in) throws IOException {
        in.skipNBytes(Math.max(0, in.available()));
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
