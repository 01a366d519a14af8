package songda.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plays the faults one after the other and measures how long the hubs need to come back from each. */
final class Conductor {

    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(3);
    private static final long CALM_MILLIS = 1_500;
    private final Stage stage;
    private final Driver driver;
    private final List<Episode> episodes = new ArrayList<>();

    Conductor(Stage stage, Driver driver) {
        this.stage = stage;
        this.driver = driver;
    }

    List<Episode> play(Schedule schedule, Duration how) throws InterruptedException {
        Instant end = Instant.now().plus(how);
        while (Instant.now().isBefore(end)) {
            episodes.add(play(schedule.next()));
            Thread.sleep(CALM_MILLIS);
        }
        return episodes;
    }

    private Episode play(List<Fault> faults) throws InterruptedException {
        String name = faults.stream().map(Fault::toString).collect(Collectors.joining(" + "));
        Instant from = Instant.now();
        List<String> failed = new ArrayList<>();
        faults.forEach(fault -> act(fault.begin(), fault, failed));
        Thread.sleep(1_000L * faults.stream().mapToInt(Fault::seconds).max().orElse(0));
        faults.forEach(fault -> act(fault.mend(), fault, failed));
        Instant mended = Instant.now();
        Duration intake = await(mended, this::taking);
        Duration flow = await(mended, this::flowing);
        Episode episode =
                new Episode(name, from, mended, intake, flow, failed.isEmpty() ? null : String.join("; ", failed));
        System.out.printf(
                "[chaos] %s %s: lasted %.1f s, taking orders after %s, flowing after %s%s%n",
                from.toString().substring(11, 19),
                name,
                Duration.between(from, mended).toMillis() / 1e3,
                seconds(intake),
                seconds(flow),
                episode.failed() == null ? "" : ", BUT " + episode.failed());
        return episode;
    }

    static String seconds(Duration duration) {
        return duration == null ? "never" : "%.1f s".formatted(duration.toMillis() / 1e3);
    }

    private void act(Fault.Act act, Fault fault, List<String> failed) {
        try {
            act.on(stage);
        } catch (Exception | AssertionError e) {
            failed.add(fault.name() + ": " + e.toString().lines().findFirst().orElse(""));
        }
    }

    private interface Sign {
        boolean seen(Instant since) throws SQLException;
    }

    private Duration await(Instant since, Sign sign) throws InterruptedException {
        while (!seen(sign, since)) {
            if (Duration.between(since, Instant.now()).compareTo(LONGEST_RECOVERY) > 0) {
                return null;
            }
            Thread.sleep(200);
        }
        return Duration.between(since, Instant.now());
    }

    private static boolean seen(Sign sign, Instant since) {
        try {
            return sign.seen(since);
        } catch (SQLException databaseIsAway) {
            return false;
        }
    }

    private boolean taking(Instant since) {
        return driver.takenSince(since).isPresent() && stage.world().ready();
    }

    private boolean flowing(Instant since) throws SQLException {
        Optional<String> order = driver.takenSince(since);
        return order.isPresent()
                && stage.rows()
                                .number("select count(*) from orders where waybill_no is not null and order_no = '"
                                        + order.get() + "'")
                        > 0;
    }
}
