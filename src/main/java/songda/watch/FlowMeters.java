package songda.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import songda.door.DoorListener;
import songda.fact.FactCatalogue;
import songda.fact.FactListener;
import songda.fact.NewFact;

/** What this node recorded and tried since it started. The catalogue's facts are there from the start, at zero. */
@Component
final class FlowMeters implements FactListener, DoorListener {

    private final MeterRegistry registry;

    FlowMeters(MeterRegistry registry, FactCatalogue catalogue) {
        this.registry = registry;
        catalogue.names().forEach(name -> catalogue.get(name).saidBy().forEach(system -> facts(name, system)));
    }

    @Override
    public void recorded(NewFact fact) {
        facts(fact.name(), fact.source()).increment();
    }

    @Override
    public void attempted(String door, String verdict) {
        Counter.builder("songda.door.attempts")
                .description("Attempts at a door that ended, by verdict")
                .tags("door", door, "verdict", verdict)
                .register(registry)
                .increment();
    }

    private Counter facts(String name, String system) {
        return Counter.builder("songda.facts")
                .description("Facts recorded")
                .tags("fact", name, "system", system)
                .register(registry);
    }
}
