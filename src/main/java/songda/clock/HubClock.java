package songda.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Business time (facts, deadlines, calendars). The database's clock in production; settable in tests; fast in the demo.
 * All nodes read the same row as SQL's {@code hub_now()}, so they agree. Wall time (signatures, time-outs) is the machine's.
 */
@Component
public final class HubClock extends Clock {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private final JdbcClient db;

    HubClock(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Instant instant() {
        return db.sql("select hub_now()")
                .query(java.time.OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** Sets business time to {@code now}, running {@code rate} business seconds per wall second (0 = stands still). */
    public void set(Instant now, double rate) {
        db.sql("update hub_clock set hub_at = ?, wall_at = clock_timestamp(), rate = ?")
                .params(java.sql.Timestamp.from(now), rate)
                .update();
    }

    /** How many business seconds pass in one wall second; 1 in production. */
    public double rate() {
        return db.sql("select rate from hub_clock").query(Double.class).single();
    }

    public void advance(Duration by) {
        db.sql("update hub_clock set hub_at = hub_now() + make_interval(secs => ?), wall_at = clock_timestamp()")
                .param((double) by.toMillis() / 1000)
                .update();
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
