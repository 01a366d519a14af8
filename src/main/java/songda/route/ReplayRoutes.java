package songda.route;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import songda.deadletter.DeadLetterComponent;
import songda.deadletter.LetterShelf;
import songda.fact.FactIntake;
import songda.replay.Doors;
import songda.signature.Caller;
import songda.trace.Followed;

/** Sends a letter into the route that it first came in by, as the HTTP binding does it once a request is authenticated. */
@Component
final class ReplayRoutes implements Doors {

    private final ObjectProvider<CamelContext> camel;

    ReplayRoutes(ObjectProvider<CamelContext> camel) {
        this.camel = camel;
    }

    @Override
    public boolean ready() {
        return camel.getObject().isStarted();
    }

    @Override
    public boolean receives(String door) {
        Route route = camel.getObject().getRoute(door);
        return route != null && route.getEndpoint().getEndpointUri().matches("(servlet|sql|drop):.*");
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<FactIntake.Said> through(LetterShelf.Opened letter) {
        Route route = camel.getObject().getRoute(letter.door());
        Exchange exchange = exchange(route, letter);
        try (Followed message = Followed.message(letter.correlation(), null)) {
            route.getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        Exception failure = exchange.getException() != null
                ? exchange.getException()
                // A policy that told the partner, or would keep a letter, leaves only this.
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure != null) {
            throw failure instanceof RuntimeException plain ? plain : new IllegalStateException(failure);
        }
        return exchange.getProperty(FactIntake.SAID, List.of(), List.class);
    }

    private static Exchange exchange(Route route, LetterShelf.Opened letter) {
        Exchange exchange = route.getEndpoint().createExchange();
        exchange.getExchangeExtension().setFromRouteId(route.getRouteId());
        Caller caller = new Caller(
                letter.system(), letter.client(), "replay", UUID.randomUUID().toString(), Instant.now());
        exchange.setProperty("caller", caller);
        exchange.setProperty("client", caller.client());
        exchange.setProperty("raw", letter.raw());
        exchange.setProperty("correlation", letter.correlation());
        exchange.setProperty(DeadLetterComponent.REPLAYED, true);
        exchange.getIn().setBody(letter.raw());
        exchange.getIn().setHeader("system", caller.system());
        exchange.getIn().setHeader("client", caller.client());
        exchange.getIn().setHeader("correlation", letter.correlation());
        return exchange;
    }
}
