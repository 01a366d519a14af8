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
    private static final Duration REMEMBER_EVERY = Duration.ofSeconds(5);
    private static final String LOOK = Sql.file("clock-look");
    private static final String REMEMBER = Sql.file("clock-remember");
    private static final String FREEZE = Sql.file("clock-freeze");
    private static final String AGREE = Sql.file("clock-agree");

    /** @param since wall time of the database when it was noticed */
    public record Frozen(Instant since, String why) {}

    private record Look(Instant now, Instant seen, Instant frozenAt, long agreed) {}

    private record Baseline(Instant now, long nanos, long agreed) {}

    private final JdbcClient db;
    private Baseline last;
    private Instant remembered = Instant.EPOCH;
    private boolean told;

    ClockGuard(JdbcClient db) {
        this.db = db;
    }

    /** Whether deadlines may fire at the time of this transaction; called in the transaction that would fire them. */
    synchronized boolean allows(Connection connection) throws SQLException {
        Look look = look(connection);
        long nanos = System.nanoTime();
        if (look.frozenAt() == null) {
            if (last != null && last.agreed() != look.agreed()) {
                last = null;
            }
            String jump = jump(look, nanos);
            if (jump != null) {
                freeze(connection, jump);
                return false;
            }
        }
        told &= look.frozenAt() != null;
        last = new Baseline(look.now(), nanos, look.agreed());
        remember(connection, look);
        return look.frozenAt() == null;
    }

    private String jump(Look look, long nanos) {
        Duration off = last == null
                ? Duration.between(look.seen(), look.now())
                : Duration.between(last.now(), look.now()).minusNanos(nanos - last.nanos());
        if (off.compareTo(BACK.negated()) < 0) {
            return "back by " + off.negated().toSeconds() + " s";
        }
        // How long nobody was here to count is not known: a start cannot see a jump forward.
        return last != null && off.compareTo(FORWARD) > 0 ? "forward by " + off.toSeconds() + " s" : null;
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

    private void remember(Connection connection, Look look) throws SQLException {
        if (Duration.between(remembered, look.now()).abs().compareTo(REMEMBER_EVERY) > 0) {
            try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
                statement.executeUpdate();
            }
            remembered = look.now();
        }
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
