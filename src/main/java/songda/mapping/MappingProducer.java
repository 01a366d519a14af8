package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import songda.failure.Unmappable;

final class MappingProducer extends DefaultProducer {

    private final Function<Exchange, Mapping> mapping;
    private final MappingOptions options;

    MappingProducer(MappingEndpoint endpoint, Function<Exchange, Mapping> mapping, MappingOptions options) {
        super(endpoint);
        this.mapping = mapping;
        this.options = options;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        // One and the same for all of this step, whatever is switched meanwhile.
        Mapping mine = mapping.apply(exchange);
        Object result = options.each().isEmpty()
                ? mine.translate(input(exchange, mine), options.breach())
                : each(input(exchange, mine), mine);
        if (message.getBody() instanceof Described) {
            // A guard refuses or says nothing: the next one of the step reads what it has read.
            return;
        }
        if (options.gives() == Gives.BODY) {
            message.setBody(result);
        } else {
            // A partner is told what the mapping says, and nothing of what the one before it, or a timer, has said.
            if (!exchange.getPattern().isOutCapable()) {
                message.removeHeaders("*");
            }
            unfold((JsonNode) result, message);
        }
    }

    /**
     * A list of what the elements became. One that cannot be translated stays in it as {@code {aside, place, door, message}}, and
     * {@code fact:record} keeps it. What is no list is one element, as when it is replayed.
     */
    private Object each(Object body, Mapping mine) {
        JsonNode list = mine.read(body, options.breach());
        if (!list.isArray()) {
            return mine.translate(list, options.breach());
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        list.forEach(one -> {
            try {
                all.add((JsonNode) mine.translate(one, OnBreach.SET_ASIDE));
            } catch (Unmappable why) {
                ObjectNode aside = all.addObject().put("aside", why.getMessage());
                aside.put("place", why.place()).put("door", options.each()).set("message", one);
            }
        });
        return all;
    }

    private Object input(Exchange exchange, Mapping mine) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Described described) {
            return described.json();
        }
        if (options.takes() == Takes.BODY) {
            return body instanceof Map<?, ?> row ? read(row, exchange) : body;
        }
        JsonNode asked = exchange.getProperty(Takes.PROPERTY, JsonNode.class);
        if (asked == null) {
            throw new IllegalStateException(
                    getEndpoint() + " stands outside a door out: there is nothing that was asked");
        }
        return options.takes() == Takes.ASKED ? asked : beside(body, asked, exchange, mine);
    }

    /** Where a door calls its partner several times, a later mapping finds what the earlier ones read as {@code before}. */
    private JsonNode beside(Object body, JsonNode asked, Exchange exchange, Mapping mine) {
        ObjectNode both = mine.beside(body, asked, options.breach());
        ArrayNode before = exchange.getProperty(Takes.BEFORE, ArrayNode.class);
        ArrayNode next = JsonNodeFactory.instance.arrayNode();
        if (before != null) {
            both.set("before", before);
            next.addAll(before);
        }
        exchange.setProperty(Takes.BEFORE, next.add(both.get("answer")));
        return both;
    }

    /** What came is kept as it came, like the bytes of a request: a letter shows and replays it. */
    private static byte[] read(Map<?, ?> row, Exchange exchange) {
        byte[] json = Row.json(row);
        exchange.setProperty("raw", json);
        return json;
    }

    private void unfold(JsonNode envelope, Message message) {
        envelope.path("headers")
                .properties()
                .forEach(h ->
                        message.setHeader(name(h.getKey()), oneLine(h.getValue().asText())));
        if (envelope.has("query")) {
            message.setHeader(Exchange.HTTP_QUERY, query(envelope.get("query")));
            message.setHeader(Exchange.HTTP_METHOD, "GET");
        }
        if (envelope.has("method")) {
            message.setHeader(
                    Exchange.HTTP_METHOD, oneLine(envelope.get("method").asText()));
        }
        if (envelope.has("path")) {
            message.setHeader(Exchange.HTTP_PATH, oneLine(envelope.get("path").asText()));
        }
        JsonNode body = envelope.path("body");
        if (body.isContainerNode()) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=UTF-8");
        }
        message.setBody(body.isMissingNode() ? null : body.isTextual() ? body.asText() : body.toString());
    }

    private static String query(JsonNode parameters) {
        return parameters.properties().stream()
                .map(p -> p.getKey() + "=" + encoded(p.getValue().asText()))
                .collect(Collectors.joining("&"));
    }

    /** A blank as %20: not everybody takes a plus sign for one. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Names that Camel listens to would say where the message goes. */
    private String name(String field) {
        if (!field.matches("[A-Za-z0-9-]{1,64}") || field.regionMatches(true, 0, "Camel", 0, 5)) {
            throw new Unmappable(
                    "a header field has a name that is none: mend the mapping",
                    getEndpoint().getEndpointUri());
        }
        return field;
    }

    /** A line break in a header field would start another one. */
    private String oneLine(String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new Unmappable(
                    "a header field has a line break: mend the mapping",
                    getEndpoint().getEndpointUri());
        }
        return value;
    }
}
