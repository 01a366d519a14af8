package songda.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * The meters of one route, gone with it. begun = completed + failed + in flight, since the route was loaded.
 * Tags are closed lists: route ids and groups come from the route files, outcomes are two.
 */
final class RouteMeters extends RoutePolicySupport {

    private record Meters(
            Counter completed,
            Counter failed,
            Timer duration,
            AtomicInteger inflight,
            Last last,
            AtomicInteger up,
            List<Meter> all) {}

    /** When the last exchange ended, wall seconds since 1970; NaN before the first, so no alert takes it for old. */
    private static final class Last {
        volatile double at = Double.NaN;
    }

    private final MeterRegistry registry;
    private volatile Meters meters;

    RouteMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onInit(Route route) {
        meters = register(route.getId(), route.getGroup() == null ? "none" : route.getGroup());
    }

    @Override
    public void onRemove(Route route) {
        if (meters != null) {
            meters.all().forEach(registry::remove);
        }
    }

    @Override
    public void onStart(Route route) {
        meters.up().set(1);
    }

    @Override
    public void onResume(Route route) {
        meters.up().set(1);
    }

    @Override
    public void onStop(Route route) {
        meters.up().set(0);
    }

    @Override
    public void onSuspend(Route route) {
        meters.up().set(0);
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        meters.inflight().incrementAndGet();
        exchange.setProperty(started(route), System.nanoTime());
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        meters.inflight().decrementAndGet();
        (exchange.isFailed() || exchange.isRollbackOnly() ? meters.failed() : meters.completed()).increment();
        meters.last().at = System.currentTimeMillis() / 1000.0;
        if (exchange.removeProperty(started(route)) instanceof Long start) {
            meters.duration().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    /** By route, because one exchange may pass through several. */
    private static String started(Route route) {
        return "songda.started." + route.getId();
    }

    private Meters register(String id, String group) {
        var route = Tags.of("route", id);
        var both = route.and("group", group);
        var inflight = new AtomicInteger();
        var last = new Last();
        var up = new AtomicInteger();
        Counter completed = exchanges(both, "completed");
        Counter failed = exchanges(both, "failed");
        Timer duration = Timer.builder("songda.route.duration")
                .description("Time an exchange spent in a route")
                .tags(both)
                .register(registry);
        Gauge running = Gauge.builder("songda.route.inflight", inflight::get)
                .description("Exchanges in a route now")
                .tags(both)
                .register(registry);
        Gauge ended = Gauge.builder("songda.route.last.exchange.timestamp", () -> last.at)
                .description("When the last exchange of a route ended")
                .baseUnit("seconds")
                .tags(route)
                .register(registry);
        Gauge runs = Gauge.builder("songda.route.up", up::get)
                .description("1 while a route runs, 0 while it is stopped or suspended")
                .tags(both)
                .register(registry);
        return new Meters(
                completed,
                failed,
                duration,
                inflight,
                last,
                up,
                List.of(completed, failed, duration, running, ended, runs));
    }

    private Counter exchanges(Tags tags, String outcome) {
        return Counter.builder("songda.route.exchanges")
                .description("Exchanges that ended in a route")
                .tags(tags.and("outcome", outcome))
                .register(registry);
    }
}
