package songda.report;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** {@code to: report:day}, {@code report:calendar}: the body becomes the facts that the hub reports about itself, or none. */
public final class ReportComponent extends DefaultComponent {

    private final Reports reports;

    public ReportComponent(Reports reports) {
        this.reports = reports;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("day") && !remaining.equals("calendar")) {
            throw new IllegalArgumentException(uri + ": write report:day or report:calendar");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        exchange.getIn().setBody(remaining.equals("day") ? reports.day() : reports.calendar());
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("report: answers, it does not ask");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }
}
