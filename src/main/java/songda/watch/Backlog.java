package songda.watch;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/** What the database says is still to be done, for all nodes together; indexes over open rows answer it. */
@Component
final class Backlog {

    private static final String EFFECTS = Sql.file("watch-effects");
    private static final String OTHERS = Sql.file("watch-others");

    record Key(String door, String state) {}

    /**
     * @param effects those not accepted, by door and state
     * @param ages by door, business seconds since the oldest effect became owed that the hub itself still works on
     * @param unpublished facts not yet on songda.facts, counted up to 100,000
     */
    record Reading(Map<Key, Long> effects, Map<String, Double> ages, long deadLetters, long unpublished) {}

    private final JdbcTemplate db;

    Backlog(JdbcTemplate db) {
        this.db = db;
    }

    Reading read() {
        Map<Key, Long> effects = new HashMap<>();
        Map<String, Double> ages = new HashMap<>();
        db.query(EFFECTS, row -> {
            Key key = new Key(row.getString("door"), row.getString("state"));
            effects.put(key, row.getLong("effects"));
            // UNKNOWN waits for a person or for the partner's answer; its age would hide that of the others.
            if (!key.state().equals("UNKNOWN")) {
                ages.merge(key.door(), seconds(row, "age"), Math::max);
            }
        });
        return db.queryForObject(
                OTHERS,
                (row, n) -> new Reading(effects, ages, row.getLong("dead_letters"), row.getLong("unpublished")));
    }

    private static double seconds(ResultSet row, String column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? 0 : value.doubleValue();
    }
}
