package songda.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import songda.label.Raster;
import songda.label.Sample;

/**
 * Programs of other people on the other side: CUPS' IPP printer gets jobs, Poppler draws the PDF and Ghostscript's kind of reader is zbar.
 * Needs cups-ipp-utils, dbus, avahi-daemon, poppler-utils and zbar-tools.
 */
@Tag("desk")
class PaperDeskIT {

    @TempDir
    static Path folder;

    private static final List<Process> STARTED = new ArrayList<>();
    private static URI printer;

    @BeforeAll
    static void start() throws Exception {
        Path bus = Path.of("/run/dbus/system_bus_socket");
        if (!answers(bus)) {
            // What a daemon that was killed left behind keeps the next one from starting.
            Files.createDirectories(bus.getParent());
            Files.deleteIfExists(bus);
            Files.deleteIfExists(bus.resolveSibling("pid"));
            run("dbus-daemon", "--system", "--fork");
        }
        STARTED.add(process("avahi-daemon", "--no-drop-root", "--no-chroot"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(folder.resolve("spool"));
        await("avahi").atMost(Duration.ofSeconds(30)).until(() -> Files.exists(Path.of("/run/avahi-daemon/socket")));
        STARTED.add(process(
                "ippeveprinter",
                "-p",
                "" + port,
                "-n",
                "localhost",
                "-k",
                "-d",
                folder.resolve("spool").toString(),
                "-s",
                "30,30",
                "-f",
                "application/pdf,image/pwg-raster",
                "Songda"));
        await("the printer").atMost(Duration.ofSeconds(60)).until(() -> listens(port));
        printer = URI.create("ipp://localhost:" + port + "/ipp/print");
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException nobodyThere) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        STARTED.forEach(Process::destroy);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Process process(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command[0] + ".log").toFile())
                .start();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static List<byte[]> spool() throws IOException {
        try (var files = Files.list(folder.resolve("spool"))) {
            List<byte[]> all = new ArrayList<>();
            for (Path file : files.toList()) {
                all.add(Files.readAllBytes(file));
            }
            return all;
        }
    }

    @Test
    void an_ipp_printer_takes_pdf_and_pwg_and_one_job_at_a_time() throws Exception {
        List<Raster> list = Sample.Of.HANDOVER.drawn(203);
        byte[] pdf = Jobs.bytes("pdf", "handover-a4", list);
        byte[] pwg = Jobs.bytes("pwg", "handover-a4", list);
        CompletableFuture<Throwable> first = CompletableFuture.supplyAsync(() -> printed(pdf, "application/pdf"));
        await("a job").atMost(Duration.ofSeconds(30)).until(() -> !spool().isEmpty() || first.isDone());
        if (!first.isDone()) {
            assertThatThrownBy(() -> new IppPrinter(printer, "image/pwg-raster").print(pwg))
                    .isInstanceOf(NothingPrinted.class)
                    .hasMessageContaining("busy");
        }
        assertThat(first.get(60, TimeUnit.SECONDS)).isNull();
        assertThat(printed(pwg, "image/pwg-raster")).isNull();
        assertThat(spool())
                .anyMatch(job -> java.util.Arrays.equals(job, pdf))
                .anyMatch(job -> java.util.Arrays.equals(job, pwg));
    }

    private static Throwable printed(byte[] job, String type) {
        try {
            new IppPrinter(printer, type).print(job);
            return null;
        } catch (NothingPrinted | MaybePrinted e) {
            return e;
        }
    }

    @Test
    void a_job_that_it_cannot_read_is_refused_for_good() {
        assertThatThrownBy(() -> new IppPrinter(printer, "application/vnd.songda").print(new byte[10]))
                .isInstanceOf(songda.failure.Refused.class)
                .hasMessageContaining("printers.csv");
    }

    @Test
    void nobody_there_means_nothing_printed() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        URI nowhere = URI.create("ipp://127.0.0.1:" + port + "/ipp/print");
        assertThatThrownBy(() -> new IppPrinter(nowhere, "application/pdf").print(new byte[10]))
                .isInstanceOf(NothingPrinted.class);
    }

    /** Poppler draws the PDF, at another resolution than it was made for, and zbar reads it. */
    @ParameterizedTest
    @EnumSource
    void zbar_reads_every_template_from_the_pdf(Sample.Of sample) throws Exception {
        Path pdf = folder.resolve(sample.template + ".pdf");
        Files.write(pdf, Jobs.bytes("pdf", sample.template, sample.drawn(300)));
        run(
                "pdftoppm",
                "-r",
                "300",
                "-png",
                "-singlefile",
                pdf.toString(),
                folder.resolve(sample.template).toString());
        reads(sample, folder.resolve(sample.template + ".png"));
    }

    @ParameterizedTest
    @EnumSource
    void zbar_reads_every_template_as_a_thermal_printer_prints_it(Sample.Of sample) throws Exception {
        File png = folder.resolve(sample.template + "-203.png").toFile();
        ImageIO.write(sample.drawn(203).get(0).image(), "png", png);
        reads(sample, png.toPath());
    }

    private static void reads(Sample.Of sample, Path png) throws Exception {
        String read = run("zbarimg", "--quiet", "--raw", png.toString());
        var fields = sample.fields();
        assertThat(read.lines())
                .contains(fields.path(sample.list() ? "no" : "waybillNo").asText());
        if (!sample.list()) {
            assertThat(read.lines()).contains(fields.path("link").asText());
        }
    }
}
