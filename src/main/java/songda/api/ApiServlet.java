package songda.api;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Exchange;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.http.common.HttpConsumer;

/** Camel's servlet without the headers that it adds after the binding: a route sees none that begins with Camel. */
final class ApiServlet extends CamelHttpTransportServlet {

    private static final long serialVersionUID = 1L;

    // The only place between the servlet's own headers and the route that can be overridden.
    @Override
    protected boolean authenticateOAuth(HttpServletRequest request, Exchange exchange, HttpConsumer consumer) {
        exchange.getIn().removeHeaders("Camel*");
        return super.authenticateOAuth(request, exchange, consumer);
    }
}
