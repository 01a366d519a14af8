package songda.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.stereotype.Component;

/**
 * {@code to: aliyun:SendSms}: the body {@code {phone, signName, template, params, outId}} goes to the provider, and becomes its answer
 * {@code {code, message, bizId}}. {@code to: aliyun:QuerySendDetails}: {@code {phone, sendDate}} becomes {@code {code, totalCount, details}}.
 */
@Component("aliyun")
public final class AliyunComponent extends DefaultComponent {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Aliyun aliyun;

    public AliyunComponent(AliyunAccount account) {
        this.aliyun = new Aliyun(account);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        boolean sends = remaining.equals("SendSms");
        if (!sends && !remaining.equals("QuerySendDetails")) {
            throw new IllegalArgumentException(uri + ": write aliyun:SendSms or aliyun:QuerySendDetails");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        call(exchange, sends);
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("the provider pushes over HTTP: from servlet:sms/…");
            }
        };
    }

    private void call(Exchange exchange, boolean sends) throws Exception {
        Object body = exchange.getMessage().getBody();
        JsonNode message = body instanceof JsonNode json
                ? json
                : JSON.readTree(exchange.getMessage().getMandatoryBody(String.class));
        try {
            exchange.getMessage().setBody(sends ? aliyun.send(message) : aliyun.details(message));
        } catch (Aliyun.Status answered) {
            throw new HttpOperationFailedException("aliyun:", answered.code(), "", null, null, null);
        }
        // A mapping that fails from here on fails after the message went.
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    }
}
