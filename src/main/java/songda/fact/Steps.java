package songda.fact;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.springframework.stereotype.Component;

/** The steps that wait for each fact, in the order of their route ids. Changing them and recording exclude each other. */
@Component
public final class Steps {

    /** One route that starts with {@code from: fact:<name>}. It may only append to the plan. */
    public interface Step {
        void run(Fact fact, Plan plan) throws Exception;
    }

    private final Map<String, ConcurrentSkipListMap<String, Step>> byFact = new ConcurrentHashMap<>();
    private volatile long configuration;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);

    /** Held for writing while routes are swapped: without it a recording would miss the step that is being replaced. */
    public ReentrantReadWriteLock gate() {
        return gate;
    }

    /** The version of the configuration that decides from now on; told under the gate's write lock. */
    public void decideBy(long configuration) {
        this.configuration = configuration;
    }

    /** Null where nobody has told of one: a rehearsal has no versions. */
    Long configuration() {
        return configuration == 0 ? null : configuration;
    }

    void add(String fact, String routeId, Step step) {
        byFact.computeIfAbsent(fact, f -> new ConcurrentSkipListMap<>()).put(routeId, step);
    }

    void remove(String fact, String routeId, Step step) {
        byFact.getOrDefault(fact, new ConcurrentSkipListMap<>()).remove(routeId, step);
    }

    /** Whether a step waits for this fact. */
    public boolean heard(String fact) {
        return !of(fact).isEmpty();
    }

    Collection<Step> of(String fact) {
        var steps = byFact.get(fact);
        return steps == null ? java.util.List.of() : steps.values();
    }
}
