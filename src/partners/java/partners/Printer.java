package partners;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A label printer on raw TCP that reads TSPL (GBK): one connection is one job. It answers only the status question
 * {@code ESC ! ?} (0 = ready), as the real ones.
 */
final class Printer implements Partner {
    private static final Charset GBK = Charset.forName("GBK");
    private static final Pattern BARCODE = Pattern.compile("^BARCODE .*\"([^\"]*)\"\\s*$", Pattern.MULTILINE);
    private static final Pattern COPY =
            Pattern.compile("^TEXT .*\"[^\"]*(副本|\\bCOPY\\b)[^\"]*\"\\s*$", Pattern.MULTILINE);

    private final Journal journal;
    private final ExecutorService pool;
    private final Behaviour behaviour = new Behaviour();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private int port;
    private volatile ServerSocket server;

    Printer(int port, Journal journal, ExecutorService pool) {
        this.port = port;
        this.journal = journal;
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
            byte[] bytes = receive(job);
            if (bytes.length > 0) print(bytes);
        } catch (IOException cutOff) {
            journal.in("label", "", 0, "cut-off", null, null);
        } finally {
            connections.remove(job);
        }
    }

    private static byte[] receive(Socket job) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = job.getInputStream();
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (read == 3 && buffer[0] == 0x1b && buffer[1] == '!' && buffer[2] == '?')
                job.getOutputStream().write(0);
            else all.write(buffer, 0, read);
        }
        return all.toByteArray();
    }

    private void print(byte[] bytes) {
        String text = new String(bytes, GBK);
        Matcher barcode = BARCODE.matcher(text);
        String waybillNo = barcode.find() ? barcode.group(1) : "";
        ObjectNode label = Json.object().put("waybillNo", waybillNo);
        label.put("copy", COPY.matcher(text).find());
        label.put("whole", text.contains("\nPRINT ") || text.startsWith("PRINT "));
        label.put("bytes", Base64.getEncoder().encodeToString(bytes));
        journal.in("label", waybillNo, 200, null, label, null);
    }

    private static void close(java.io.Closeable socket) {
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
