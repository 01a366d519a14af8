package songda.label;

import com.fasterxml.jackson.databind.JsonNode;
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

/** {@code to: label:picture}: the body, a print job, becomes pictures of its pages; nothing is printed. */
@Component("label")
public final class LabelComponent extends DefaultComponent {

    private final Labels labels;

    LabelComponent(Labels labels) {
        this.labels = labels;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("picture")) {
            throw new IllegalArgumentException(uri + ": write label:picture");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        JsonNode job = exchange.getIn().getMandatoryBody(JsonNode.class);
                        exchange.getIn()
                                .setBody(new Pictures(labels)
                                        .of(job, exchange.getIn().getHeader("template", String.class)));
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("a label is drawn, not read");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }
}
