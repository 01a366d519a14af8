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
        partners.computeIfAbsent(door, d -> gauge("songda.door.away", d)).set(away ? 1 : 0);
    }

    @Override
    public void stopped(String door, boolean stopped) {
        closed.computeIfAbsent(door, d -> gauge("songda.door.stopped", d)).set(stopped ? 1 : 0);
    }

    private AtomicInteger gauge(String name, String door) {
        return registry.gauge(name, Tags.of("door", door), new AtomicInteger());
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
