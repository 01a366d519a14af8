package songda.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * {@code to: order:show}, {@code order:track}, {@code order:list} and {@code order:clock}: what backends may read, masked.
 * {@code to: order:under-way}: each of the body's messages, {@code [{phone, …}]}, gets {@code items}: the orders under way of the recipient with
 * this phone, {@code [{order, person}]}, newest first and at most twenty; for a mapping, never for an answer.
 * {@code to: order:beside}: each row of the body, {@code {rows: [{waybillNo, …}]}}, gets its order, for a mapping that compares the two.
 * {@code to: order:items}: a door's message gets {@code items}, an {@code {order, person}} for each of its fact's waybills.
 * {@code to: order:strangers}: a fact about a bag with {@code data.waybills} gets {@code data.strangers}, how many of them are no orders of this hub (R30),
 * whatever was sent under that name.
 * {@code order:ask?with=type,weight}: the caller's order as {@code {order, asked}} with these parameters of the request, for a mapping that asks a
 * partner; it stays beside the answer ({@code takes: both}).
 */
public final class OrderComponent extends DefaultComponent {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final OrderPages pages;
    private final OrdersBeside beside;

    public OrderComponent(OrderPages pages, OrdersBeside beside) {
        this.pages = pages;
        this.beside = beside;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String with = getAndRemoveParameter(parameters, "with", String.class, "");
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) throws Exception {
                        if (remaining.equals("beside")) {
                            beside.put(exchange.getMessage().getMandatoryBody(JsonNode.class));
                        } else if (remaining.equals("strangers")) {
                            pages.countStrangers(exchange.getMessage().getMandatoryBody(JsonNode.class));
                        } else if (remaining.equals("ask")) {
                            ask(with, exchange);
                        } else {
                            answer(remaining, exchange);
                        }
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("order: answers, it does not ask");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private void ask(String with, Exchange exchange) {
        var in = exchange.getIn();
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.set(
                "order",
                pages.plain(exchange.getProperty("caller", Caller.class), in.getHeader("orderNo", String.class)));
        ObjectNode asked = question.putObject("asked");
        for (String name : with.split(",")) {
            asked.put(name, in.getHeader(name, String.class));
        }
        exchange.setProperty("songda.asked", question);
        in.setBody(question);
    }

    private void answer(String page, Exchange exchange) throws Exception {
        if (page.equals("under-way")) {
            Object body = exchange.getIn().getBody();
            JsonNode messages = body instanceof JsonNode json
                    ? json
                    : JSON.readTree(exchange.getIn().getMandatoryBody(String.class));
            messages.forEach(message -> ((ObjectNode) message)
                    .set("items", pages.underWay(message.path("phone").asText())));
            exchange.getIn().setBody(messages);
            return;
        }
        if (page.equals("items")) {
            exchange.getIn()
                    .setBody(pages.withItems((ObjectNode) exchange.getIn().getBody()));
            return;
        }
        Caller caller = exchange.getProperty("caller", Caller.class);
        var in = exchange.getIn();
        in.setBody(
                switch (page) {
                    case "show" -> pages.show(caller, in.getHeader("orderNo", String.class));
                    case "track" -> pages.track(caller, in.getHeader("waybillNo", String.class));
                    case "list" ->
                        pages.list(
                                caller,
                                in.getHeader("status", String.class),
                                in.getHeader("cursor", String.class),
                                in.getHeader("limit", String.class));
                    case "clock" -> pages.clock();
                    default ->
                        throw new IllegalArgumentException(
                                "order:" + page
                                        + ": write order:show, order:track, order:list, order:ask, order:clock, order:under-way, order:beside, order:strangers or order:items");
                });
    }
}
