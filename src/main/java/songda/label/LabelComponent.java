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

/** {@code to: label:zw-100150}: what the mapping says becomes the printer's bytes. */
@Component("label")
public final class LabelComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("zw-100150")) {
            throw new IllegalArgumentException(uri + ": unknown label, write label:zw-100150");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        exchange.getIn().setBody(TsplLabel.of(exchange.getIn().getMandatoryBody(JsonNode.class)));
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("a label is printed, not read");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }
}
