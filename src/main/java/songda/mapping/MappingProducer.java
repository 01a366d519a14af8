package songda.mapping;

import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

final class MappingProducer extends DefaultProducer {

    private final Supplier<Mapping> mapping;
    private final OnBreach breach;

    MappingProducer(MappingEndpoint endpoint, Supplier<Mapping> mapping, OnBreach breach) {
        super(endpoint);
        this.mapping = mapping;
        this.breach = breach;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(mapping.get().translate(message.getBody(), breach));
    }
}
