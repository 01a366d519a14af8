package songda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import songda.process.HubProcess;
import songda.process.Load;
import songda.process.StandInsProcess;

/**
 * How many orders a second the hub takes: {@code mvn -Pbench verify}. The load comes from another process over HTTP, signed; an order
 * counts when its 2xx came, which is after its commit. Seconds by system property: {@code bench.seconds} (60), {@code bench.warmup}
 * (45), {@code bench.floor} (20), {@code bench.step} (20); {@code bench.rate} is where the search for the steady rate begins (0: at the
 * rate of the warming up); with {@code -Dbench.profile=true} a further step tells where the processor time goes; with 5 each it is a trial run of two minutes, whose figures mean nothing.
 */
@Tag("bench")
class IntakeBenchIT {

    private static final int SECONDS = Integer.getInteger("bench.seconds", 60);
    private static final int WARMUP = Integer.getInteger("bench.warmup", 45);
    private static final int FLOOR = Integer.getInteger("bench.floor", 20);
    private static final int STEP = Integer.getInteger("bench.step", 20);
    private static final int RATE = Integer.getInteger("bench.rate", 0);
    private static final Duration READY = Duration.ofMinutes(5);
    private static final Report REPORT = new Report(Path.of("target", "bench.txt"));

    @TempDir
    Path folder;

    @Test
    void orders_are_taken_while_the_doors_are_paused() throws Exception {
        REPORT.title("Intake, doors paused; %d s after %d s of warming up", SECONDS, WARMUP);
        try (HubProcess hub =
                HubProcess.in(folder.resolve("data")).compiled().with(Map.of("SONGDA_DOOR_PAUSED", "true"))) {
            hub.start().awaitReady(READY);
            run(hub, 16, WARMUP, 0);
            try (Floor floor = new Floor(hub)) {
                intake(hub, floor, 16);
                intake(hub, floor, 64);
            }
        }
    }

    private void intake(HubProcess hub, Floor floor, int connections) throws Exception {
        run(hub, connections, Math.max(1, WARMUP / 5), 0);
        Floor.Measured before = floor.measure(16, FLOOR);
        REPORT.floor("before", before);
        double accepted =
                run(hub, connections, SECONDS, 0).path("acceptedPerSecond").asDouble();
        profiled(hub, connections, 0);
        Floor.Measured after = floor.measure(16, FLOOR);
        REPORT.floor("after", after);
        REPORT.line(
                "ratio to the floor at %d connections: %.2f",
                connections, accepted * 2 / (before.perSecond() + after.perSecond()));
        Optional<Double> pgbench = PgBench.measure(floor, folder, 16, FLOOR);
        REPORT.line(
                "pgbench, the same rows: %s",
                pgbench.map(it -> Math.round(it) + "/s").orElse("not installed"));
    }

    @Test
    void orders_go_all_the_way_as_fast_as_they_come() throws Exception {
        REPORT.title("Steady state, doors and stand-ins running; %d s after %d s of warming up", SECONDS, WARMUP);
        try (HubProcess hub = HubProcess.in(folder.resolve("data")).compiled();
                StandInsProcess partners = StandInsProcess.of(hub, folder.resolve("journal"))) {
            hub.with(partners.addresses()).start().awaitReady(READY);
            try (Backlog backlog = new Backlog(hub)) {
                double taken =
                        run(hub, 16, WARMUP, RATE).path("acceptedPerSecond").asDouble();
                backlog.awaitEmpty(Duration.ofMinutes(10));
                hold(hub, backlog, taken);
            }
        }
    }

    /** From the rate of the warming up: a quarter more while that holds for a step, then a tenth less until it holds for the whole time. */
    private void hold(HubProcess hub, Backlog backlog, double rate) throws Exception {
        double tried = rate;
        while (steady(hub, backlog, tried, STEP)) {
            tried *= 1.25;
        }
        do {
            backlog.awaitEmpty(Duration.ofMinutes(10));
            tried *= 0.9;
        } while (!steady(hub, backlog, tried, SECONDS));
        REPORT.line("held for %d s: %.0f orders/s, %.1f effects each", SECONDS, tried, backlog.perOrder());
        profiled(hub, 16, tried);
        backlog.awaitEmpty(Duration.ofMinutes(10));
        assertThat(backlog.unhappy()).as("effects UNKNOWN or DEAD").isZero();
    }

