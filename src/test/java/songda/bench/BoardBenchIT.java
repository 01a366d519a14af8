package songda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import songda.process.HubProcess;
import songda.process.Load;
import songda.process.StandInsProcess;

/**
 * What open boards cost while orders flow: {@code mvn -Pbench verify -Dit.test=BoardBenchIT}. The same load without and with them, in
 * turn, twice; seconds of each by {@code bench.seconds} (60), boards by {@code bench.boards} (50), orders a second by {@code bench.rate} (50).
 */
@Tag("bench")
class BoardBenchIT {

    private static final int SECONDS = Integer.getInteger("bench.seconds", 60);
    private static final int WARMUP = Integer.getInteger("bench.warmup", 45);
    private static final int BOARDS = Integer.getInteger("bench.boards", 50);
    private static final int RATE = Integer.getInteger("bench.rate", 50);
    private static final Report REPORT = new Report(Path.of("target", "bench-board.txt"));

    @TempDir
    Path folder;

    @Test
    void fifty_open_boards_cost_a_tenth_of_a_core_at_most() throws Exception {
        REPORT.title("%d boards, %d orders/s, %d s each", BOARDS, RATE, SECONDS);
        try (HubProcess hub = HubProcess.in(folder.resolve("data")).compiled();
                StandInsProcess partners = StandInsProcess.of(hub, folder.resolve("journal"))) {
            hub.with(partners.addresses()).start().awaitReady(Duration.ofMinutes(5));
            cores(hub, WARMUP);
            List<Double> more = new ArrayList<>();
            for (int turn = 0; turn < 2; turn++) {
                double without = cores(hub, SECONDS);
                double with;
                try (OpenBoards boards = OpenBoards.of(hub.adminUrl(), password(hub), BOARDS)) {
                    with = cores(hub, SECONDS);
                    REPORT.line("  the boards heard %d events and loaded %d views", boards.heard(), boards.loaded());
                    assertThat(boards.heard()).isGreaterThan(BOARDS);
                    assertThat(boards.failures()).isEmpty();
                }
                REPORT.line(
                        "hub and PostgreSQL: %.3f cores without, %.3f with: %.3f more", without, with, with - without);
                more.add(with - without);
            }
            assertThat(more.stream().mapToDouble(it -> it).average().orElseThrow())
                    .as("cores more than without boards")
                    .isLessThanOrEqualTo(0.1);
        }
    }

    private static String password(HubProcess hub) throws Exception {
        return Files.readString(hub.data().resolve("admin-password")).strip();
    }

    /** Processor seconds a second of the hub's JVM and its PostgreSQL. */
    private static double cores(HubProcess hub, int seconds) throws Exception {
        long server = Long.parseLong(Files.readAllLines(hub.data().resolve("postgres/postmaster.pid"))
                .get(0));
        long began = System.nanoTime();
        double before = Cpu.of(hub.pid()) + Cpu.ofTree(server);
        try (Load load = Load.start(hub, 16, seconds, RATE)) {
            Waits.until(System.nanoTime() + Duration.ofSeconds(seconds + 30).toNanos(), load::isRunning);
            double used = Cpu.of(hub.pid()) + Cpu.ofTree(server) - before;
            double took = (System.nanoTime() - began) / 1e9;
            assertThat(load.result().path("acceptedPerSecond").asDouble()).isGreaterThan(RATE * 0.95);
            return used / took;
        }
    }
}
