package songda.configuration;

import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.store.Sql;

/** How much of what came and went could not be done, on all nodes together: messages set aside and effects that are DEAD, beside facts that were recorded. */
@Component
final class Failures {

    private static final String FAILED = Sql.file("config-failed");
    private static final String RECORDED = Sql.file("config-recorded");
    private final JdbcTemplate db;
    private final HubClock clock;
    private final double most;
    private final long least;

    /**
     * @param most the share of failures from which on a change is undone
     * @param least fewer failures than these say nothing
     */
    Failures(
            JdbcTemplate db,
            HubClock clock,
            @Value("${songda.config.failing-share:0.05}") double most,
            @Value("${songda.config.failing-least:5}") long least) {
        this.db = db;
        this.clock = clock;
        this.most = most;
        this.least = least;
    }

    /** A moment to count from. @param at business time */
    record Mark(long failed, String xid, Instant at) {}

    /** Since a mark. */
    record Share(long failed, long recorded) {

        double of() {
            return failed == 0 ? 0 : (double) failed / (failed + recorded);
        }
    }

    Mark mark() {
        return db.queryForObject(
                FAILED, (row, n) -> new Mark(row.getLong("failed"), row.getString("xid"), clock.instant()));
    }

    Share since(Mark mark) {
        long failed = mark().failed() - mark.failed();
        return new Share(Math.max(0, failed), db.queryForObject(RECORDED, Long.class, mark.xid()));
    }

    /** Enough of them, and twice as many as before the change: a partner that was failing already proves nothing against it. */
    boolean risen(Share before, Share now) {
        return now.failed() >= least && now.of() >= most && now.of() > 2 * before.of();
    }
}
