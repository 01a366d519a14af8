package songda.door;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What every door needs to work, and which doors there are. */
@Component
public final class DoorStaff {

    private final Topics topics;
    private final Payments payments;
    private final DoorSettings settings;
    private final Map<String, Boolean> open = new ConcurrentHashMap<>();

    DoorStaff(Topics topics, Payments payments, DoorSettings settings) {
        this.topics = topics;
        this.payments = payments;
        this.settings = settings;
    }

    void opened(String door, boolean repeatable) {
        open.put(door, repeatable);
    }

    /** The doors that have been open here, with whether the partner takes the same message twice for one. */
    Map<String, Boolean> open() {
        return Map.copyOf(open);
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
