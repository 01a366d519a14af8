package songda.deadline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.store.Columns;
import songda.store.Sql;

/**
 * Claims what fell due, in the transaction that records it. The order row is locked first; what is locked elsewhere is
 * left for the next round. A deadline that was closed in the meantime is seen as closed by the second statement. Any number of
 * threads and of nodes may poll.
 */
@Component
public final class DueDeadlines {

    private static final Logger LOG = LoggerFactory.getLogger(DueDeadlines.class);
    private static final String DUE = Sql.file("deadline-due");
    private static final String DUE_COVERED = Sql.file("deadline-due-covered");
    private static final String DUE_NAMED = Sql.file("deadline-due-named");
    private static final String PARK = Sql.file("deadline-park");
    private static final String WAKE = Sql.file("deadline-wake");
    private static final String FIRE = Sql.file("deadline-fire");
    private static final int BATCH = 500;
    private static final List<Shelf> SHELVES = List.of(
            (c, from, most) -> take(c, DUE, from, most),
            DueDeadlines::takeCovered,
            (c, from, most) -> take(c, DUE_NAMED, from, most));
    private static final String ID = "deadline-";
    private static final long BEGIN_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEEP_UP_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Connection lost, rolled back by the server, no resources, lock not to be had, shut down. */
    private static final Pattern WORLD = Pattern.compile("(08|40|53|55|57).*");

    private record Key(long subject, long id, OffsetDateTime dueAt) {}

    private record Covered(String system, OffsetDateTime until) {}

    /** One of the places where due deadlines stand, in the order in which they fell due. */
    private interface Shelf {
        List<Key> take(Connection connection, OffsetDateTime from, int most) throws SQLException;
    }

    /**
     * How far a run of full batches has come on each shelf. What was fired still fills the index until it is vacuumed, so each batch
     * begins where the last one ended; once a second all is looked at, for what was held by others or came late.
     */
    private static final class Progress {

        private OffsetDateTime[] from;
        private long beginAgainAt;

        void next() {
            if (from == null || System.nanoTime() - beginAgainAt > 0) {
                beginning();
            }
        }

        void beginning() {
            from = new OffsetDateTime[SHELVES.size()];
            Arrays.fill(from, OffsetDateTime.MIN);
            beginAgainAt = System.nanoTime() + BEGIN_AGAIN_NANOS;
        }
    }

    /** What one thread has under way. */
    private final class Poll {

        private final Consumer<JsonNode> report;
        private final Progress progress = new Progress();
        private int batch = BATCH;
        private JsonNode claimed;
        private boolean told;

        Poll(Consumer<JsonNode> report) {
            this.report = report;
        }

        /** @return whether to go on at once */
        boolean round() {
            claimed = null;
            int most = batch;
            try {
                progress.next();
                int fired = fire(most, progress, facts -> {
                    claimed = facts;
                    report.accept(facts);
                });
                batch = Math.min(BATCH, most * 4);
                told &= most < BATCH;
                if (fired < most) {
                    progress.beginning();
                }
                return fired >= most;
            } catch (RuntimeException | Error e) {
                return smaller(e);
            }
        }

