package songda.mail;

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

/** {@code to: letter:compose}: the body, a letter as a mapping describes it, becomes the message that {@code smtp:} sends as it is. */
@Component("letter")
public final class LetterComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("compose")) {
            throw new IllegalArgumentException(uri + ": write letter:compose");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        JsonNode letter = exchange.getMessage().getMandatoryBody(JsonNode.class);
                        exchange.getMessage().setBody(new Letter(letter).compose());
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("letter: composes, it receives nothing");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }
}
