package songda.door;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.store.Columns;
import songda.store.Sql;

/** The table {@code effect} and its states: PENDING, RELAYED, SENDING (fenced by its attempt number), then one of the verdicts. */
@Component
final class Effects {

    private static final String RELAY = Sql.file("effect-relay");
    private static final String RETURN = Sql.file("effect-return");
    private static final String HEAL = Sql.file("effect-heal");
    private static final String CLAIM = Sql.file("effect-claim");
    private static final String GATHER = Sql.file("effect-gather");
    private static final String SETTLE = Sql.file("effect-settle");
    private static final String UNDER_WAY = Sql.file("effect-under-way");
    private static final String ASK = Sql.file("effect-ask");
    private static final String ASKED = Sql.file("effect-asked");

    record Key(long subject, long id, String door) {}

    /** @param correlation of its fact: the trace that its message through Kafka belongs to */
    record Relayed(Key key, String correlation) {}

    record Healed(String door, String state) {}

    /** @param waiting how many of them have been for long */
    record UnderWay(int count, int waiting) {}

    private final JdbcTemplate db;

    Effects(JdbcTemplate db) {
        this.db = db;
    }

    /** Marks what may go now as relayed. Committed before it is sent: what a crash leaves in between is healed. */
    List<Relayed> relay(List<Allowances.Allowance> allowed) {
        return db.execute((ConnectionCallback<List<Relayed>>) c -> {
            List<Relayed> relayed = new ArrayList<>();
            new Columns<>(c, RELAY, allowed)
                    .texts(Allowances.Allowance::door)
                    .longs(a -> (long) a.room())
                    .texts(Allowances.Allowance::perAddressee)
                    .texts(Allowances.Allowance::blocks)
                    .query(row -> relayed.add(
                            new Relayed(new Key(row.getLong(1), row.getLong(2), row.getString(3)), row.getString(4))));
            return relayed;
        });
    }

    /** By door; none where there are none. */
    Map<String, UnderWay> underWay(Duration longAgo) {
        Map<String, UnderWay> all = new HashMap<>();
        db.query(
                UNDER_WAY,
                row -> {
                    all.put(row.getString(1), new UnderWay(row.getInt(2), row.getInt(3)));
                },
                interval(longAgo));
        return all;
    }

    /** @param wait null: at once */
    void giveBack(List<Key> unsent, Duration wait) {
        if (unsent.isEmpty()) {
            return;
        }
        db.execute((ConnectionCallback<Integer>) c -> new Columns<>(c, RETURN, unsent)
                .longs(Key::subject)
                .longs(Key::id)
                .texts(k -> wait == null ? null : interval(wait))
                .update());
    }

    List<Healed> heal(DoorSettings settings, DoorStaff doors) {
        return db.query(
                HEAL,
                s -> {
                    s.setArray(1, texts(s, doors.repeatable()));
                    s.setArray(2, texts(s, doors.askable()));
                    s.setString(3, interval(settings.askAfter()));
                    s.setString(4, interval(settings.relayedFor()));
                    s.setString(5, interval(settings.sendingFor()));
                    s.setArray(6, texts(s, doors.open()));
                },
                (row, n) -> new Healed(row.getString(1), row.getString(2)));
    }

    /** What is due to be asked about at these doors; for a minute it is nobody else's to ask. */
    <T> List<T> ask(Set<String> doors, int most, RowReader<T> reader) {
        return db.query(
                ASK,
                s -> {
                    s.setArray(1, texts(s, doors));
                    s.setInt(2, most);
                },
                (row, n) -> reader.read(row));
    }

    /** Still not known; nothing changes when somebody else has settled it or asked meanwhile. */
    void asked(Due due, int notThere, Duration next) {
        db.update(ASKED, notThere, interval(next), due.subject(), due.id(), due.attempt(), due.asked());
    }

    private static Array texts(PreparedStatement statement, Set<String> values) throws SQLException {
        return statement.getConnection().createArrayOf("text", values.toArray());
    }

    private static String interval(Duration duration) {
        return duration.toMillis() + " milliseconds";
    }

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** An answer of a partner that is to be written down. */
    record Settlement(long subject, long id, int attempt, Verdict verdict) {}

    /** By effect; none for what somebody else has, or had. */
    <T> Map<Long, T> claim(List<Key> wanted, RowReader<T> reader) {
        return db.execute((ConnectionCallback<Map<Long, T>>) c -> {
            Map<Long, T> claimed = new HashMap<>();
            PreparedStatement claim = new Columns<>(c, CLAIM, wanted)
                    .longs(Key::subject)
                    .longs(Key::id)
                    .statement();
            try (claim;
                    ResultSet rows = claim.executeQuery()) {
                while (rows.next()) {
                    claimed.put(rows.getLong("id"), reader.read(rows));
                }
            }
            return claimed;
        });
    }

    /** Takes what else is due for this addressee into the leader's message; gives the numbers that were taken. */
    List<Long> gather(Key leader, String addressee, Collection<Long> claimedWithIt, RowReader<Long> reader) {
        return db.query(
                GATHER,
                s -> {
                    s.setLong(1, leader.id());
                    s.setString(2, leader.door());
                    s.setString(3, addressee);
                    s.setLong(4, leader.id());
                    s.setArray(5, s.getConnection().createArrayOf("int8", claimedWithIt.toArray()));
                },
                (row, n) -> reader.read(row));
    }

    /** @return true when a later effect of one of these orders has been waiting for this one */
    boolean settle(List<Settlement> settlements) {
        return db.execute((ConnectionCallback<Boolean>) c -> {
            boolean awaited = false;
            PreparedStatement settle = new Columns<>(c, SETTLE, settlements)
                    .longs(Settlement::subject)
                    .longs(Settlement::id)
                    .longs(s -> (long) s.attempt())
                    .texts(s -> s.verdict().state())
                    .texts(s -> s.verdict().reason())
                    .texts(s -> wait(s.verdict()))
                    .texts(s -> s.verdict().partner() == Verdict.Partner.STOPPED)
                    .statement();
            try (settle;
                    ResultSet rows = settle.executeQuery()) {
                while (rows.next()) {
                    awaited |= rows.getBoolean(1);
                }
            }
            return awaited;
        });
    }

    private static String wait(Verdict verdict) {
        return verdict.after() == null ? null : interval(verdict.after());
    }
}
