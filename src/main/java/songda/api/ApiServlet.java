package songda.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.http.common.HttpConsumer;
import org.apache.camel.http.common.HttpRestServletResolveConsumerStrategy;
import org.apache.camel.http.common.ServletResolveConsumerStrategy;

/** Camel's servlet without the headers that it adds after the binding: a route sees none that begins with Camel. */
final class ApiServlet extends CamelHttpTransportServlet {

    private static final long serialVersionUID = 1L;
    private final transient ServletResolveConsumerStrategy known = new Known();

    /** Camel looks through all its routes, several times, for each request, and nearly all requests are for a few addresses. */
    private static final class Known extends HttpRestServletResolveConsumerStrategy {

        private final Map<String, HttpConsumer> found = new ConcurrentHashMap<>();

        @Override
        public HttpConsumer resolve(HttpServletRequest request, Map<String, HttpConsumer> consumers) {
            String path = request.getPathInfo();
            String key = request.getMethod() + ' ' + path;
            HttpConsumer before = found.get(key);
            // A route that was taken out since, or is another one by now, is not there under its address.
            if (before != null && consumers.get(before.getEndpoint().getEndpointUri()) == before) {
                return before;
            }
            HttpConsumer now = super.resolve(request, consumers);
            // Only addresses without a variable: so there are never more of them than routes.
            if (now != null && now.getPath().equals(path)) {
                found.put(key, now);
            }
            return now;
        }
    }

    @Override
    public ServletResolveConsumerStrategy getServletResolveConsumerStrategy() {
        return known;
    }

    /**
     * The contract has it, or it would not have come here, and no route serves it: the routes are starting or stopping. To a
     * sender 404 and 405 are final, so it would give up an order that it only has to send again.
     */
    @Override
    protected void handleService(HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (getServletResolveConsumerStrategy().resolve(request, getConsumers()) == null) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        super.handleService(request, response);
    }

    // The only place between the servlet's own headers and the route that can be overridden.
    @Override
    protected boolean authenticateOAuth(HttpServletRequest request, Exchange exchange, HttpConsumer consumer) {
        exchange.getIn().removeHeaders("Camel*");
        return super.authenticateOAuth(request, exchange, consumer);
    }
}
