package songda.route;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.spi.RouteIdAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * {@code pollStrategy: "#poll-watch"}: for a route that fetches. One line when it can no longer, one when it can again; what failed, but not
 * its words, since a database's may repeat a row.
 */
@Component("poll-watch")
final class PollWatch implements PollingConsumerPollStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(PollWatch.class);
    private final Set<String> away = ConcurrentHashMap.newKeySet();

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return true;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        String route = route(consumer);
        if (away.remove(route)) {
            LOG.warn("又可以取了 / can be fetched again: {}", route);
        }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retry, Exception failure) {
        String route = route(consumer);
        if (away.add(route)) {
            LOG.warn("取不到，稍后再试 / cannot be fetched, tried again later: {} ({})", route, kind(failure));
        }
        return false;
    }

    private static String route(Consumer consumer) {
        return consumer instanceof RouteIdAware aware ? aware.getRouteId() : String.valueOf(consumer.getEndpoint());
    }

    private static String kind(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getClass().getSimpleName() + " " + sql.getSQLState();
            }
        }
        return NestedExceptionUtils.getMostSpecificCause(failure).getClass().getSimpleName();
    }
}
