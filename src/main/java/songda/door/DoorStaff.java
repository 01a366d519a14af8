package songda.door;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What every door needs to work, and which doors there are. */
@Component
public final class DoorStaff {

    private final Topics topics;
    private final Payments payments;
    private final Questions questions;
    private final DoorSettings settings;
    private final StrayRecords strays;
    private final Breakers breakers;
    private final Map<String, Manners> open = new ConcurrentHashMap<>();
    private final Set<String> listening = ConcurrentHashMap.newKeySet();

    /**
     * How a door's partner wants to be spoken to.
     *
     * @param repeatable it takes the same message twice for one
     * @param perAddressee an order's effects wait for earlier ones to the same addressee only, not for all at this door
     * @param gather ISO-8601: messages to one addressee go at most once in so long; or null
     * @param ask the route that asks whether it has a message whose answer was lost; or null
     * @param blocks one that is DEAD holds up the order's later ones, until a person has settled it
     * @param rate so many a second at most, all nodes together; 0 where there is no limit
     * @param consumers how many effects are under way at once
     * @param quiet whether nothing goes there now, because of the hour
     * @param tells the fact that says that an effect is DEAD; or null
     */
    record Manners(
            boolean repeatable,
            boolean perAddressee,
            String gather,
            String ask,
            boolean blocks,
            double rate,
            int consumers,
            BooleanSupplier quiet,
            String tells) {}

    DoorStaff(
            Topics topics,
            Payments payments,
            Questions questions,
            Breakers breakers,
            DoorSettings settings,
            StrayRecords strays) {
        this.strays = strays;
        this.topics = topics;
        this.payments = payments;
        this.questions = questions;
        this.breakers = breakers;
        this.settings = settings;
    }

    void opened(String door, Manners manners) {
        open.put(door, manners);
        listening.add(door);
        if (manners.gather() != null) {
            payments.gatherAt(door);
        }
    }

    void closed(String door) {
        listening.remove(door);
    }

    /** The doors that are open here now. */
    Map<String, Manners> listening() {
        return listening.stream().collect(Collectors.toUnmodifiableMap(door -> door, open::get));
    }

    /** What this node knows of the door's partner. */
    Breaker breaker(String door) {
        return breakers.of(door);
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

    /** The doors whose partner can be asked. */
    Set<String> askable() {
        return open(manners -> manners.ask() != null);
    }

    /** Those of them that ask by this route. */
    Set<String> asking(String route) {
        return open(manners -> route.equals(manners.ask()));
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

    Questions questions() {
        return questions;
    }

    Verdict.Patience patience(Manners manners) {
        return new Verdict.Patience(
                manners.repeatable(),
                settings.retryBase(),
                settings.retryMost(),
                settings.attempts(),
                manners.ask() == null ? null : settings.askAfter());
    }
}
