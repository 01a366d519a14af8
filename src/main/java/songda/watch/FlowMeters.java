package songda.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import songda.door.DoorListener;
import songda.fact.FactCatalogue;
import songda.fact.FactListener;
import songda.fact.NewFact;

/** What this node recorded and tried since it started. The catalogue's facts are there from the start, at zero. */
@Component
final class FlowMeters implements FactListener, DoorListener {

    private static final String AWAY = "songda.door.away";
    private static final String STOPPED = "songda.door.stopped";
    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> partners = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> closed = new ConcurrentHashMap<>();

    FlowMeters(MeterRegistry registry, FactCatalogue catalogue) {
        this.registry = registry;
        catalogue.names().forEach(name -> catalogue.get(name).saidBy().forEach(system -> facts(name, system)));
    }

    @Override
    public void recorded(NewFact fact) {
        facts(fact.name(), fact.source()).increment();
        if (fact.data().has("numberCheck")) {
            Counter.builder("songda.waybill.numbers")
                    .description("Numbers that the post gave, by their check digit")
                    .tags("check", fact.data().path("numberCheck").asText())
                    .register(registry)
                    .increment();
        }
    }

    @Override
    public void attempted(String door, String verdict) {
        // At zero from the first attempt on: what is not there cannot be told from what was never asked.
        gauge(partners, AWAY, door);
        gauge(closed, STOPPED, door);
        Counter.builder("songda.door.attempts")
                .description("Attempts at a door that ended, by verdict")
                .tags("door", door, "verdict", verdict)
                .register(registry)
                .increment();
    }

    @Override
    public void asked(String door, String reply) {
        Counter.builder("songda.door.questions")
                .description("Questions to partners for a message whose answer was lost, by reply")
                .tags("door", door, "reply", reply)
                .register(registry)
                .increment();
    }

    @Override
    public void away(String door, boolean away) {
        gauge(partners, AWAY, door).set(away ? 1 : 0);
    }

    @Override
    public void stopped(String door, boolean stopped) {
        gauge(closed, STOPPED, door).set(stopped ? 1 : 0);
    }

    private AtomicInteger gauge(Map<String, AtomicInteger> known, String name, String door) {
        return known.computeIfAbsent(door, d -> registry.gauge(name, Tags.of("door", d), new AtomicInteger()));
    }

    @Override
    public void healed(String door, String state, long effects) {
        Counter.builder("songda.effects.healed")
                .description("Effects that stood still and were taken up, by what they are now")
                .tags("door", door, "state", state)
                .register(registry)
                .increment(effects);
    }

    private Counter facts(String name, String system) {
        return Counter.builder("songda.facts")
                .description("Facts recorded")
                .tags("fact", name, "system", system)
                .register(registry);
    }
}
