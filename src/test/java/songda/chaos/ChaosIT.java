package songda.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import songda.process.Signing;

/** {@code mvn -Pchaos verify}: see {@link Settings} for what can be set, src/docs/decisions/chaos.md for what is proven. */
@Tag("chaos")
class ChaosIT {

    /** Ten minutes a second while faults are played: promises fall due all the time. */
    private static final double RATE = 600;

    /** Afterwards six days in a minute and a half: every ladder has decided. */
    private static final double FAST = 6_000;

    private static final Duration AHEAD = Duration.ofSeconds(90);
    private final Settings settings = Settings.read();
    private final ScheduledExecutorService clerk = Executors.newScheduledThreadPool(4, work -> {
        Thread thread = new Thread(work, "driver");
        thread.setDaemon(true);
        return thread;
    });

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void whatever_fails_nothing_is_lost_and_nothing_happens_twice() throws Exception {
        System.out.printf("[chaos] %s, in %s%n", settings, folder);
        Instant from = Instant.now();
        List<Violation> violations;
        try (World world = new World(folder, settings.nodes());
                DriverJournal journal = new DriverJournal(folder.resolve("driver.jsonl"))) {
            Evidence evidence = play(world.start(), journal);
            violations = Checker.check(evidence);
            new Report()
                    .run(settings, version(), Duration.between(from, Instant.now()), world.kills())
                    .evidence(evidence)
                    .violations(violations)
                    .write();
            assertThat(violations).as(Report.FILE + ", data in " + folder).isEmpty();
            assertThat(Planted.unseen(evidence))
                    .as("planted, and not seen by the checker")
                    .isEmpty();
        } finally {
            clerk.shutdownNow();
        }
    }

    private Evidence play(World world, DriverJournal journal) throws Exception {
        Rows rows = new Rows(world.database());
        FastClock clock = new FastClock(world.database());
        clock.start(Instant.parse("2026-03-03T02:00:00Z"), RATE);
        Random random = new Random(settings.seed());
        Sender sender = new Sender(world.urls(), new Signing(world.hub(0).keys()), journal, clerk);
        Walks walks = new Walks(sender, clock, world.partners(), world.journals(), journal, clerk, random);
        Driver driver = new Driver(sender, clock, clerk);
        walks.start();
        driver.start(settings.perSecond());
        Convergence convergence = new Convergence(world, rows, sender, walks);

        List<Episode> episodes = new Conductor(new Stage(world, clock, sender, walks, rows, random), driver)
                .play(new Schedule(settings.seed(), settings.only()), Duration.ofMinutes(settings.minutes()));
        driver.stop();
        System.out.println("[chaos] the last fault is mended: " + driver.sent() + " orders sent, waiting for the rest");
        List<String> unsettled = new ArrayList<>(convergence.await(settings.converging()));
        clock.rate(FAST);
        Thread.sleep(AHEAD.toMillis());
        clock.rate(1);
        unsettled.addAll(convergence.await(settings.converging()));
        sender.giveUp();
        return new Gathering(world, clock, rows, folder.resolve("driver.jsonl"))
                .read(saidNo(world), episodes, unsettled);
    }

    /** What the proxies gave for an answer in a partner's name: any of it may have been a no. */
    private static Map<String, Integer> saidNo(World world) {
        Map<String, Integer> said = new HashMap<>();
        World.PARTNERS.forEach(
                partner -> said.put(partner, world.through(partner).answered()));
        return said;
    }

    private static String version() throws Exception {
        Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
        return new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
    }
}
