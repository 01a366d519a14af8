package songda.store;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Numbers for orders, facts, effects and deadlines: unique among nodes, roughly in order of time, fetched by the thousand. */
@Component
public final class Ids {

    private static final int BLOCK = 1000;
    private final JdbcClient db;
    private long next;
    private long end;

    public Ids(JdbcClient db) {
        this.db = db;
    }

    public synchronized long next() {
        if (next == end) {
            next = db.sql("select nextval('songda_id')").query(Long.class).single();
            end = next + BLOCK;
        }
        return next++;
    }
}
