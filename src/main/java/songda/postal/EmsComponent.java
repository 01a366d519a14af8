package songda.postal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
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
import org.springframework.stereotype.Component;

/**
 * {@code to: ems:seal?api=020003}: the body, a JSON text, becomes the form that the post's open platform takes, the text sealed in it
 * ({@code logitcsInterface}, as the post spells it). What is sent next to {@code http:} is a POST of that form.
 */
@Component("ems")
public final class EmsComponent extends DefaultComponent {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private final EmsAccount account;
    // Wall time on purpose: the post compares it with its own.
    private final Clock wall = Clock.system(ZONE);

    public EmsComponent(EmsAccount account) {
        this.account = account;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String api = getAndRemoveParameter(parameters, "api", String.class);
        if (!remaining.equals("seal") || api == null || !api.matches("[0-9]{6}")) {
            throw new IllegalArgumentException(uri + ": write ems:seal?api=<six digits>");
        }
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        seal(exchange, api);
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("ems:seal takes messages, it sends none");
            }
        };
    }

    private void seal(Exchange exchange, String api) throws Exception {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("apiCode", api);
        form.put("senderNo", account.senderNo());
        form.put("authorization", account.authorization());
        form.put("msgType", "0");
        form.put("timeStamp", LocalDateTime.now(wall).format(TIME));
        form.put("version", "V1.0.0");
        form.put(
                "logitcsInterface",
                account.envelope().seal(exchange.getMessage().getMandatoryBody(String.class)));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8");
        exchange.getMessage()
                .setBody(form.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }
}
