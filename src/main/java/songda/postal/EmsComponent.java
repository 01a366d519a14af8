package songda.postal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
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
 * ({@code logitcsInterface}, as the post spells it). What is sent next to {@code http:} is a POST of that form. {@code ems:oms?api=…} and
 * {@code ems:router?api=…&field=orderNormal} make the forms of the post's older systems, signed as those want it.
 */
@Component("ems")
public final class EmsComponent extends DefaultComponent {

    private final PostForms forms;
    private final OldAccount old;

    // Wall time on purpose: the post compares it with its own.
    public EmsComponent(EmsAccount account, OldAccount old) {
        this.old = old;
        this.forms = new PostForms(account, old, Clock.system(ZoneId.of("Asia/Shanghai")), () -> UUID.randomUUID()
                .toString());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        UnaryOperator<String> form = form(uri, remaining, parameters);
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        String text = exchange.getMessage().getMandatoryBody(String.class);
                        exchange.getMessage()
                                .setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8");
                        exchange.getMessage().setBody(form.apply(text));
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("ems: takes messages, it sends none");
            }
        };
    }

    /** @throws IllegalStateException without the secret of the older forms: a hub that could not place one order does not start */
    private UnaryOperator<String> form(String uri, String remaining, Map<String, Object> parameters) {
        return switch (remaining) {
            case "seal" -> {
                String api = word(uri, "api", "[0-9]{6}", parameters);
                yield text -> encoded(forms.sealed(api, text));
            }
            case "oms" -> {
                old.secret();
                String api = word(uri, "api", "[a-z_]+", parameters);
                yield text -> encoded(forms.oms(api, text));
            }
            case "router" -> {
                old.secret();
                String method = word(uri, "api", "[a-z.]+", parameters);
                String field = word(uri, "field", "[A-Za-z]+", parameters);
                yield text -> encoded(forms.router(method, field, text));
            }
            default ->
                throw new IllegalArgumentException(
                        uri + ": write ems:seal?api=<six digits>, ems:oms?api=… or ems:router?api=…&field=…");
        };
    }

    private String word(String uri, String name, String shape, Map<String, Object> parameters) {
        String value = getAndRemoveParameter(parameters, name, String.class, "");
        if (!value.matches(shape)) {
            throw new IllegalArgumentException(uri + ": " + name + " must be " + shape);
        }
        return value;
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
