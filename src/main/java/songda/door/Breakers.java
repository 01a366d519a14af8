package songda.door;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** One breaker for each door, on this node; a line in the log when a partner goes away, and one when it is back. */
@Component
final class Breakers {

    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);
    private final DoorSettings settings;
    private final List<DoorListener> listeners;
    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

    Breakers(DoorSettings settings, ObjectProvider<DoorListener> listeners) {
        this.settings = settings;
        this.listeners = listeners.orderedStream().toList();
    }

    Breaker of(String door) {
        return breakers.computeIfAbsent(door, d -> new Breaker(d, settings, away -> tell(d, away)));
    }

    private void tell(String door, boolean away) {
        listeners.forEach(listener -> listener.away(door, away));
        if (away) {
            LOG.warn("门 {} 的对方停了，待办留在库中 / the partner of door {} is away: effects wait in the database", door, door);
        } else {
            LOG.warn("门 {} 的对方已恢复 / the partner of door {} is back", door, door);
        }
    }
}
