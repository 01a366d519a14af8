package songda.door;

import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;
import songda.store.Sql;

/**
 * So many messages a second at one door, for all nodes together: a bucket in the database, from which a node takes half a second's worth at
 * a time. What it does not use within a second is lost, so that no node saves up.
 */
final class Rate {

    private static final String TAKE = Sql.file("door-rate-take");
    private static final long KEEPS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long EMPTY_NANOS = Duration.ofMillis(50).toNanos();
    private final JdbcTemplate db;
    private final String door;
    private final double perSecond;
    private int held;
    private long heldSince;
    private long askAgainAt = System.nanoTime();

    Rate(JdbcTemplate db, String door, double perSecond) {
        this.db = db;
        this.door = door;
        this.perSecond = perSecond;
    }

    /** How many may go now. */
    int room() {
        long now = System.nanoTime();
        if (held > 0 && now - heldSince > KEEPS_NANOS) {
            held = 0;
        }
        if (held == 0 && now - askAgainAt >= 0) {
            held = take();
            heldSince = now;
            askAgainAt = held == 0 ? now + EMPTY_NANOS : now;
        }
        return held;
    }

    void sent(int effects) {
        held = Math.max(0, held - effects);
    }

    private int take() {
        return db.queryForList(TAKE, Integer.class, door, perSecond, Math.max(1, Math.ceil(perSecond / 2))).stream()
                .findFirst()
                .orElse(0);
    }
}
