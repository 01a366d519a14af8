package songda.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a raw printer does, and what is known afterwards. */
@Timeout(60)
class RawPrinterTest {

    private static final byte[] JOB = "CLS\r\nPRINT 1,1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final RawPrinter.Patience SHORT = new RawPrinter.Patience(
            Duration.ofSeconds(2), Duration.ofMillis(600), Duration.ofMillis(800), Duration.ofMillis(700));

    private static RawPrinter asked(Socketed printer) {
        return new RawPrinter(printer.address(), Tspl.DIALOGUE, SHORT);
    }

    private static void read(InputStream in, int bytes) throws IOException {
        if (in.readNBytes(bytes).length < bytes) {
            throw new IOException("cut off");
        }
    }

    /** Answers each question with the next of these; the last one again and again. */
    private static Socketed.Talk saying(ByteArrayOutputStream taken, int... statuses) {
        return (in, out) -> {
            int asked = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == 0x1b) {
                    read(in, 2);
                    out.write(statuses[Math.min(asked++, statuses.length - 1)]);
                } else {
                    taken.write(next);
                }
            }
        };
    }

    @Test
    void a_printer_that_is_ready_before_and_after_has_printed() throws Exception {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        try (Socketed printer = new Socketed(saying(taken, 0, 0x20, 0x20, 0))) {
            asked(printer).print(JOB);
        }
        assertThat(taken.toByteArray()).isEqualTo(JOB);
    }

    @ParameterizedTest
    @MethodSource
    void a_printer_that_cannot_print_gets_nothing(int status, String says) throws Exception {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        try (Socketed printer = new Socketed(saying(taken, status))) {
            assertThatThrownBy(() -> asked(printer).print(JOB))
                    .isInstanceOf(NothingPrinted.class)
                    .hasMessage(says);
        }
        assertThat(taken.size()).isZero();
    }

    static Stream<Arguments> a_printer_that_cannot_print_gets_nothing() {
        return Stream.of(
                Arguments.of(0x04, "缺纸或缺碳带 / out of paper or ribbon"),
                Arguments.of(0x08, "缺纸或缺碳带 / out of paper or ribbon"),
                Arguments.of(0x01, "盖子开着 / its cover is open"),
                Arguments.of(0x10, "已暂停 / paused"),
                Arguments.of(0x80, "故障 / has a fault"));
    }

    @Test
    void paper_that_runs_out_in_the_middle_leaves_it_unknown() throws Exception {
        try (Socketed printer = new Socketed(saying(new ByteArrayOutputStream(), 0, 0x20, 0x04))) {
            assertThatThrownBy(() -> asked(printer).print(JOB))
                    .isInstanceOf(MaybePrinted.class)
                    .hasMessageContaining("缺纸");
        }
    }

    @Test
    void paper_that_is_put_in_again_soon_enough_is_printed_on() throws Exception {
        try (Socketed printer = new Socketed(saying(new ByteArrayOutputStream(), 0, 0x04, 0x20, 0))) {
            assertThatCode(() -> asked(printer).print(JOB)).doesNotThrowAnyException();
        }
    }

    @Test
    void one_that_still_prints_when_patience_ends_has_the_job() throws Exception {
        try (Socketed printer = new Socketed(saying(new ByteArrayOutputStream(), 0, 0x20))) {
            assertThatCode(() -> asked(printer).print(JOB)).doesNotThrowAnyException();
        }
    }

    @Test
    void one_that_hangs_before_the_job_has_nothing_of_it() throws Exception {
        try (Socketed printer = new Socketed((in, out) -> in.transferTo(OutputStream.nullOutputStream()))) {
            assertThatThrownBy(() -> asked(printer).print(JOB))
                    .isInstanceOf(NothingPrinted.class)
                    .hasMessageContaining("does not say how it is");
        }
    }

    @Test
    void one_that_hangs_in_the_middle_of_the_job_is_let_go() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Socketed printer = new Socketed((in, out) -> {
            read(in, 3);
            out.write(0);
            waiting(end);
        })) {
            assertThatThrownBy(() -> asked(printer).print(new byte[32 << 20])).isInstanceOf(MaybePrinted.class);
        } finally {
            end.countDown();
        }
    }

    private static void waiting(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void one_that_dies_after_the_job_leaves_it_unknown() throws Exception {
        try (Socketed printer = new Socketed((in, out) -> {
            read(in, 3);
            out.write(0);
            read(in, JOB.length);
        })) {
            assertThatThrownBy(() -> asked(printer).print(JOB)).isInstanceOf(MaybePrinted.class);
        }
    }

    @Test
    void nobody_there_means_nothing_printed() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        assertThatThrownBy(() -> new RawPrinter(address, null, SHORT).print(JOB))
                .isInstanceOf(NothingPrinted.class)
                .hasMessage("连不上 / cannot be reached");
        var nowhere = InetSocketAddress.createUnresolved("printer.invalid", 9100);
        assertThatThrownBy(() -> new RawPrinter(nowhere, null, SHORT).print(JOB))
                .isInstanceOf(NothingPrinted.class);
    }

    @Test
    void one_that_says_nothing_has_printed_when_it_closes_or_keeps_the_connection() throws Exception {
        AtomicInteger bytes = new AtomicInteger();
        try (Socketed closes = new Socketed((in, out) -> bytes.set(in.readAllBytes().length))) {
            new RawPrinter(closes.address(), null, SHORT).print(JOB);
        }
        assertThat(bytes.get()).isEqualTo(JOB.length);
        CountDownLatch end = new CountDownLatch(1);
        try (Socketed keeps = new Socketed((in, out) -> {
            in.readAllBytes();
            waiting(end);
        })) {
            assertThatCode(() -> new RawPrinter(keeps.address(), null, SHORT).print(JOB))
                    .doesNotThrowAnyException();
        } finally {
            end.countDown();
        }
    }

    @ParameterizedTest
    @MethodSource
    void zebra_says_how_it_is_in_three_lines(String first, String second, Status status) {
        String answer = "\u0002" + first + "\u0003\r\n\u0002" + second + "\u0003\r\n\u00021234,0\u0003\r\n";
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
        AtomicReference<Status> said = new AtomicReference<>();
        for (int i = 1; i <= bytes.length && said.get() == null; i++) {
            said.set(Zpl.DIALOGUE.read().apply(java.util.Arrays.copyOf(bytes, i)));
        }
        assertThat(said.get()).isEqualTo(status);
    }

    static Stream<Arguments> zebra_says_how_it_is_in_three_lines() {
        String well = "030,0,0,1245,000,0,0,0,000,0,0,0";
        String idle = "000,0,0,0,0,2,4,0,00000000,1,000";
        return Stream.of(
                Arguments.of(well, idle, Status.READY),
                Arguments.of("030,1,0,1245,000,0,0,0,000,0,0,0", idle, Status.PAPER_OUT),
                Arguments.of("030,0,1,1245,000,0,0,0,000,0,0,0", idle, Status.PAUSED),
                Arguments.of("030,0,0,1245,002,0,0,0,000,0,0,0", idle, Status.PRINTING),
                Arguments.of(well, "000,0,1,0,0,2,4,0,00000000,1,000", Status.OPEN),
                Arguments.of(well, "000,0,0,1,0,2,4,0,00000000,1,000", Status.PAPER_OUT),
                Arguments.of(well, "000,0,0,0,0,2,4,0,00000003,1,000", Status.PRINTING),
                Arguments.of("garbage", idle, Status.FAULT));
    }
}
