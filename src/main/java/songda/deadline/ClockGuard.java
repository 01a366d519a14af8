package songda.deadline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/**
 * Stops the firing of deadlines when the database's clock has jumped: what fires too early cannot be recalled. The clock is compared
 * with this process's own count of time; between two processes, with the last instant that any of them has seen. Frozen for all nodes
 * until somebody says that the clock is right.
 */
@Component
public final class ClockGuard {

    static final Duration BACK = Duration.ofSeconds(5);
    static final Duration FORWARD = Duration.ofSeconds(60);
    private static final Logger LOG = LoggerFactory.getLogger(ClockGuard.class);
    private static final long ANCHOR_NANOS = Duration.ofMinutes(10).toNanos();
    private static final String LOOK = Sql.file("clock-look");
    private static final String REMEMBER = Sql.file("clock-remember");
    private static final String FREEZE = Sql.file("clock-freeze");
    private static final String AGREE = Sql.file("clock-agree");

    /** @param since wall time of the database when it was noticed */
    public record Frozen(Instant since, String why) {}

    private record Look(Instant now, Instant seen, Instant frozenAt, long agreed) {}

    /** @param before, after this process's own count around the database's answer: between them lies {@code now} */
    private record Baseline(Instant now, long before, long after, long agreed) {}

    private final JdbcClient db;
    private Baseline last;
    /** The jump is in the log: others may look before the transaction that noticed it has committed. */
    private boolean told;

    ClockGuard(JdbcClient db) {
        this.db = db;
    }

    /** Whether deadlines may fire at the time of this transaction; called in the transaction that would fire them. */
    synchronized boolean allows(Connection connection) throws SQLException {
        long before = System.nanoTime();
        Look look = look(connection);
        Baseline now = new Baseline(look.now(), before, System.nanoTime(), look.agreed());
        boolean frozen = look.frozenAt() != null;
        if (frozen || last != null && last.agreed() != look.agreed()) {
            last = null;
        }
        if (!frozen) {
            String jump = jump(look, now);
            if (jump != null) {
                freeze(connection, jump);
                return false;
            }
            told = false;
        }
        // Kept for a while, so that many small steps are seen as the jump that they make together.
        if (last == null || now.before() - last.after() > ANCHOR_NANOS) {
            last = now;
        }
        return !frozen;
    }

    /** A process that stood still between the two counts proves nothing: only what no such pause explains is a jump. */
    private String jump(Look look, Baseline now) {
        Duration most = last == null
                ? Duration.between(look.seen(), look.now())
                : Duration.between(last.now(), look.now()).minusNanos(now.before() - last.after());
        if (most.compareTo(BACK.negated()) < 0) {
            return "back by " + most.negated().toSeconds() + " s";
        }
        // How long nobody was here to count is not known: a start cannot see a jump forward.
        Duration least = last == null
                ? Duration.ZERO
                : Duration.between(last.now(), look.now()).minusNanos(now.after() - last.before());
        return least.compareTo(FORWARD) > 0 ? "forward by " + least.toSeconds() + " s" : null;
    }

    private static Look look(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Look(instant(row, 1), instant(row, 2), instant(row, 3), row.getLong(4));
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** What the next process to start compares the clock with. */
    void remember() {
        db.sql(REMEMBER).update();
    }

    private void freeze(Connection connection, String why) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FREEZE)) {
            statement.setString(1, why);
            statement.executeUpdate();
        }
        if (!told) {
            LOG.error(
                    "数据库时钟跳变，时限暂停触发，请核对后放行 / the database's clock jumped {}: no deadline fires until somebody agrees",
                    why);
        }
        told = true;
    }

    /** Since when nothing fires, or empty. */
    public Optional<Frozen> frozen() {
        return db.sql("select frozen_at, frozen_why from clock_watch where frozen_at is not null")
                .query((row, n) -> new Frozen(instant(row, 1), row.getString(2)))
                .optional();
    }

    /** The clock is right as it is now: firing goes on from here. */
    public void agree() {
        db.sql(AGREE).update();
    }
}
