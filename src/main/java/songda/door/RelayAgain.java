package songda.door;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.fact.Bell;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.store.Sql;

/** Kafka's topics of doors, built again from the rows: what was handed over and is not settled is handed over again. */
@Component
public final class RelayAgain {

    private static final String AGAIN = Sql.file("effect-again");
    private static final String LEFT = Sql.file("effect-left");
    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final DoorStaff staff;
    private final Bell bell;

    RelayAgain(JdbcTemplate db, TransactionTemplate transaction, DoorStaff staff, Bell bell) {
        this.db = db;
        this.transaction = transaction;
        this.staff = staff;
        this.bell = bell;
    }

    /** @param left is being sent where a second time might be one too many: the partner is asked, as always */
    public record Tally(Map<String, Integer> doors, long left) {}

    /**
     * What is accepted, dead or unknown stays as it is.
     *
     * @param from when it was handed over, wall time; so is to, which itself is left out
     * @throws Refused 422 for a door that there is not
     */
    public Tally again(Instant from, Instant to, Collection<String> doors) {
        check(doors);
        Map<String, Integer> counts = new TreeMap<>();
        String[] all = doors.toArray(String[]::new);
        String[] twice = doors.stream().filter(staff.repeatable()::contains).toArray(String[]::new);
        Long left = transaction.execute(status -> {
            for (String door : relayed(from, to, all, twice)) {
                counts.merge(door, 1, Integer::sum);
            }
            return db.queryForObject(LEFT, Long.class, from.toString(), to.toString(), all);
        });
        bell.ring();
        return new Tally(counts, left == null ? 0 : left);
    }

    private List<String> relayed(Instant from, Instant to, String[] all, String[] twice) {
        return db.execute((ConnectionCallback<List<String>>) connection -> {
            List<String> doors = new ArrayList<>();
            try (var again = connection.prepareStatement(AGAIN)) {
                again.setString(1, from.toString());
                again.setString(2, to.toString());
                again.setArray(3, connection.createArrayOf("text", all));
                again.setArray(4, connection.createArrayOf("text", twice));
                try (var rows = again.executeQuery()) {
                    while (rows.next()) {
                        doors.add(rows.getString(1));
                    }
                }
            }
            return doors;
        });
    }

    private void check(Collection<String> doors) {
        if (!staff.open().containsAll(doors)) {
            throw new Refused(Problem.of(
                    422,
                    "no-such-door",
                    "没有这个门",
                    "No such door",
                    new Problem.Field("/doors", "有这些 / there are " + new TreeSet<>(staff.open()))));
        }
    }
}
