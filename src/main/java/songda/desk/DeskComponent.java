package songda.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import songda.signature.Caller;

/**
 * {@code to: desk:deadlines}, {@code deadline}, {@code snapshot}, {@code change}, {@code migrate}, {@code calendar}, {@code ladders},
 * {@code clock}, {@code audit}, {@code audit-verify}, {@code label}, {@code effects}, {@code effect}, {@code settle}, {@code doors}, {@code door-open};
 * {@code letters}, {@code letter}, {@code reveal}, {@code letter-replay}, {@code letter-drop}, {@code letters-drop}, {@code replays}, {@code replay},
 * {@code replay-forecast}, {@code replay-start}, {@code replay-change}, {@code republish}; {@code kpis}, {@code kpi-items}, {@code kpi-exclusions}, {@code kpi-exclude}, {@code kpi-withdraw}.
 */
@org.springframework.stereotype.Component("desk")
public final class DeskComponent extends DefaultComponent {

    private final DeskAnswers desk;

    DeskComponent(DeskAnswers desk) {
        this.desk = desk;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        answer(remaining, exchange);
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("desk: answers, it does not ask");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private void answer(String request, Exchange exchange) {
        var in = exchange.getIn();
        JsonNode body = in.getBody() instanceof JsonNode json ? json : MissingNode.getInstance();
        in.setBody(desk.answer(
                request, exchange.getProperty("caller", Caller.class), name -> in.getHeader(name, String.class), body));
    }
}
