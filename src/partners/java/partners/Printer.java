package partners;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/**
 * A printer on raw TCP: one connection is one job. It reads TSPL, ZPL, CPCL and PDF as they come, puts the dots together, reads
 * barcode and QR code from them as a scanner would, and says how it is when it is asked ({@code ESC ! ?}, {@code ~HS}, {@code ESC h}).
 */
final class Printer implements Partner {
    /** So many pictures are kept: a load test would fill the disk. */
    private static final int PICTURES = 300;

    private final Journal journal;
    private final Path pictures;
    private final ExecutorService pool;
    private final Behaviour behaviour = new Behaviour();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger drawn = new AtomicInteger();
    private int port;
    private volatile ServerSocket server;

    Printer(int port, Journal journal, Path pictures, ExecutorService pool) {
        this.port = port;
        this.journal = journal;
        this.pictures = pictures;
        this.pool = pool;
    }

    @Override
    public synchronized void start() throws IOException {
        if (server != null) return;
        ServerSocket fresh = new ServerSocket();
        fresh.setReuseAddress(true);
        fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        port = fresh.getLocalPort();
        server = fresh;
        Thread thread = new Thread(() -> accept(fresh), "printer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void stop() {
        close(server);
        server = null;
        connections.forEach(Printer::close);
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket job = listening.accept();
                connections.add(job);
                pool.execute(() -> take(job));
            }
        } catch (IOException stopped) {
            // stop() closed the socket
        }
    }

    private void take(Socket job) {
        try (job) {
            Behaviour.Turn turn = behaviour.next();
            if (turn.mode() == Behaviour.Mode.DOWN || turn.mode() == Behaviour.Mode.HTTP500) return;
            turn.waitIfSlow();
            if (turn.mode() == Behaviour.Mode.HANG) hang(job, turn.millis() == 0 ? 20_000 : turn.millis());
            else talk(job, turn);
        } catch (IOException cutOff) {
            journal.in("label", "", 0, "cut-off", null, null);
        } finally {
            connections.remove(job);
        }
    }

    /** Reads, and says nothing and closes nothing for so long. */
    private static void hang(Socket job, long millis) throws IOException {
        job.setSoTimeout((int) millis);
        try {
            job.getInputStream().transferTo(OutputStream.nullOutputStream());
            Hub.pause(millis);
        } catch (SocketTimeoutException silent) {
            // it has waited long enough
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void talk(Socket job, Behaviour.Turn turn) throws IOException {
        PrinterInput in = new PrinterInput(new BufferedInputStream(job.getInputStream(), 1 << 16));
        State state = new State(turn);
        for (PrinterInput.Piece piece = in.next(); piece != null; piece = in.next()) {
            if (piece.question() != null) answer(job.getOutputStream(), piece.question(), state);
            else print(piece, state);
        }
    }

    /** What this connection finds the printer in. */
    private static final class State {
        private final Behaviour.Turn turn;
        private boolean printed;
        private long busyUntil;

        State(Behaviour.Turn turn) {
            this.turn = turn;
        }
    }

    private void print(PrinterInput.Piece piece, State state) {
        state.printed = true;
        if (state.turn.mode() == Behaviour.Mode.BUSY)
            state.busyUntil = System.nanoTime() + state.turn.millis() * 1_000_000;
        boolean paper = state.turn.mode() != Behaviour.Mode.RUNS_OUT && state.turn.mode() != Behaviour.Mode.PAPER_OUT;
        Scanned codes = Scanned.from(piece.pages());
        ObjectNode body = Json.object().put("language", piece.language());
        body.put("waybillNo", codes.number(piece.barcode())).put("copy", piece.copy() || codes.copy());
        body.put("whole", paper).put("pages", Math.max(1, piece.pages().size()));
        body.set("codes", Json.tree(codes.all()));
        if (!piece.pages().isEmpty()) {
            body.put("width", piece.pages().get(0).getWidth())
                    .put("height", piece.pages().get(0).getHeight());
            body.put("picture", keep(piece));
        }
        String op = piece.pages().size() > 1 || piece.sheet() ? "list" : "label";
        journal.in(op, codes.number(piece.barcode()), 200, paper ? null : "paper-out", body, null);
    }

    private String keep(PrinterInput.Piece piece) {
        int number = drawn.incrementAndGet();
        if (number > PICTURES) return null;
        try {
            Files.createDirectories(pictures);
            Path file = pictures.resolve(String.format("%04d-%s.png", number, piece.language()));
            ImageIO.write(piece.pages().get(0).image(), "png", file.toFile());
            for (int page = 1; page < piece.pages().size(); page++)
                ImageIO.write(
                        piece.pages().get(page).image(),
                        "png",
                        pictures.resolve(String.format("%04d-%s-%d.png", number, piece.language(), page + 1))
                                .toFile());
            return file.toString();
        } catch (IOException full) {
            return null;
        }
    }

    private static void answer(OutputStream out, PrinterInput.Question question, State state) throws IOException {
        boolean empty = state.turn.mode() == Behaviour.Mode.PAPER_OUT
                || state.turn.mode() == Behaviour.Mode.RUNS_OUT && state.printed;
        boolean busy = System.nanoTime() < state.busyUntil;
        out.write(
                switch (question) {
                    case TSPL -> new byte[] {(byte) (empty ? 0x04 : busy ? 0x20 : 0)};
                    case CPCL -> new byte[] {(byte) (empty ? 0x02 : busy ? 0x01 : 0)};
                    case ZPL -> hostStatus(empty, busy);
                });
        out.flush();
    }

    /** The three strings of ~HS. */
    private static byte[] hostStatus(boolean empty, boolean busy) {
        List<String> lines = List.of(
                "030," + (empty ? 1 : 0) + ",0,1200," + (busy ? "001" : "000") + ",0,0,0,000,0,0,0",
                "000,0,0,0,0,2,4,0,00000000,1,000",
                "1234,0");
        StringBuilder all = new StringBuilder();
        lines.forEach(line -> all.append('\u0002').append(line).append('\u0003').append("\r\n"));
        return all.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void close(Closeable socket) {
        try {
            if (socket != null) socket.close();
        } catch (IOException ignored) {
            // closing is all that is wanted
        }
    }

    @Override
    public Options.Place place() {
        return Options.Place.printer;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean running() {
        return server != null;
    }

    @Override
    public Behaviour behaviour() {
        return behaviour;
    }

    @Override
    public Journal journal() {
        return journal;
    }
}
