package songda.order;

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

/** {@code to: order:show}, {@code order:track}, {@code order:list} and {@code order:clock}: what backends may read, masked. */
public final class OrderComponent extends DefaultComponent {

    private final OrderPages pages;

    public OrderComponent(OrderPages pages) {
        this.pages = pages;
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
                throw new UnsupportedOperationException("order: answers, it does not ask");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private void answer(String page, Exchange exchange) {
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
                                "order:" + page + ": write order:show, order:track, order:list or order:clock");
                });
    }
}
