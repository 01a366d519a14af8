package songda.deadline;

import java.time.Instant;
import java.util.List;

/**
 * One file of {@code routes/ladder/}.
 *
 * @param version changes with the text of the file; an open deadline keeps the one it was opened with
 */
public record Ladder(String name, String version, List<Rung> rungs) {

    /**
     * @param after ISO-8601, counted by {@code calendar} from the moment of the fact that opens the ladder
     * @param reports the fact to record when it falls due
     * @param coveredBy a system that must have been asked successfully up to the due instant (A32), or null
     */
    public record Rung(String name, String after, DueRule calendar, String reports, String coveredBy) {

        Instant due(Instant from) {
            return calendar.due(from, after);
        }
    }
}
