package songda.door;

import static songda.clock.HubClock.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.audit.Audit;
import songda.fact.Bell;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.store.Sql;

/** The doors that are stopped, for the desk: opened again by hand, each with a reason and a line in {@code audit}. */
@Component
public final class DoorDesk {

    private static final String STOPPED = Sql.file("desk-doors");
    private static final String OPEN = Sql.file("desk-door-open");
    private static final String AGAIN = Sql.file("desk-door-again");
    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Stops stops;
    private final Bell bell;

    DoorDesk(JdbcTemplate db, TransactionTemplate transaction, Audit audit, Stops stops, Bell bell) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
        this.stops = stops;
        this.bell = bell;
    }

    /** @return {@code {doors: [{door, reason, stoppedAt, until, waiting}]}}, since when longest first */
    public ObjectNode list() {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode doors = page.putArray("doors");
        db.query(STOPPED, row -> {
            doors.add(view(row));
        });
        return page;
    }

    /**
     * Whatever its partner says next counts again: a no stops it once more.
     *
     * @return the stop that was ended, as {@link #list()} has it, with {@code again}: how many effects are tried at once
     */
    public ObjectNode open(String who, String door, String reason) {
        ObjectNode opened = transaction.execute(status -> {
            List<ObjectNode> stop = db.query(OPEN, (row, n) -> view(row), door);
            if (stop.isEmpty()) {
                throw notStopped();
            }
            ObjectNode ended = stop.get(0);
            audit.write(who, "door.open", null, reason, ended.deepCopy());
            return ended.put(
                    "again", db.update(AGAIN, door, ended.path("reason").asText()));
        });
        stops.look();
        bell.ring();
        return opened;
    }

    private static ObjectNode view(ResultSet row) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("door", row.getString("door"))
                .put("reason", row.getString("reason"))
                .put("stoppedAt", local(row.getTimestamp("stopped_at")))
                .put("until", local(row.getTimestamp("until")))
                .put("waiting", row.getLong("waiting"));
    }

    private static Refused notStopped() {
        return new Refused(Problem.of(
                409,
                "door-not-stopped",
                "这个门没有停",
                "This door is not stopped",
                new Problem.Field("door", "请核对名称，或它已自行重试 / check its name; or it is being tried again already")));
    }
}
