package songda.deadline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.calendar.Calendars;
import songda.clock.HubClock;
import songda.store.Columns;
import songda.store.Sql;

/** Counts open deadlines again from the instant that they are counted from, in batches, each in a transaction of its own. */
@Component
final class Recount {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ROWS = List.of(Sql.file("deadline-recount"), Sql.file("deadline-recount-named"));
    private static final String WRITE = Sql.file("deadline-recounted");
    private static final int BATCH = 1000;

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final HubClock clock;

    Recount(JdbcTemplate db, TransactionTemplate transaction, HubClock clock) {
        this.db = db;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * @param seen those that were looked at
     * @param moved those whose instant is another
     * @param atOnce those of them that are due by now, and were not
     * @param left those that a person has set, or that have no rung any more: they stay as they are
     */
    public record Tally(long seen, long moved, long atOnce, long left) {

        private Tally plus(Tally other) {
            return new Tally(seen + other.seen, moved + other.moved, atOnce + other.atOnce, left + other.left);
        }
    }

    /** What a deadline becomes: its rung, and the version of the text that the rung stands in. */
    record Target(String version, Ladder.Rung rung) {}

    private record Row(
            long subject,
            long id,
            LadderVersions.Key key,
            Instant from,
            Instant due,
            boolean byHand,
            String office,
            JsonNode detail) {}

    private record Changed(Row row, Target target, DueRule.Due due) {}

    /**
     * @param keys the rungs whose open deadlines are meant
     * @param target null: it stays as it is
     * @param dryRun nothing is written
     */
    Tally run(
            Collection<LadderVersions.Key> keys,
            Function<LadderVersions.Key, Target> target,
            Calendars calendars,
            boolean dryRun) {
        Tally all = new Tally(0, 0, 0, 0);
        if (keys.isEmpty()) {
            return all;
        }
        for (String sql : ROWS) {
            Row last = null;
            for (List<Row> rows = List.of(); last == null || rows.size() == BATCH; ) {
                Row after = last;
                List<Row> next = new ArrayList<>();
                all = all.plus(transaction.execute(status -> db.execute((ConnectionCallback<Tally>) connection -> {
                    next.addAll(rows(connection, sql, keys, after));
                    return count(connection, next, target, calendars, dryRun);
                })));
                rows = next;
                if (rows.isEmpty()) {
                    break;
                }
                last = rows.get(rows.size() - 1);
            }
        }
        return all;
    }

    private static List<Row> rows(Connection connection, String sql, Collection<LadderVersions.Key> keys, Row after)
            throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", keys.stream().map(LadderVersions.Key::text).toArray()));
            statement.setLong(2, after == null ? 0 : after.subject());
            statement.setLong(3, after == null ? 0 : after.id());
            statement.setLong(4, after == null ? 0 : after.subject());
            statement.setInt(5, BATCH);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(row(row));
                }
            }
        }
        return found;
    }

    private static Row row(ResultSet row) throws SQLException {
        try {
            return new Row(
                    row.getLong("subject"),
                    row.getLong("id"),
                    new LadderVersions.Key(row.getString("ladder"), row.getString("version"), row.getString("rung")),
                    row.getTimestamp("from_at").toInstant(),
                    row.getTimestamp("due_at").toInstant(),
                    row.getBoolean("by_hand"),
                    row.getString("office"),
                    JSON.readTree(row.getString("detail")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tally count(
            Connection connection,
            List<Row> rows,
            Function<LadderVersions.Key, Target> target,
            Calendars calendars,
            boolean dryRun)
            throws SQLException {
        Instant now = clock.instant();
        List<Changed> changed = new ArrayList<>();
        long moved = 0;
        long atOnce = 0;
        for (Row row : rows) {
            Target to = row.byHand() ? null : target.apply(row.key());
            if (to == null) {
                continue;
            }
            String own = own(row, to.rung().afterOf());
            String cutoff = own(row, to.rung().cutoffOf());
            DueRule.Due due = to.rung().due(row.from(), own, cutoff, calendars, row.office());
            changed.add(new Changed(row, to, due));
            moved += due.at().equals(row.due()) ? 0 : 1;
            atOnce += row.due().isAfter(now) && !due.at().isAfter(now) ? 1 : 0;
        }
        if (!dryRun && !changed.isEmpty()) {
            write(connection, changed);
        }
        return new Tally(rows.size(), moved, atOnce, rows.size() - changed.size());
    }

    private static String own(Row row, String field) {
        return field == null ? null : row.detail().path(field).asText(null);
    }

    private static void write(Connection connection, List<Changed> changed) throws SQLException {
        new Columns<>(connection, WRITE, changed)
                .longs(c -> c.row().subject())
                .longs(c -> c.row().id())
                .texts(c -> c.due().at())
                .texts(c -> c.due().provisional())
                .texts(c -> c.target().version())
                .texts(c -> c.target().rung().reports())
                .texts(c -> c.target().rung().coveredBy())
                .update();
    }
}
