package songda.failure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Consumer;
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
 * {@code {"refusal": …}}, for a mapping that answers in the partner's own envelope.
 */
public final class RefusalComponent extends DefaultComponent {

    private static final String NAME = "refusal";
    private static final int LONGEST = 500;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        boolean answers = remaining.equals("answer");
        if (!answers && !remaining.equals("tell")) {
            throw new IllegalArgumentException(uri + ": write refusal:tell or refusal:answer");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        Refused why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refused.class);
                        String words = words(why.problem());
                        if (answers) {
                            exchange.getMessage()
                                    .setBody(JsonNodeFactory.instance
                                            .objectNode()
                                            .put(NAME, words));
                        } else {
                            exchange.getMessage().setHeader(NAME, words);
                        }
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("refusal: tells, it does not ask");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
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
