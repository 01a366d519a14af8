package songda.clock;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Business time (facts, deadlines, calendars). The database's clock in production; settable in tests; fast in the demo.
 * All nodes read the same row as SQL's {@code hub_now()}, so they agree; between two readings, at most a second apart, a
 * node runs on by itself. Wall time (signatures, time-outs) is the machine's.
 */
@Component
public final class HubClock extends Clock {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Reading(Instant hub, double rate, long nanos) {

        /** None yet. Each is another object, so that a reading begun before a move is not taken for the one after it. */
        static Reading none() {
            return new Reading(null, 0, 0);
        }

        boolean isFresh() {
            return hub != null && System.nanoTime() - nanos <= FRESH_NANOS;
        }
    }

    private final JdbcClient db;
    private final AtomicReference<Reading> last = new AtomicReference<>(Reading.none());

    HubClock(JdbcClient db) {
        this.db = db;
    }

    /** To the second, with Zhejiang's offset: {@code 2026-11-23T10:00:00+08:00}. */
    public static String local(Instant at) {
        return LOCAL.format(at.atZone(ZONE));
    }

    /** As {@link #local(Instant)}, of a column that may be empty. */
    public static String local(Timestamp at) {
        return at == null ? null : local(at.toInstant());
    }

    @Override
    public Instant instant() {
        Reading before = last.get();
        Reading reading = before;
        if (!reading.isFresh()) {
            reading = db.sql("select hub_now() as hub, rate from hub_clock")
                    .query((row, n) -> new Reading(
                            row.getObject("hub", OffsetDateTime.class).toInstant(),
                            row.getDouble("rate"),
                            System.nanoTime()))
                    .single();
            last.compareAndSet(before, reading);
        }
        return reading.hub().plusNanos((long) ((System.nanoTime() - reading.nanos()) * reading.rate()));
    }

    /** Sets business time to {@code now}, running {@code rate} business seconds per wall second (0 = stands still). */
    public void set(Instant now, double rate) {
        db.sql("update hub_clock set hub_at = ?, wall_at = clock_timestamp(), rate = ?")
                .params(Timestamp.from(now), rate)
                .update();
        last.set(Reading.none());
    }

    /** How many business seconds pass in one wall second; 1 in production. */
    public double rate() {
        return db.sql("select rate from hub_clock").query(Double.class).single();
    }

    /** Moves business time forward. */
    public void advance(Duration by) {
        db.sql("update hub_clock set hub_at = hub_now() + make_interval(secs => ?), wall_at = clock_timestamp()")
                .param((double) by.toMillis() / 1000)
                .update();
        last.set(Reading.none());
    }

    @Override
    public ZoneId getZone() {
        return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalArgumentException("business time is always " + ZONE);
    }
}
