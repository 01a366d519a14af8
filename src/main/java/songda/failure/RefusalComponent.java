package songda.failure;

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
 * {@code to: refusal:tell}: for a partner who hears by another way than the answer to a request. The header {@code refusal} gets what is
 * wrong and where, at most 500 characters; never a value that came from outside.
 */
public final class RefusalComponent extends DefaultComponent {

    private static final String HEADER = "refusal";
    private static final int LONGEST = 500;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("tell")) {
            throw new IllegalArgumentException(uri + ": write refusal:tell");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        Refused why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refused.class);
                        exchange.getMessage().setHeader(HEADER, words(why.problem()));
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
