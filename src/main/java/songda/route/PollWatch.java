package songda.route;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * For a route that fetches, by a poll ({@code pollStrategy: "#poll-watch"}) or by the clock (every {@code <system>-fetch-<object>} from {@code
 * quartz:}): one line when it can no longer, one when it can again. For any other route by the clock: one line each time that it fails. What failed, but
 * not its words, since a database's may repeat a row. Quartz's own line, with its stack at every failure, is silenced.
 */
@Component("poll-watch")
final class PollWatch extends RoutePolicySupport implements PollingConsumerPollStrategy, RoutePolicyFactory {

    private static final Logger LOG = LoggerFactory.getLogger(PollWatch.class);
    private final Set<String> away = ConcurrentHashMap.newKeySet();

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return true;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        back(route(consumer));
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retry, Exception failure) {
        away(route(consumer), failure);
        return false;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        boolean byClock = route instanceof RouteDefinition definition
                && definition.getInput().getEndpointUri().startsWith("quartz:");
        return byClock ? this : null;
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (exchange.getException() == null) {
            back(route.getRouteId());
        } else if (!route.getRouteId().contains("-fetch-")) {
            LOG.error(
                    "定时路由没有办成 / a route by the clock failed: {} ({})",
                    route.getRouteId(),
                    kind(exchange.getException()));
        } else {
            away(route.getRouteId(), exchange.getException());
        }
    }

    private void back(String route) {
        if (away.remove(route)) {
            LOG.warn("又可以取了 / can be fetched again: {}", route);
        }
    }

    private void away(String route, Exception failure) {
        if (away.add(route)) {
            LOG.warn("取不到，稍后再试 / cannot be fetched, tried again later: {} ({})", route, kind(failure));
        }
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
