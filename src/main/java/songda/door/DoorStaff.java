package songda.door;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What every door needs to work, and which doors there are. */
@Component
public final class DoorStaff {

    private final Topics topics;
    private final Payments payments;
    private final DoorSettings settings;
    private final Set<String> repeatable = ConcurrentHashMap.newKeySet();

    DoorStaff(Topics topics, Payments payments, DoorSettings settings) {
        this.topics = topics;
        this.payments = payments;
        this.settings = settings;
    }

    void opened(String door, boolean mayRepeat) {
        if (mayRepeat) {
            repeatable.add(door);
        } else {
            repeatable.remove(door);
        }
    }

    /** Doors whose partner takes the same message twice for one. */
    Set<String> repeatable() {
        return Set.copyOf(repeatable);
    }

    boolean paused() {
        return settings.paused();
    }

    Topics topics() {
        return topics;
    }

    Payments payments() {
        return payments;
    }

    Verdict.Patience patience(boolean mayRepeat) {
        return new Verdict.Patience(mayRepeat, settings.retryBase(), settings.retryMost(), settings.attempts());
    }
}
