package songda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import songda.process.HubProcess;
import songda.process.Load;

/**
 * Three times as many orders as the hub can take: what it takes then against what it takes at the knee, which is measured in the same
 * run before and after. Seconds by system property: {@code bench.overload} (300), {@code bench.seconds} (60), {@code bench.warmup} (45).
 */
@Tag("bench")
class OverloadBenchIT {

    private static final int OVERLOAD = Integer.getInteger("bench.overload", 300);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 60);
    private static final int WARMUP = Integer.getInteger("bench.warmup", 45);
    private static final int KNEE = 64;
    private static final int FLOOD = 400;
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Report REPORT = new Report(Path.of("target", "overload.txt"));

    @TempDir
    Path folder;

    @Test
    void under_three_times_the_load_it_takes_what_it_can_and_answers_429_to_the_rest() throws Exception {
        REPORT.title("Overload, doors paused; %d s after %d s of warming up", OVERLOAD, WARMUP);
        try (HubProcess hub =
                HubProcess.in(folder.resolve("data")).compiled().with(Map.of("SONGDA_DOOR_PAUSED", "true"))) {
            hub.start().awaitReady(Duration.ofMinutes(5));
            run(hub, KNEE, WARMUP, 0);
            double before = run(hub, KNEE, SECONDS, 0).path("acceptedPerSecond").asDouble();
            List<Long> heaps = new ArrayList<>();
            heaps.add(live(hub));
            JsonNode flood = run(hub, FLOOD, OVERLOAD, 3 * before);
            heaps.add(live(hub));
            double after = run(hub, KNEE, SECONDS, 0).path("acceptedPerSecond").asDouble();
            heaps.add(live(hub));
            double knee = (before + after) / 2;
            double taken = flood.path("acceptedPerSecond").asDouble();
            REPORT.line("knee %.0f/s before, %.0f/s after, at %d connections", before, after, KNEE);
            REPORT.line(
                    "flood: %.0f/s asked, %.0f/s sent over %d connections, %.0f/s taken = %.2f of the knee, %.0f/s answered 429",
                    3 * before,
                    (taken * OVERLOAD + flood.path("busy").asDouble()) / OVERLOAD,
                    FLOOD,
                    taken,
                    taken / knee,
                    flood.path("busy").asDouble() / OVERLOAD);
            REPORT.line("live heap before, after the flood, at the end: %s MB", heaps);
            assertThat(flood.path("busy").asLong()).as("answers of 429").isPositive();
            assertThat(heaps.get(1) - heaps.get(0))
                    .as("MB of live heap that the flood left")
                    .isLessThan(40);
        }
    }

    private JsonNode run(HubProcess hub, int connections, int seconds, double rate) throws Exception {
        double cpu = Cpu.of(hub.pid());
        try (Load load = Load.start(hub, connections, seconds, rate)) {
            JsonNode result = load.overloaded();
            REPORT.load(
                    result,
                    (Cpu.of(hub.pid()) - cpu)
                            * 1e6
                            / Math.max(1, result.path("accepted").asDouble()),
                    0);
            return result;
        }
    }

    /** Megabytes that a full collection leaves. */
    private static long live(HubProcess hub) throws IOException, InterruptedException {
        jcmd(hub, "GC.run");
        String heap = jcmd(hub, "GC.heap_info");
        long kilobytes = 0;
        for (Matcher used = USED.matcher(heap.substring(0, heap.indexOf("Metaspace"))); used.find(); ) {
            kilobytes += Long.parseLong(used.group(1));
        }
        assertThat(kilobytes).as("heap in: %s", heap).isPositive();
        return kilobytes / 1024;
    }

    private static String jcmd(HubProcess hub, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(hub.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
