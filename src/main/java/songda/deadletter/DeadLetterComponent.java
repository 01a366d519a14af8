package songda.deadletter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import songda.failure.Unmappable;
import songda.signature.Caller;
import songda.signature.NonceStore;

/** {@code to: dead-letter:keep}: sets aside what could not be read and answers 202 with the letter's number. */
public final class DeadLetterComponent extends DefaultComponent {

    /** Exchange property: the message is a letter that is replayed. */
    public static final String REPLAYED = "songda.replayed";

    private static final String LEDGER = "fact:record";
    private final DeadLetters deadLetters;
    private final NonceStore nonces;

    public DeadLetterComponent(DeadLetters deadLetters, NonceStore nonces) {
        this.deadLetters = deadLetters;
        this.nonces = nonces;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("keep")) {
            throw new IllegalArgumentException(uri + ": write dead-letter:keep");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        keep(exchange);
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("dead letters are replayed, not consumed");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private void keep(Exchange exchange) {
        Unmappable why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Unmappable.class);
        // A letter that fails again stays the letter that it is.
        if (exchange.getProperty(REPLAYED, false, Boolean.class)) {
            return;
        }
        Optional<Caller> caller = Optional.ofNullable(exchange.getProperty("caller", Caller.class));
        // The ledger uses up the nonce of what it was given; what never came so far could be sent again and again.
        if (!why.place().equals(LEDGER)) {
            caller.ifPresent(nonces::consume);
        }
        String group = exchange.getContext().getRoute(exchange.getFromRouteId()).getGroup();
        long id = deadLetters.keep(new DeadLetters.Letter(
                DeadLetters.Kind.MESSAGE,
                exchange.getFromRouteId(),
                caller.map(Caller::system).orElse(group),
                caller.map(Caller::client).orElse(""),
                exchange.getProperty("correlation", exchange.getExchangeId(), String.class),
                why.getMessage(),
                why.place(),
                raw(exchange)));
        exchange.getIn()
                .setBody(JsonNodeFactory.instance
                        .objectNode()
                        .put("setAside", true)
                        .put("deadLetter", id));
        exchange.getIn().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
    }

    private static byte[] raw(Exchange exchange) {
        byte[] raw = exchange.getProperty("raw", byte[].class);
        return raw != null ? raw : String.valueOf(exchange.getIn().getBody()).getBytes(StandardCharsets.UTF_8);
    }
}
