package songda.door;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/**
 * Doors whose partner takes nothing until a person has acted (no money, a wrong key), for all nodes together. What is owed there waits in
 * the database; after a while a few are tried, so that a door that was put right opens by itself.
 */
@Component
final class Stops {

    private static final Logger LOG = LoggerFactory.getLogger(Stops.class);
    private static final String STOP = Sql.file("door-stop");
    private static final String LOOK = "select door, reason from door_stop where until > now()";
    private final JdbcTemplate db;
    private final List<DoorListener> listeners;
    private volatile Set<String> stopped = Set.of();

    Stops(JdbcTemplate db, ObjectProvider<DoorListener> listeners) {
        this.db = db;
        this.listeners = listeners.orderedStream().toList();
    }

    boolean stopped(String door) {
        return stopped.contains(door);
    }

    /** @param reason what the partner said, free of personal data */
    synchronized void stop(String door, String reason, Duration after) {
        db.update(STOP, door, reason, after.toMillis() + " milliseconds");
        if (!stopped.contains(door)) {
            closed(door, reason);
            stopped = Stream.concat(stopped.stream(), Stream.of(door)).collect(Collectors.toUnmodifiableSet());
        }
    }

    /** Hears what other nodes have stopped, and what is tried again. */
    synchronized void look() {
        Map<String, String> now = new HashMap<>();
        db.query(LOOK, row -> {
            now.put(row.getString(1), row.getString(2));
        });
        if (now.keySet().equals(stopped)) {
            return;
        }
        now.forEach((door, reason) -> {
            if (!stopped.contains(door)) {
                closed(door, reason);
            }
        });
        stopped.stream().filter(door -> !now.containsKey(door)).forEach(this::opened);
        stopped = Set.copyOf(now.keySet());
    }

    private void closed(String door, String reason) {
        listeners.forEach(listener -> listener.stopped(door, true));
        LOG.error(
                "门 {} 已停，待办留在库中，需人处理 / door {} is stopped, effects wait in the database, a person must act: {}",
                door,
                door,
                reason);
    }

    private void opened(String door) {
        listeners.forEach(listener -> listener.stopped(door, false));
        LOG.warn("门 {} 重新试发 / door {} is tried again", door, door);
    }
}
