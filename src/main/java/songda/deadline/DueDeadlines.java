package songda.deadline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.store.Columns;
import songda.store.Sql;

/**
 * Claims what fell due, in the transaction that records it. The order row is locked first; what is locked elsewhere is
 * left for the next round. A deadline that was closed in the meantime is seen as closed by the second statement.
 */
@Component
public final class DueDeadlines {

    private static final Logger LOG = LoggerFactory.getLogger(DueDeadlines.class);
    private static final String DUE = Sql.file("deadline-due");
    private static final String DUE_NAMED = Sql.file("deadline-due-named");
    private static final String PARK = Sql.file("deadline-park");
    private static final String WAKE = Sql.file("deadline-wake");
    private static final String FIRE = Sql.file("deadline-fire");
    private static final int BATCH = 500;
    private static final String ID = "deadline-";
    private static final long WAKE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Key(long subject, long id) {}

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final ClockGuard guard;
    private final long pauseNanos;

    DueDeadlines(
            JdbcTemplate db,
            TransactionTemplate transaction,
            ClockGuard guard,
            @Value("${songda.deadline.poll:PT0.5S}") Duration poll) {
        this.db = db;
        this.transaction = transaction;
        this.guard = guard;
        this.pauseNanos = poll.toNanos();
    }

    /** Fires while {@code ready}, until {@code going} says no: without pause while batches are full. */
    void pollWhile(BooleanSupplier going, BooleanSupplier ready, Consumer<JsonNode> report) {
        long wakeAt = System.nanoTime();
        while (going.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            int fired = 0;
            try {
                if (System.nanoTime() - wakeAt > 0) {
                    db.update(WAKE);
                    wakeAt = System.nanoTime() + WAKE_NANOS;
                }
                fired = ready.getAsBoolean() ? fire(BATCH, report) : 0;
            } catch (RuntimeException e) {
                fired = fireSingly(going, report, e);
            }
            if (fired < BATCH) {
                LockSupport.parkNanos(pauseNanos);
            }
        }
    }

    /** Fires at most {@code most} due deadlines in one transaction; all of them or, with an exception, none. */
    public int fire(int most, Consumer<JsonNode> report) {
        return transaction.execute(status -> {
            ArrayNode facts = db.execute((ConnectionCallback<ArrayNode>) c -> claim(c, most));
            if (!facts.isEmpty()) {
                report.accept(facts);
            }
            return facts.size();
        });
    }

    /** One that cannot be recorded must not hold up the others: it is parked, longer each time. */
    private int fireSingly(BooleanSupplier going, Consumer<JsonNode> report, RuntimeException why) {
        LOG.warn(
                "到期批次未能记录，逐条重试 / a batch of due deadlines was not recorded, trying them one by one: {}",
                why.getClass().getName());
        int fired = 0;
        for (int i = 0; i < BATCH && going.getAsBoolean(); i++) {
            AtomicReference<JsonNode> claimed = new AtomicReference<>();
            try {
                int one = fire(1, facts -> {
                    claimed.set(facts.get(0));
                    report.accept(facts);
                });
                if (one == 0) {
                    return fired;
                }
                fired += one;
            } catch (RuntimeException e) {
                if (claimed.get() == null || !park(claimed.get())) {
                    return fired;
                }
            }
        }
        return fired;
    }

    private boolean park(JsonNode fact) {
        long id = Long.parseLong(fact.path("id").asText().substring(ID.length()));
        try {
            db.update(PARK, fact.path("about").path("subjectId").asLong(), id);
            LOG.error("到期时限 {} 不能记录，已搁置 / deadline {} cannot be recorded, it is parked", id, id);
            return true;
        } catch (DataAccessException e) {
            return false;
        }
    }

    private ArrayNode claim(Connection connection, int most) throws SQLException {
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        if (!guard.allows(connection)) {
            return facts;
        }
        List<Key> due = due(connection, DUE, most);
        due.addAll(due(connection, DUE_NAMED, most));
        if (due.isEmpty()) {
            return facts;
        }
        try (PreparedStatement fire = new Columns<>(connection, FIRE, due)
                        .longs(Key::subject)
                        .longs(Key::id)
                        .statement();
                ResultSet rows = fire.executeQuery()) {
            while (rows.next()) {
                fact(facts, rows);
            }
        }
        return facts;
    }

    private static List<Key> due(Connection connection, String sql, int most) throws SQLException {
        List<Key> due = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    due.add(new Key(rows.getLong(1), rows.getLong(2)));
                }
            }
        }
        return due;
    }

    private static void fact(ArrayNode facts, ResultSet row) throws SQLException {
        var fact = facts.addObject();
        fact.put("fact", row.getString("reports")).put("id", ID + row.getLong("id"));
        fact.put("at", row.getObject("due_at", java.time.OffsetDateTime.class).toString());
        fact.putObject("about").put("subjectId", row.getLong("subject"));
        fact.putObject("data").put("ladder", row.getString("ladder")).put("rung", row.getString("rung"));
    }
}
