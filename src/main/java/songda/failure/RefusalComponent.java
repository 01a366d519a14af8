package songda.failure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * What is wrong and where, at most 500 characters; never a value that came from outside. {@code to: refusal:tell} puts it into the header
 * {@code refusal}, for a partner who hears by another way than the answer to a request; {@code to: refusal:answer} makes it the body
 * {@code {"refusal": …}}, for a mapping that answers in the partner's own envelope. {@code to: refusal:partner} answers a caller for whom a
 * partner was asked, and that did not answer properly: 502 problem+json; what the partner said stays with us.
 */
public final class RefusalComponent extends DefaultComponent {

    private static final String NAME = "refusal";
    private static final int LONGEST = 500;
    private static final Problem ASK_LATER = Problem.of(
            502, "partner-failed", "对方系统没有给出答复，请稍后再试", "The partner's system gave no answer: ask again later");
    private final Map<String, Consumer<Exchange>> tellings = Map.of(
            "tell", exchange -> exchange.getMessage().setHeader(NAME, words(exchange)),
            "answer",
                    exchange -> exchange.getMessage()
                            .setBody(JsonNodeFactory.instance.objectNode().put(NAME, words(exchange))),
            "partner", RefusalComponent::askLater);

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Consumer<Exchange> telling = tellings.get(remaining);
        if (telling == null) {
            throw new IllegalArgumentException(uri + ": write refusal:tell, refusal:answer or refusal:partner");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        telling.accept(exchange);
                    }
                };
            }

            @Override
            public org.apache.camel.Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("refusal: tells, it does not ask");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private static void askLater(Exchange exchange) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, ASK_LATER.status());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        exchange.getMessage().setBody(ASK_LATER.toJson(exchange.getProperty("correlation", String.class)));
    }

    private static String words(Exchange exchange) {
        return words(
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refused.class).problem());
    }

    private static String words(Problem problem) {
        String all = problem.fields().isEmpty()
                ? problem.zh() + " / " + problem.en()
                : problem.fields().stream()
                        .map(field -> field.path() + " " + field.message())
                        .collect(Collectors.joining("; "));
        return all.length() <= LONGEST ? all : all.substring(0, LONGEST - 1) + "…";
    }
}
