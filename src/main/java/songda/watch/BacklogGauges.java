package songda.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The backlog as gauges, looked up at intervals and never by who reads them; NaN while the database is away. */
@Component
final class BacklogGauges {

    private static final List<String> STATES = List.of("PENDING", "RELAYED", "SENDING", "RETRY", "UNKNOWN", "DEAD");
    /** A look may take a twentieth of the time at most, however long the backlog. */
    private static final int REST = 19;

    private final Backlog backlog;
    private final MeterRegistry registry;
    private final CamelContext camel;
    private final Set<String> doors = ConcurrentHashMap.newKeySet();
    private volatile Backlog.Reading last;
    private long nextLook = System.nanoTime();

    BacklogGauges(Backlog backlog, MeterRegistry registry, CamelContext camel) {
        this.backlog = backlog;
        this.registry = registry;
        this.camel = camel;
        gauge("songda.dead.letters", "Messages set aside that wait for a person", Backlog.Reading::deadLetters);
        gauge("songda.fact.stream.lag", "Facts not yet published on songda.facts", Backlog.Reading::unpublished);
    }

    @Scheduled(fixedDelayString = "${songda.watch.refresh:PT5S}")
    void look() {
        long start = System.nanoTime();
        if (start - nextLook < 0) {
            return;
        }
        try {
            Backlog.Reading reading = backlog.read();
            camel.getRoutes().stream()
                    .filter(route -> route.getEndpoint().getEndpointUri().startsWith("door:"))
                    .forEach(route -> known(route.getId()));
            reading.effects().keySet().forEach(key -> known(key.door()));
            last = reading;
        } catch (DataAccessException e) {
            last = null; // the probes and the relay say that the database is away
        }
        nextLook = start + (System.nanoTime() - start) * (REST + 1);
    }

    private void known(String door) {
        if (!doors.add(door)) {
            return;
        }
        for (String state : STATES) {
            Backlog.Key key = new Backlog.Key(door, state);
            Gauge.builder("songda.effects", () -> value(r -> r.effects().getOrDefault(key, 0L)))
                    .description("Effects that are not accepted yet, by state")
                    .tags("door", door, "state", state)
                    .register(registry);
        }
        Gauge.builder("songda.effect.oldest.pending", () -> value(r -> r.ages().getOrDefault(door, 0.0)))
                .description("Business time since the oldest effect became owed that the hub still works on")
                .baseUnit("seconds")
                .tags("door", door)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<Backlog.Reading> of) {
        Gauge.builder(name, () -> value(of)).description(description).register(registry);
    }

    private double value(ToDoubleFunction<Backlog.Reading> of) {
        Backlog.Reading reading = last;
        return reading == null ? Double.NaN : of.applyAsDouble(reading);
    }
}