    private boolean steady(HubProcess hub, Backlog backlog, double rate, int seconds) throws Exception {
        long settled = backlog.settled();
        List<Long> sizes = new ArrayList<>();
        JsonNode result = run(hub, 16, seconds, rate, running -> sizes.add(backlog.size()));
        double settledRate = (backlog.settled() - settled) / (double) seconds;
        // What a second of work leaves on its way is no backlog.
        double allowed = Math.max(100, rate * backlog.perOrder());
        boolean steady = mean(sizes, 2, 3) - mean(sizes, 0, 1) < allowed
                && result.path("acceptedPerSecond").asDouble() > rate * 0.97;
        REPORT.line(
                "  at %.0f orders/s asked: effects settled %.0f/s, backlog each second %s → %s",
                rate, settledRate, sizes, steady ? "holds" : "grows");
        return steady;
    }

    /** Of these thirds of the time. */
    private static double mean(List<Long> sizes, int from, int to) {
        return sizes.subList(sizes.size() * from / 3, sizes.size() * to / 3).stream()
                .mapToLong(it -> it)
                .average()
                .orElse(0);
    }

    /** Where its processor time goes, in a run of its own, since looking costs something. */
    private void profiled(HubProcess hub, int connections, double rate) throws Exception {
        if (!Boolean.getBoolean("bench.profile")) {
            return;
        }
        try (Connection watching = hub.jdbc()) {
            Doing server = new Doing(watching);
            Profile profile = Profile.start(hub.pid(), folder.resolve(connections + "-" + Math.round(rate) + ".jfr"));
            try (Load load = Load.start(hub, connections, STEP, rate)) {
                while (load.isRunning()) {
                    server.look();
                    Waits.until(System.nanoTime() + 50_000_000L);
                }
            }
            REPORT.line("-- where the hub's processor time goes at %d connections", connections);
            profile.stop().forEach(line -> REPORT.line("  %s", line));
            REPORT.line("-- what the server is at, in the mean at once");
            server.top(10).forEach(line -> REPORT.line("  %s", line));
        }
    }

    private interface Watcher {
        void look(Load running) throws Exception;
    }

    private JsonNode run(HubProcess hub, int connections, int seconds, double rate) throws Exception {
        return run(hub, connections, seconds, rate, running -> {});
    }

    /** Looks once a second while it runs; afterwards every order that was answered with a 2xx must be stored. */
    private JsonNode run(HubProcess hub, int connections, int seconds, double rate, Watcher watcher) throws Exception {
        long server = Long.parseLong(java.nio.file.Files.readAllLines(hub.data().resolve("postgres/postmaster.pid"))
                .get(0));
        double hubCpu = Cpu.of(hub.pid());
        double serverCpu = Cpu.ofTree(server);
        try (Load load = Load.start(hub, connections, seconds, rate)) {
            for (long at = System.nanoTime() + 1_000_000_000L; load.isRunning(); at += 1_000_000_000L) {
                watcher.look(load);
                Waits.until(at, load::isRunning);
            }
            JsonNode result = load.result();
            double each = 1e6 / Math.max(1, result.path("accepted").asDouble());
            REPORT.load(result, (Cpu.of(hub.pid()) - hubCpu) * each, (Cpu.ofTree(server) - serverCpu) * each);
            assertThat(stored(hub, load.prefix()))
                    .as("orders stored of those accepted")
                    .isGreaterThanOrEqualTo(result.path("accepted").asLong());
            return result;
        }
    }

    private static long stored(HubProcess hub, String prefix) throws Exception {
        try (Connection connection = hub.jdbc();
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from orders where starts_with(order_no, ?)")) {
            count.setString(1, prefix);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
