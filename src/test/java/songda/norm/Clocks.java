package songda.norm;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The norm's clocks of one item, followed with its journal: what silence must have led to by an instant. */
final class Clocks {

    private static final String HARM = "harm";
    private static final String DELAY = "delay";
    private static final String PAPER = "paper";
    /** Days or hours to finish at each level, from when its owner was told (R83 to R85). */
    private static final Map<String, Duration> FINISH =
            Map.of("level-3", Duration.ofHours(24), "level-2", Duration.ofHours(72), "level-1", Duration.ofHours(120));

    /** What a clock said. @param at when it was due */
    record Said(String what, Instant at, Instant heard) {}

    private record Timer(String clock, String says, Instant due, Instant rings) {}

    private final Item item;
    private final Promise promise;
    private final List<Instant> pulls;
    private final List<Timer> running = new ArrayList<>();
    /** Clocks that nobody has stopped since they began, run out or not. */
    private final Set<String> begun = new HashSet<>();

    private final Map<String, Instant> stopped = new HashMap<>();
    private final List<Said> said = new ArrayList<>();
    /** {@code level-3 delay}: which matter reached which level and is not over. */
    private final Set<String> levels = new TreeSet<>();

    /** Matters that ever reached a level. */
    private final Set<String> reached = new HashSet<>();

    private boolean overdue;
    /** On its way to its recipient. */
    private boolean under;

    private Instant end = Instant.MIN;

    private Instant arrived;
    private Instant attemptsDue;
    private final List<Instant> tries = new ArrayList<>();

    /** What an order was promised: days, the days of its receipt, and the hour of cut-off or null. */
    record Promise(int days, int receiptDays, LocalTime cutoff) {}

    Clocks(Item item, Promise promise, List<Instant> pulls) {
        this.item = item;
        this.promise = promise;
        this.pulls = pulls;
    }

    /** @param deeds of this item, in the order in which they were heard */
    Clocks follow(List<Deed> deeds, Instant until) {
        for (Deed deed : deeds) {
            if (deed.heard().isAfter(until)) {
                break;
            }
            ring(deed.heard(), false);
            hear(deed);
        }
        ring(until, true);
        return this;
    }

    List<Said> said() {
        return said;
    }

    Optional<Instant> attemptsDue() {
        return Optional.ofNullable(attemptsDue);
    }

    /** Clocks that still run. */
    Set<String> open() {
        Set<String> open = new TreeSet<>();
        running.forEach(t -> open.add(t.clock()));
        return open;
    }

    boolean reachedTheTop() {
        return levels.stream().anyMatch(l -> l.startsWith("level-1"));
    }

    /** Whether one matter at most reached a level: of two the hub remembers the last when it stops the time to finish. */
    boolean simple() {
        return reached.size() < 2;
    }

    private void ring(Instant until, boolean inclusive) {
        while (true) {
            Optional<Timer> next = running.stream()
                    // What the 85 system has to be asked for is known after it was asked.
                    .filter(t -> t.rings().isBefore(until)
                            || t.rings().equals(until)
                                    && (inclusive || !t.clock().equals("receipt")))
                    .min(Comparator.comparing(Timer::rings));
            if (next.isEmpty()) {
                return;
            }
            running.remove(next.get());
            rang(next.get());
        }
    }

    private void rang(Timer timer) {
        said.add(new Said(timer.says(), timer.due(), timer.rings()));
        switch (timer.says()) {
            case "delivery.overdue", "attempts.missed" -> {
                overdue |= timer.says().equals("delivery.overdue");
                climb(DELAY, timer.due(), timer.rings(), timer.rings());
            }
            case "receipt.overdue", "receipt.late" -> climb(PAPER, timer.due(), timer.rings(), timer.rings());
            case "anomaly.reached-level-3", "anomaly.reached-level-2", "anomaly.reached-level-1" -> {
                String level = timer.says().substring("anomaly.reached-".length());
                levels.add(level + " " + timer.clock());
                reached.add(timer.clock());
                Instant finish = timer.rings().plus(FINISH.get(level));
                begin("finish-" + level, true, timer.due(), timer.rings(), "anomaly." + level + "-unfinished", finish);
            }
            default -> {}
        }
    }

    private void climb(String matter, Instant of, Instant from, Instant heard) {
        if (!ended(matter, of) && begun.add(matter)) {
            for (int level = 3; level > 0; level--) {
                Instant due = from.plus(Duration.ofHours(24L * (4 - level)));
                running.add(new Timer(matter, "anomaly.reached-level-" + level, due, due.isAfter(heard) ? due : heard));
            }
        }
    }

    private void begin(String clock, boolean keep, Instant of, Instant heard, String says, Instant due) {
        if (keep && begun.contains(clock) || ended(clock, of)) {
            return;
        }
        running.removeIf(t -> t.clock().equals(clock));
        begun.add(clock);
        Instant rings = due.isAfter(heard) ? due : heard;
        if (clock.equals("receipt")) {
            Instant from = rings;
            rings = pulls.stream().filter(p -> !p.isBefore(from)).findFirst().orElse(Instant.MAX);
        }
        running.add(new Timer(clock, says, due, rings));
    }

