package songda.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ExchangeHelper;
import songda.failure.Refused;
import songda.mapping.Canary;
import songda.signature.Caller;

final class FactEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final String name;
    private final FactComponent component;

    FactEndpoint(String uri, FactComponent component, String name) {
        super(uri, component);
        this.component = component;
        this.name = name;
    }

    @Override
    public Producer createProducer() {
        if (!name.equals("record")) {
            throw new IllegalArgumentException("a route may write to fact:record only, not to fact:" + name);
        }
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                FactIntake.Taken taken = component.intake.take(body(exchange), origin(exchange));
                JsonNode answer = taken.answer();
                exchange.setProperty(FactIntake.SAID, taken.said());
                boolean created =
                        answer.has("orderNo") && answer.path("recorded").asBoolean();
                exchange.getIn().setHeader(Exchange.HTTP_RESPONSE_CODE, created ? 201 : 200);
                exchange.getIn().setBody(answer);
            }
        };
    }

    private static JsonNode body(Exchange exchange) throws Exception {
        Object body = exchange.getIn().getBody();
        return body instanceof JsonNode json
                ? json
                : JSON.readTree(exchange.getIn().getMandatoryBody(String.class));
    }

    private static FactIntake.Origin origin(Exchange exchange) {
        Optional<Caller> caller = Optional.ofNullable(exchange.getProperty("caller", Caller.class));
        String group = route(exchange).getGroup();
        String correlation = exchange.getProperty("correlation", exchange.getExchangeId(), String.class);
        return new FactIntake.Origin(
                caller,
                caller.map(Caller::system).orElse(group),
                correlation,
                Optional.ofNullable(exchange.getProperty("idempotencyKey", String.class)),
                exchange.getFromRouteId(),
                Optional.ofNullable(exchange.getProperty(Canary.PROPERTY, Long.class))
                        .filter(version -> version != 0));
    }

    /** Where the message came in. By its name it would be sought among all routes, each time. */
    private static Route route(Exchange exchange) {
        Route current = ExchangeHelper.getRoute(exchange);
        return current != null && current.getRouteId().equals(exchange.getFromRouteId())
                ? current
                : exchange.getContext().getRoute(exchange.getFromRouteId());
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new StepConsumer(processor);
    }

    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    /** A step: runs its own route on the recording's thread, on a fresh exchange, so that Hawtio counts it like any route. */
    private final class StepConsumer extends DefaultConsumer implements Steps.Step {

        StepConsumer(Processor processor) {
            super(FactEndpoint.this, processor);
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            component.steps.add(name, getRouteId(), this);
        }

        @Override
        protected void doStop() throws Exception {
            component.steps.remove(name, getRouteId(), this);
            super.doStop();
        }

        @Override
        public void run(Fact fact, Plan plan) throws Exception {
            Exchange exchange = createExchange(true);
            try {
                exchange.getExchangeExtension().setTransacted(true);
                exchange.setProperty(Plan.PROPERTY, plan);
                exchange.getIn().setBody(fact);
                headers(exchange, fact);
                getProcessor().process(exchange);
                // A policy that "handles" the error leaves no exception behind, but half a plan.
                Throwable failure = Stream.of(
                                exchange.getException(),
                                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))
                        .filter(e -> e != null)
                        .findFirst()
                        .orElse(null);
                // A guard of the step said no: that is an answer for who reports the fact.
                if (failure instanceof Refused refused) {
                    throw refused;
                }
                if (failure != null) {
                    throw new StepFailed(getRouteId(), failure);
                }
            } finally {
                releaseExchange(exchange, true);
            }
        }
    }

    /** What a step may ask about: the order's kind and place, never a person. */
    private static void headers(Exchange exchange, Fact fact) {
        Subject s = fact.subject();
        var in = exchange.getIn();
        in.setHeader("fact", fact.name());
        in.setHeader("source", fact.source());
        in.setHeader("county", s.columns().county());
        in.setHeader("destCounty", s.columns().destCounty());
        in.setHeader("receipt", s.columns().receipt());
        in.setHeader("payer", s.columns().payer());
        in.setHeader("service", s.columns().service());
        in.setHeader("stage", s.stage());
        in.setHeader("receiptStage", s.receiptStage());
        in.setHeader("receiptStageBefore", s.receiptStageBefore());
        in.setHeader("receiptAhead", String.valueOf(s.receiptAhead()));
        in.setHeader("anomaly", s.anomaly());
        in.setHeader("anomalyBefore", s.anomalyBefore());
        s.detail().properties().forEach(e -> {
            if (e.getValue().isValueNode()) {
                in.setHeader("order." + e.getKey(), e.getValue().asText());
            } else if (e.getKey().endsWith("By")) {
                in.setHeader("order." + e.getKey(), String.valueOf(e.getValue().size())); // how many different ones
            }
        });
        s.ofRecipient().forEach((name, times) -> in.setHeader("order." + name + "OfRecipient", times.toString()));
        fact.data().properties().forEach(e -> {
            if (e.getValue().isValueNode()) {
                in.setHeader("data." + e.getKey(), e.getValue().asText());
            }
        });
    }
}
