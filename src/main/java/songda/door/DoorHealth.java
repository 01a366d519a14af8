package songda.door;

import static songda.clock.HubClock.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/** How each door is: what waits there for all nodes together; breaker, last success and pace as this node sees them. */
@Component
public final class DoorHealth {

    private static final String QUEUES = Sql.file("watch-effects");
    private final JdbcTemplate db;
    private final DoorStaff staff;
    private final DoorPulse pulse;
    private final DoorDesk desk;

    DoorHealth(JdbcTemplate db, DoorStaff staff, DoorPulse pulse, DoorDesk desk) {
        this.db = db;
        this.staff = staff;
        this.pulse = pulse;
        this.desk = desk;
    }

    /**
     * @return {@code {doors: [{door, breaker, limit, lastSuccess, lastFailure, lastMinute, queue: {PENDING …: n}, oldest, stop}]}}: limit is messages a second or
     *     null, oldest business seconds, stop as {@link DoorDesk#list()} has it or null
     */
    public ObjectNode list() {
        Map<String, ObjectNode> doors = new TreeMap<>();
        staff.listening().forEach((door, manners) -> doors.put(door, door(door, manners)));
        Map<String, JsonNode> stops = new HashMap<>();
        desk.list().path("doors").forEach(stop -> stops.put(stop.path("door").asText(), stop));
        db.query(QUEUES, row -> {
            // One that this node does not serve, but where something is owed.
            ObjectNode door = doors.computeIfAbsent(row.getString("door"), d -> bare(d));
            door.withObjectProperty("queue").put(row.getString("state"), row.getLong("effects"));
            BigDecimal age = row.getBigDecimal("age");
            if (age != null && !row.getString("state").equals("UNKNOWN")) {
                door.put("oldest", Math.max(door.path("oldest").asLong(), age.longValue()));
            }
        });
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode list = all.putArray("doors");
        doors.forEach((name, door) -> list.add(door.set("stop", stops.get(name))));
        return all;
    }

    private static ObjectNode bare(String door) {
        ObjectNode one = JsonNodeFactory.instance.objectNode().put("door", door);
        one.putNull("breaker").putObject("queue");
        return one;
    }

    private ObjectNode door(String door, DoorStaff.Manners manners) {
        DoorPulse.Seen seen = pulse.of(door);
        return bare(door)
                .put("breaker", staff.breaker(door).state())
                .put("limit", manners.rate() == 0 ? null : manners.rate())
                .put("lastSuccess", text(seen.success()))
                .put("lastFailure", text(seen.failure()))
                .put("lastMinute", seen.lastMinute());
    }

    private static String text(Instant at) {
        return at == null ? null : local(at);
    }
}