        /** One that cannot be recorded must not hold up the others: it is found by smaller batches and parked, longer each time. */
        private boolean smaller(Throwable why) {
            if (!told) {
                LOG.warn(
                        "到期批次未能记录，分小批重试 / a batch of due deadlines was not recorded, it is tried in smaller ones: {}",
                        why.getClass().getName());
            }
            told = true;
            progress.beginning();
            boolean world = claimed == null || worldsFault(why);
            if (world || batch > 1) {
                batch = Math.max(1, batch / 4);
                return !world;
            }
            return park(claimed.get(0), why);
        }
    }

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final ClockGuard guard;
    private final long pauseNanos;
    private final AtomicInteger turn = new AtomicInteger();

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
        Poll poll = new Poll(report);
        long wakeAt = System.nanoTime();
        while (going.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            if (System.nanoTime() - wakeAt >= 0) {
                keepUp();
                wakeAt = System.nanoTime() + KEEP_UP_NANOS;
            }
            if (!ready.getAsBoolean() || !poll.round()) {
                LockSupport.parkNanos(pauseNanos);
            }
        }
    }

    /** In transactions of their own: a process that stands still in the middle of a batch holds no row that all others need. */
    private void keepUp() {
        try {
            guard.remember();
            db.update(WAKE);
        } catch (RuntimeException e) {
            LOG.debug("nothing woken, in ten seconds again: {}", e.toString());
        }
    }

    /** Fires at most {@code most} due deadlines in one transaction; all of them or, with an exception, none. */
    public int fire(int most, Consumer<JsonNode> report) {
        Progress progress = new Progress();
        progress.beginning();
        return fire(most, progress, report);
    }

    private int fire(int most, Progress progress, Consumer<JsonNode> report) {
        return transaction.execute(status -> {
            ArrayNode facts = db.execute((ConnectionCallback<ArrayNode>) c -> claim(c, most, progress));
            if (!facts.isEmpty()) {
                report.accept(facts);
            }
            return facts.size();
        });
    }

    /** The deadline itself is not to blame: it stays where it is. */
    private static boolean worldsFault(Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || cause instanceof InterruptedException
                    || cause instanceof SQLException e
                            && e.getSQLState() != null
                            && WORLD.matcher(e.getSQLState()).matches()) {
                return true;
            }
        }
        return false;
    }

    private boolean park(JsonNode fact, Throwable why) {
        long id = Long.parseLong(fact.path("id").asText().substring(ID.length()));
        try {
            db.update(PARK, fact.path("about").path("subjectId").asLong(), id);
            LOG.error(
                    "到期时限 {} 不能记录，已搁置 / deadline {} cannot be recorded, it is parked: {}",
                    id,
                    id,
                    NestedExceptionUtils.getMostSpecificCause(why).getClass().getName());
            return true;
        } catch (DataAccessException e) {
            return false;
        }
    }

    private ArrayNode claim(Connection connection, int most, Progress progress) throws SQLException {
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        if (!guard.allows(connection)) {
            return facts;
        }
        List<Key> due = due(connection, most, progress);
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

    /** From another shelf first each time: a full one does not hold up the others. */
    private List<Key> due(Connection connection, int most, Progress progress) throws SQLException {
        List<Key> due = new ArrayList<>();
        int first = Math.floorMod(turn.getAndIncrement(), SHELVES.size());
        for (int i = 0; i < SHELVES.size() && due.size() < most; i++) {
            int shelf = (first + i) % SHELVES.size();
            List<Key> taken = SHELVES.get(shelf).take(connection, progress.from[shelf], most - due.size());
            if (!taken.isEmpty()) {
                progress.from[shelf] = taken.get(taken.size() - 1).dueAt();
            }
            due.addAll(taken);
        }
        return due;
    }

    private static List<Key> take(Connection connection, String sql, OffsetDateTime from, int most)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, from);
            statement.setInt(2, most);
            return keys(statement);
        }
    }

    private static List<Key> takeCovered(Connection connection, OffsetDateTime from, int most) throws SQLException {
        List<Key> due = new ArrayList<>();
        List<Covered> systems = covered(connection);
        try (PreparedStatement statement = connection.prepareStatement(DUE_COVERED)) {
            for (Covered covered : systems) {
                statement.setObject(1, from);
                statement.setString(2, covered.system());
                statement.setObject(3, covered.until());
                statement.setInt(4, most - due.size());
                due.addAll(keys(statement));
            }
        }
        return due;
    }

    private static List<Covered> covered(Connection connection) throws SQLException {
        List<Covered> systems = new ArrayList<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("select system, covered_until from coverage order by system");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                systems.add(new Covered(rows.getString(1), rows.getObject(2, OffsetDateTime.class)));
            }
        }
        return systems;
    }

    private static List<Key> keys(PreparedStatement statement) throws SQLException {
        List<Key> due = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                due.add(new Key(rows.getLong(1), rows.getLong(2), rows.getObject(3, OffsetDateTime.class)));
            }
        }
        return due;
    }

    private static void fact(ArrayNode facts, ResultSet row) throws SQLException {
        var fact = facts.addObject();
        fact.put("fact", row.getString("reports")).put("id", ID + row.getLong("id"));
        fact.put("at", row.getObject("due_at", OffsetDateTime.class).toString());
        fact.putObject("about").put("subjectId", row.getLong("subject"));
        fact.putObject("data").put("ladder", row.getString("ladder")).put("rung", row.getString("rung"));
    }
}
