package songda.kpi;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import songda.store.Rest;

/** The KPIs as gauges by KPI and county, counted at intervals by a thread of their own and never by who reads them; NaN while the database is away. */
@Component
final class KpiGauges implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(KpiGauges.class);

    private final KpiWindow window;
    private final MeterRegistry registry;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "kpi-gauges"));
    private final Set<KpiWindow.Key> known = ConcurrentHashMap.newKeySet();
    private volatile Map<KpiWindow.Key, Count> last;
    private volatile double seconds;
    private final Rest rest = new Rest();

    KpiGauges(KpiWindow window, MeterRegistry registry, @Value("${songda.kpi.refresh:PT1M}") Duration refresh) {
        this.window = window;
        this.registry = registry;
        Gauge.builder("songda.kpi.look", () -> seconds)
                .description("How long the KPIs took to be counted the last time")
                .baseUnit("seconds")
                .register(registry);
        thread.scheduleWithFixedDelay(this::look, refresh.toMillis(), refresh.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (rest.isOver()) {
            seconds = rest.from(this::read);
        }
    }

    private void read() {
        try {
            Map<KpiWindow.Key, Count> read = window.read();
            last = read;
            read.keySet().forEach(this::known);
        } catch (RuntimeException e) { // anything else would end the thread's turns for good
            last = null; // the probes say when the database is away
            LOG.debug("the KPIs are counted later: {}", e.toString());
        }
    }

    private void known(KpiWindow.Key key) {
        if (known.add(key)) {
            gauge("songda.kpi.met", "Items of the last seven judged days that met the KPI", key, Count::met);
            gauge("songda.kpi.judged", "Items of the last seven judged days, met or missed", key, Count::judged);
            gauge("songda.kpi.excluded", "Items of the last seven judged days left out", key, Count::excluded);
        }
    }

    private void gauge(String name, String description, KpiWindow.Key key, ToDoubleFunction<Count> of) {
        Gauge.builder(name, () -> value(key, of))
                .description(description)
                .tags("kpi", key.kpi(), "county", key.county())
                .register(registry);
    }

    private double value(KpiWindow.Key key, ToDoubleFunction<Count> of) {
        Map<KpiWindow.Key, Count> read = last;
        return read == null ? Double.NaN : of.applyAsDouble(read.getOrDefault(key, Count.NONE));
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
