package songda.ticket;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** {@code to: webhook:sign}: the body gets the header fields of Standard Webhooks; its {@code webhook-id} the mapping has given. */
@Component("webhook")
public final class WebhookComponent extends DefaultComponent {

    private static final String ID = "webhook-id";
    private final String secret;
    // Wall time on purpose: who receives it compares it with his own.
    private final Clock wall = Clock.systemUTC();

    public WebhookComponent(@Value("${songda.ticket.webhook-secret}") String secret) {
        this.secret = secret;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("sign")) {
            throw new IllegalArgumentException(uri + ": write webhook:sign");
        }
        WebhookSignature signature = new WebhookSignature(secret);
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        sign(exchange, signature);
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("webhook:sign signs what is sent, it receives nothing");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private void sign(Exchange exchange, WebhookSignature signature) throws Exception {
        byte[] body = exchange.getMessage().getMandatoryBody(String.class).getBytes(StandardCharsets.UTF_8);
        String id = exchange.getMessage().getHeader(ID, String.class);
        if (id == null || id.isBlank()) {
            throw new IllegalStateException("webhook:sign: the mapping before it gives no header " + ID
                    + ": the receiver knows a repetition by it");
        }
        Instant now = wall.instant();
        exchange.getMessage().setHeader("webhook-timestamp", String.valueOf(now.getEpochSecond()));
        exchange.getMessage().setHeader("webhook-signature", signature.of(id, now, body));
        exchange.getMessage().setBody(body);
    }
}
