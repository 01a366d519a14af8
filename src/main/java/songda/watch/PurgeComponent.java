package songda.watch;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/**
 * {@code to: purge:nonces?after=PT15M}, {@code purge:idempotency-keys?after=P7D}, {@code purge:file-lines?after=P90D}: forgets what is kept for
 * a while only, on wall time. A nonce is kept at least three lives of a signature, a key at least a day, what was said of a file's lines a month. A database that is away is no fault: the next time purges.
 */
@Component("purge")
final class PurgeComponent extends DefaultComponent {

    private static final Logger LOG = LoggerFactory.getLogger(PurgeComponent.class);

    private record Kept(String sql, Duration least) {}

    private static final Map<String, Kept> KINDS = Map.of(
            "nonces", new Kept(Sql.file("nonce-purge"), Duration.ofMinutes(15)),
            "idempotency-keys", new Kept(Sql.file("idempotency-purge"), Duration.ofDays(1)),
            "file-lines", new Kept(Sql.file("file-purge"), Duration.ofDays(30)));
    private final JdbcClient db;

    PurgeComponent(JdbcClient db) {
        this.db = db;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Kept kept = KINDS.get(remaining);
        if (kept == null) {
            throw new IllegalArgumentException(uri + ": write purge: and one of " + KINDS.keySet());
        }
        Duration after = after(uri, String.valueOf(parameters.remove("after")), kept.least());
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        purge(remaining, kept.sql(), after);
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("purge: is called, it calls nobody");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private static Duration after(String uri, String after, Duration least) {
        try {
            Duration time = Duration.parse(after);
            if (time.compareTo(least) >= 0) {
                return time;
            }
        } catch (DateTimeParseException e) {
            LOG.debug("not a duration: {}", after);
        }
        throw new IllegalArgumentException(uri + ": write after: " + least + " or longer");
    }

    private void purge(String kind, String sql, Duration after) {
        try {
            LOG.debug("purged {} {}", db.sql(sql).param(after.toSeconds()).update(), kind);
        } catch (DataAccessException e) {
            LOG.debug("nothing purged, next time again: {}", e.toString());
        }
    }
}
