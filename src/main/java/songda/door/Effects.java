package songda.door;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String SETTLE = Sql.file("effect-settle");

    record Key(long subject, long id, String door) {}

    record Healed(String door, String state) {}

    private final JdbcTemplate db;

    Effects(JdbcTemplate db) {
        this.db = db;
    }

    /** Marks what may go now as relayed. Committed before it is sent: what a crash leaves in between is healed. */
    List<Key> relay(int most) {
        return db.query(RELAY, (row, n) -> new Key(row.getLong(1), row.getLong(2), row.getString(3)), most);
    }

    void giveBack(List<Key> unsent) {
        if (unsent.isEmpty()) {
            return;
        }
        db.execute((org.springframework.jdbc.core.ConnectionCallback<Integer>) c -> new Columns<>(c, RETURN, unsent)
                .longs(Key::subject)
                .longs(Key::id)
                .statement()
                .executeUpdate());
    }

    /** @param open the doors that are open here, with whether each is repeatable */
    List<Healed> heal(Duration relayed, Duration sending, Map<String, Boolean> open) {
        Object[] repeatable = open.keySet().stream().filter(open::get).toArray();
        return db.query(
                HEAL,
                s -> {
                    s.setArray(1, s.getConnection().createArrayOf("text", repeatable));
                    s.setString(2, relayed.toSeconds() + " seconds");
                    s.setString(3, sending.toSeconds() + " seconds");
                    s.setArray(
                            4,
                            s.getConnection()
                                    .createArrayOf("text", open.keySet().toArray()));
                },
                (row, n) -> new Healed(row.getString(1), row.getString(2)));
    }

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Empty when somebody else has it, or had it. */
    <T> Optional<T> claim(long subject, long id, RowReader<T> reader) {
        return db.query(CLAIM, (row, n) -> reader.read(row), subject, id).stream()
                .findFirst();
    }

    /** @return true when a later effect of the same order has been waiting for this one */
    boolean settle(long subject, long id, int attempt, Verdict verdict) {
        String wait = verdict.after() == null ? null : verdict.after().toMillis() + " milliseconds";
        return db.queryForList(SETTLE, Boolean.class, verdict.state(), verdict.reason(), wait, subject, id, attempt)
                .contains(true);
    }
}
