package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

final class MappingEndpoint extends DefaultEndpoint {

    private final Mappings mappings;
    private final String name;
    private final MappingOptions options;

    MappingEndpoint(String uri, MappingComponent component, Mappings mappings, String name, MappingOptions options) {
        super(uri, component);
        this.mappings = mappings;
        this.name = name;
        this.options = options;
    }

    @Override
    public Producer createProducer() {
        return new MappingProducer(this, this::chosen, options);
    }

    /** One exchange uses one version from its first mapping to its last, whatever is switched meanwhile. */
    private Mapping chosen(Exchange exchange) {
        Optional<Canary> canary = mappings.canary();
        if (canary.isEmpty()) {
            return mappings.get(name);
        }
        Long chosen = exchange.getProperty(Canary.PROPERTY, Long.class);
        if (chosen == null) {
            boolean takes = canary.get().takes(name, exchange.getProperty("client", String.class), key(exchange));
            chosen = takes ? canary.get().version() : 0L;
            exchange.setProperty(Canary.PROPERTY, chosen);
        }
        boolean of = chosen == canary.get().version() && canary.get().mappings().has(name);
        return of ? canary.get().mappings().get(name) : mappings.get(name);
    }

    private static String key(Exchange exchange) {
        JsonNode asked = exchange.getMessage().getBody() instanceof Described described
                ? described.json()
                : exchange.getProperty(Takes.PROPERTY, JsonNode.class);
        String orderNo = asked == null ? "" : asked.at("/order/orderNo").asText();
        return orderNo.isEmpty()
                ? exchange.getProperty("correlation", exchange.getExchangeId(), String.class)
                : orderNo;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("a mapping is a step: write to: mapping:" + name);
    }

    @Override
    public boolean isRemote() {
        return false;
    }
}
