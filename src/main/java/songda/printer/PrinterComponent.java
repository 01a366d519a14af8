package songda.printer;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.stereotype.Component;

/** {@code to: printer:<host>:<port>}: the body's bytes are one job, on a connection of its own. */
@Component("printer")
public final class PrinterComponent extends DefaultComponent {

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        int colon = remaining.lastIndexOf(':');
        if (colon < 1 || !remaining.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException(uri + ": write printer:<host>:<port>");
        }
        String host = remaining.substring(0, colon);
        int port = Integer.parseInt(remaining.substring(colon + 1));
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        new PrintJob(new InetSocketAddress(host, port), CONNECTING, CLOSING)
                                .send(exchange.getIn().getMandatoryBody(byte[].class));
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("a printer takes jobs, it sends none");
            }
        };
    }
}