    private void stop(Instant at, String... clocks) {
        for (String clock : clocks) {
            running.removeIf(t -> t.clock().equals(clock));
            begun.remove(clock);
            stopped.merge(clock, at, (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    /** What is heard late begins nothing that a later event has ended. */
    private boolean ended(String clock, Instant at) {
        return stopped.getOrDefault(clock, Instant.MIN).isAfter(at);
    }

    /** A matter is over: who was told of it has nothing left to finish, unless another matter has reached that level. */
    private void over(Instant at, String matter) {
        stop(at, matter);
        for (String level : FINISH.keySet()) {
            if (levels.remove(level + " " + matter)) {
                stop(at, "finish-" + level);
            }
        }
    }

    private void hear(Deed deed) {
        Instant at = deed.at();
        LocalDate day = Days.day(at);
        Instant heard = deed.heard();
        LocalDate from = Days.posted(at, promise.cutoff());
        switch (deed.what()) {
            case "parcel.accepted" -> {
                under |= !at.isBefore(end);
                begin("overdue", true, at, heard, "delivery.overdue", Days.end(from, promise.days()));
                begin("quality", true, at, heard, "quality.undelivered", Days.end(from, 2));
            }
            case "parcel.acceptance-retracted" -> {
                stop(at, "overdue", "again", "quality");
                under = false;
            }
            case "parcel.arrived" -> {
                arrived = at;
                tries.clear();
                attemptsDue = Days.worked(at, 5);
                begin("attempts", false, at, heard, "attempts.missed", attemptsDue);
            }
            case "parcel.attempt-failed" -> {
                tries.add(at);
                if (tries.size() >= 3
                        && tries.stream().map(Days::day).distinct().count() >= 2) {
                    stop(at, "attempts");
                }
            }
            case "parcel.attempt-retracted" -> tries.remove(tries.size() - 1);
            case "parcel.delivered" -> {
                stop(at, "overdue", "again", "quality", "attempts");
                overdue = false;
                under = false;
                end = at;
                over(at, DELAY);
                if (item.owesPaper()) {
                    begin("receipt", false, at, heard, "receipt.overdue", Days.end(day, promise.receiptDays()));
                }
            }
            case "parcel.delivery-retracted" -> {
                stop(at, "receipt");
                over(at, PAPER);
                under = true;
                begin("overdue", true, at, heard, "delivery.overdue", Days.end(from, promise.days()));
            }
            case "return.dispatched" -> {
                stop(at, "overdue", "again", "quality", "attempts");
                under = false;
                end = at;
                over(at, DELAY);
            }
            case "parcel.lost" -> {
                stop(at, "overdue", "again", "quality", "attempts");
                under = false;
                end = at;
                climb(HARM, at, at, heard);
            }
            case "parcel.damaged", "complaint.received" -> climb(HARM, at, at, heard);
            case "anomaly.resolved" -> {
                over(at, HARM);
                over(at, DELAY);
                FINISH.keySet().forEach(level -> stop(at, "finish-" + level));
                // It was late, and somebody says that this is settled; it still is not there.
                if (under && overdue) {
                    begin("again", false, at, heard, "delivery.overdue", Days.end(from, promise.days()));
                }
            }
            case "receipt.posted" -> {
                stop(at, "receipt");
                over(at, PAPER);
                begin("travel", false, at, heard, "receipt.late", Days.end(day, 5));
            }
            case "receipt.wrong" -> {
                stop(at, "receipt");
                climb(PAPER, at, heard, heard);
            }
            case "receipt.lost", "receipt.damaged" -> {
                stop(at, "receipt", "travel");
                climb(PAPER, at, heard, heard);
            }
            case "receipt.resign-sent" -> {
                stop(at, "travel");
                over(at, PAPER);
                begin("receipt", false, at, heard, "receipt.overdue", Days.end(day, promise.receiptDays()));
            }
            case "receipt.retracted" ->
                begin("receipt", false, at, heard, "receipt.overdue", Days.end(day, promise.receiptDays()));
            case "receipt.returned" -> {
                stop(at, "receipt", "travel");
                over(at, PAPER);
            }
            default -> {}
        }
    }

    /** When it arrived last, or null. */
    Instant arrived() {
        return arrived;
    }

    /** By the name of what was said, how often. */
    Map<String, Long> tally() {
        Map<String, Long> tally = new HashMap<>();
        said.forEach(s -> tally.merge(s.what(), 1L, Long::sum));
        return tally;
    }

    static List<String> told() {
        return Arrays.asList(
                "delivery.overdue",
                "quality.undelivered",
                "attempts.missed",
                "receipt.overdue",
                "receipt.late",
                "anomaly.reached-level-3",
                "anomaly.reached-level-2",
                "anomaly.reached-level-1",
                "anomaly.level-3-unfinished",
                "anomaly.level-2-unfinished",
                "anomaly.level-1-unfinished");
    }
}
