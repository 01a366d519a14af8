package songda.drop;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.store.Sql;

/**
 * How far a system has been heard by its files. A file tells of the time since the one before it, so a file that is missing ends the chain until
 * it comes, or until the system was asked by another way. Of several senders the slowest counts.
 */
@Component
final class Reach {

    private static final String NEXT = Sql.file("file-reach-next");
    private final JdbcClient db;
    private final HubClock clock;

    Reach(JdbcClient db, HubClock clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * @param series whose files together are all that the system has to say
     * @param every the time that one file tells of
     * @return an instant beyond what was covered before, not beyond now; empty where there is none
     */
    Optional<Instant> of(String system, List<String> series, Duration every) {
        Optional<Instant> covered = db.sql("select least(covered_until, hub_now()) from coverage where system = ?")
                .param(system)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
        List<Instant> ends = new ArrayList<>();
        for (String one : series) {
            Optional<Instant> end = end(system, one, covered, every);
            if (end.isEmpty()) {
                return Optional.empty();
            }
            ends.add(end.get());
        }
        Instant now = clock.instant();
        return ends.stream()
                .min(Instant::compareTo)
                .map(end -> end.isAfter(now) ? now : end)
                .filter(end -> covered.isEmpty() || end.isAfter(covered.get()));
    }

    private Optional<Instant> end(String system, String series, Optional<Instant> covered, Duration every) {
        Optional<Instant> end = covered;
        for (Optional<Instant> next = next(system, series, end, every);
                next.isPresent();
                next = next(system, series, end, every)) {
            end = next;
        }
        return end;
    }

    /** The last file that joins what is known up to {@code end}; the first one of all where nothing is known. */
    private Optional<Instant> next(String system, String series, Optional<Instant> end, Duration every) {
        return db.sql(NEXT)
                .param("system", system)
                .param("series", series)
                .param("from", end.map(Instant::toString).orElse(null))
                .param("to", end.map(e -> e.plus(every).toString()).orElse(null))
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }
}
