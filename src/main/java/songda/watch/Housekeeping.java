package songda.watch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import songda.signature.SqlNonceStore;
import songda.store.Sql;

/** Forgets what is kept for a while only, on wall time: nonces for a quarter of an hour, idempotency keys for seven days. */
@Component
final class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final String KEYS = Sql.file("idempotency-purge");
    private final SqlNonceStore nonces;
    private final JdbcClient db;

    Housekeeping(SqlNonceStore nonces, JdbcClient db) {
        this.nonces = nonces;
        this.db = db;
    }

    @Scheduled(fixedDelayString = "PT5M")
    void purge() {
        try {
            int forgotten = nonces.purge();
            int keys = db.sql(KEYS).update();
            LOG.debug("purged {} nonces and {} idempotency keys", forgotten, keys);
        } catch (DataAccessException e) {
            LOG.debug("nothing purged, in five minutes again: {}", e.toString());
        }
    }
}
