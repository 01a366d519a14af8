package songda.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/**
 * Whether what is due has fired, seen by a thread and a question of its own: it shares nothing with what fires. Speaks once for each change.
 * Seconds are business seconds; {@code LATE} counts in wall time, so that a fast clock of a demo is not always late.
 */
@Component("deadlines")
final class DeadlineWatch implements HealthIndicator, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineWatch.class);
    private static final String QUESTION = Sql.file("watch-deadlines");
    private static final double LATE_SECONDS = 60;

    enum State {
        /** What may fire fires. */
        IN_TIME,
        /** Something has been due for a minute, and nothing stands against its firing. */
        LATE,
        /** The clock has jumped, and nobody has agreed with it yet. */
        FROZEN
    }

    /**
     * @param overdue age of the oldest that may fire, 0 for none
     * @param uncovered age of the oldest that waits for its system to be asked, 0 for none
     * @param parked those that could not be recorded
     * @param provisional those counted without the schedule of their year, up to 100,000
     */
    record Reading(double overdue, double uncovered, long parked, long provisional, boolean frozen, double rate) {

        State state() {
            if (frozen) {
                return State.FROZEN;
            }
            return overdue > LATE_SECONDS * Math.max(1, rate) ? State.LATE : State.IN_TIME;
        }
    }

    private final JdbcTemplate db;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "deadline-watch"));
    private volatile Reading last;
    private volatile State state = State.IN_TIME;

    DeadlineWatch(JdbcTemplate db, MeterRegistry registry, @Value("${songda.watch.refresh:PT5S}") Duration refresh) {
        this.db = db;
        age(
                registry,
                "songda.deadline.overdue",
                "Since the oldest deadline fell due that may fire and has not",
                Reading::overdue);
        age(
                registry,
                "songda.deadline.uncovered",
                "Since the oldest deadline fell due that waits for its system to be asked",
                Reading::uncovered);
        gauge(registry, "songda.deadline.parked", "Deadlines that could not be recorded", Reading::parked);
        gauge(registry, "songda.deadline.provisional", "Deadlines counted without a calendar", Reading::provisional);
        gauge(registry, "songda.deadline.frozen", "1 while the clock is not agreed with", r -> r.frozen() ? 1 : 0);
        thread.scheduleWithFixedDelay(this::look, refresh.toMillis(), refresh.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void age(MeterRegistry registry, String name, String description, ToDoubleFunction<Reading> of) {
        Gauge.builder(name, () -> value(of))
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Reading> of) {
        Gauge.builder(name, () -> value(of)).description(description).register(registry);
    }

    private double value(ToDoubleFunction<Reading> of) {
        Reading reading = last;
        return reading == null ? Double.NaN : of.applyAsDouble(reading);
    }

    private void look() {
        try {
            Reading reading = read();
            last = reading;
            tell(reading);
        } catch (DataAccessException e) {
            last = null; // the probes say that the database is away
        } catch (RuntimeException | Error e) {
            last = null;
            LOG.error(
                    "时限检查失败 / the watch over deadlines failed: {}", e.getClass().getName());
        }
    }

    Reading read() {
        return db.queryForObject(
                QUESTION,
                (row, n) -> new Reading(
                        row.getDouble("overdue"),
                        row.getDouble("uncovered"),
                        row.getLong("parked"),
                        row.getLong("provisional"),
                        row.getBoolean("frozen"),
                        row.getDouble("rate")));
    }

    private void tell(Reading reading) {
        State now = reading.state();
        if (now == state) {
            return;
        }
        switch (now) {
            case LATE -> LOG.error("到期时限没有触发 / due deadlines do not fire: {} s", Math.round(reading.overdue()));
            case FROZEN -> LOG.error("到期时限暂停触发，时钟待核对 / no deadline fires: the clock is not agreed with");
            case IN_TIME -> LOG.warn("到期时限恢复触发 / due deadlines fire again");
        }
        state = now;
    }

    /** As it was told last. */
    State state() {
        return state;
    }

    @Override
    public Health health() {
        Reading reading = last;
        if (reading == null) {
            return Health.unknown().build();
        }
        Health.Builder health = state == State.IN_TIME ? Health.up() : Health.down();
        return health.withDetail("state", state)
                .withDetail("overdueSeconds", Math.round(reading.overdue()))
                .withDetail("uncoveredSeconds", Math.round(reading.uncovered()))
                .withDetail("parked", reading.parked())
                .withDetail("provisional", reading.provisional())
                .build();
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
