package songda.door;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What every door needs to work, and which doors there are. */
@Component
public final class DoorStaff {

    private final Topics topics;
    private final Payments payments;
    private final DoorSettings settings;
    private final StrayRecords strays;
    private final Map<String, Manners> open = new ConcurrentHashMap<>();

    /**
     * How a door's partner wants to be spoken to.
     *
     * @param repeatable it takes the same message twice for one
     * @param perAddressee an order's effects wait for earlier ones to the same addressee only, not for all at this door
     * @param gather ISO-8601: messages to one addressee go at most once in so long; or null
     * @param consumers how many effects are under way at once
     */
    record Manners(boolean repeatable, boolean perAddressee, String gather, int consumers) {}

    DoorStaff(Topics topics, Payments payments, DoorSettings settings, StrayRecords strays) {
        this.strays = strays;
        this.topics = topics;
        this.payments = payments;
        this.settings = settings;
    }

    void opened(String door, Manners manners) {
        open.put(door, manners);
        if (manners.gather() != null) {
            payments.gatherAt(door);
        }
    }

    /** The doors that have been open here. */
    Set<String> open() {
        return Set.copyOf(open.keySet());
    }

    /** Those of them whose partner takes the same message twice for one. */
    Set<String> repeatable() {
        return open(Manners::repeatable);
    }

    /** How long this door gathers what is for one addressee, ISO-8601; null where it does not. */
    String gather(String door) {
        Manners manners = open.get(door);
        return manners == null ? null : manners.gather();
    }

    Set<String> perAddressee() {
        return open(Manners::perAddressee);
    }

    private Set<String> open(Predicate<Manners> which) {
        return open.entrySet().stream()
                .filter(e -> which.test(e.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean paused() {
        return settings.paused();
    }

    Topics topics() {
        return topics;
    }

    StrayRecords strays() {
        return strays;
    }

    Payments payments() {
        return payments;
    }

    Verdict.Patience patience(boolean mayRepeat) {
        return new Verdict.Patience(mayRepeat, settings.retryBase(), settings.retryMost(), settings.attempts());
    }
}
