package songda;

import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** A printer of labels (TSPL) and office paper (PDF) on one port, which is always ready. */
public final class TestPrinter {

    private static final Pattern BITMAP = Pattern.compile("BITMAP 0,0,(\\d+),(\\d+),0,$");

    /** What came out of it. @param pages how many sheets; the numbers are those of the barcodes on them */
    public record Printed(int pages, Set<String> numbers, String qr) {}

    private final List<Printed> printed = new CopyOnWriteArrayList<>();
    private volatile ServerSocket server;
    private final int port;

    TestPrinter() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = server.getLocalPort();
        listen();
    }

    int port() {
        return port;
    }

    List<Printed> printed() {
        return printed;
    }

    void switchOff() throws IOException {
        server.close();
    }

    void switchOn() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server = again;
        listen();
    }

    private void listen() {
        ServerSocket mine = server;
        daemon(() -> {
            while (!mine.isClosed()) {
                try {
                    Socket job = mine.accept();
                    daemon(() -> take(job));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void daemon(Runnable run) {
        Thread thread = new Thread(run, "test-printer");
        thread.setDaemon(true);
        thread.start();
    }

    private void take(Socket job) {
        try (job;
                InputStream in = new BufferedInputStream(job.getInputStream())) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                line.write(next);
                String so = line.toString(StandardCharsets.ISO_8859_1);
                Matcher bitmap = BITMAP.matcher(so);
                if (so.equals("\u001b!?")) {
                    job.getOutputStream().write(0);
                    line.reset();
                } else if (bitmap.find()) {
                    label(in, Integer.parseInt(bitmap.group(1)), Integer.parseInt(bitmap.group(2)));
                    line.reset();
                } else if (so.equals("%PDF")) {
                    line.writeBytes(in.readAllBytes());
                    paper(line.toByteArray());
                    return;
                } else if (next == '\n') {
                    line.reset();
                }
            }
        } catch (IOException cutOff) {
            // Nothing came out.
        }
    }

    private void label(InputStream in, int stride, int rows) throws IOException {
        byte[] dots = in.readNBytes(stride * rows);
        BufferedImage page = new BufferedImage(stride * 8, rows, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < stride * 8; x++) {
                boolean white = (dots[y * stride + x / 8] & 0x80 >> x % 8) != 0;
                page.setRGB(x, y, white ? 0xffffff : 0);
            }
        }
        printed.add(new Printed(1, Scanner.bars(page), Scanner.qr(page)));
    }

    private void paper(byte[] pdf) throws IOException {
        List<BufferedImage> pages = new ArrayList<>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (PDPage page : document.getPages()) {
                for (var name : page.getResources().getXObjectNames()) {
                    if (page.getResources().getXObject(name) instanceof PDImageXObject image) {
                        pages.add(image.getImage());
                    }
                }
            }
        }
        printed.add(new Printed(pages.size(), Scanner.bars(pages.get(0)), null));
    }
}
