package songda.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.Exchange;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.http.common.HttpConsumer;

/** Camel's servlet without the headers that it adds after the binding: a route sees none that begins with Camel. */
final class ApiServlet extends CamelHttpTransportServlet {

    private static final long serialVersionUID = 1L;

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
