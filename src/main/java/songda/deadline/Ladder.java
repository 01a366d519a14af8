package songda.deadline;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import songda.calendar.Calendars;

/**
 * One file of {@code routes/ladder/}.
 *
 * @param version changes with the text of the file; an open deadline keeps the one it was opened with
 * @param again what becomes of a climb that is under way when the ladder is opened again
 * @param fromRecorded counted from the recording of the opening fact, not from when it happened: somebody has to be told first (A15)
 */
public record Ladder(String name, String version, Again again, boolean fromRecorded, List<Rung> rungs) {

    /** What becomes of a climb that is under way when the ladder is opened again. */
    public enum Again {
        /** Both go on. */
        BESIDE,
        /** It goes on and nothing new begins, until somebody closes the ladder. */
        KEEP,
        /** It ends, a new one begins. */
        RESTART
    }

    /**
     * @param after ISO-8601, counted by {@code calendar} from the moment of the fact that opens the ladder
     * @param afterOf a field of the order that holds its own length instead, e.g. {@code promise}, or the instant that is {@code appointed}; or null
     * @param cutoffOf a field of the order that holds the hour after which a day counts as the next one, e.g. {@code cutoff}; or null (A01)
     * @param early so much before that, or zero
     * @param reports the fact to record when it falls due
     * @param coveredBy a system that must have been asked successfully up to the due instant (A32), or null
     */
    public record Rung(
            String name,
            String after,
            String afterOf,
            String cutoffOf,
            DueRule calendar,
            Duration early,
            String reports,
            String coveredBy) {

        /**
         * @param own the order's own length of time, or null
         * @param cutoff {@code 17:00}: what happens later counts as of the next day (A01); or null
         * @param office whose delivery rounds count: the county of delivery
         */
        DueRule.Due due(Instant from, String own, String cutoff, Calendars calendars, String office) {
            Instant since = cutoff == null ? from : DueRule.since(from, LocalTime.parse(cutoff));
            DueRule.Due due = calendar.due(since, own == null ? after : own, calendars, office);
            return new DueRule.Due(due.at().minus(early), due.provisional());
        }
    }

    Rung rung(String rung) {
        return rungs.stream()
                .filter(r -> r.name().equals(rung))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("ladder " + name + " has no rung '" + rung + "'"));
    }
}
