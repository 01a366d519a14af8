package songda.soap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.stereotype.Component;

/**
 * SOAP 1.1 around {@code http:}. {@code to: soap:seal?action=…&charset=GBK}: the body, an envelope as XML text, becomes the bytes and header
 * fields of a POST. {@code to: soap:open}: the answer's bytes become XML text, that of a Fault, too; {@code http:} has to say {@code
 * throwExceptionOnFailure: false}, for SOAP 1.1 sends a Fault with status 500. {@code charset} there: whatever the answer declares.
 */
@Component("soap")
public final class SoapComponent extends DefaultComponent {

    private interface Step {
        void on(Exchange exchange) throws Exception;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String action = getAndRemoveParameter(parameters, "action", String.class);
        String charset = getAndRemoveParameter(parameters, "charset", String.class);
        boolean seals = remaining.equals("seal") && action != null && charset != null;
        if (!seals && !(remaining.equals("open") && action == null)
                || charset != null && Charsets.named(charset).isEmpty()) {
            throw new IllegalArgumentException(
                    uri + ": write soap:seal with action and charset, or soap:open; charset: GBK, UTF-8 …");
        }
        Step step = seals ? exchange -> seal(exchange, action, charset) : exchange -> open(exchange, charset);
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        step.on(exchange);
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("soap: wraps messages, it sends none");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private static void seal(Exchange exchange, String action, String charset) throws Exception {
        Message message = exchange.getMessage();
        SoapRequest request = SoapRequest.of(message.getMandatoryBody(String.class), action, charset);
        message.setHeader(Exchange.CONTENT_TYPE, request.contentType());
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader("SOAPAction", request.action());
        message.setBody(request.body());
    }

    private static void open(Exchange exchange, String charset) throws Exception {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        if (!SoapAnswer.mayBe(status, type)) {
            throw new HttpOperationFailedException("soap:open", status, "", null, Map.of(), "");
        }
        message.setBody(SoapAnswer.text(type, bytes(message), charset));
    }

    private static byte[] bytes(Message message) throws IOException {
        try (InputStream in = message.getBody(InputStream.class)) {
            return in == null ? new byte[0] : in.readNBytes(SoapAnswer.MAX_BYTES + 1);
        }
    }
}
