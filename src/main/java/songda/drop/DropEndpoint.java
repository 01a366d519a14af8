package songda.drop;

import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;

final class DropEndpoint extends ScheduledPollEndpoint {

    private final String system;
    private final Remotes remotes;
    private final Making making;

    /** Makes the consumer of its kind. */
    interface Making {
        DefaultConsumer consumer(DropEndpoint endpoint, Processor processor);
    }

    /** That a poll failed says the route's {@code pollStrategy}, once; Camel would say it at every poll, with a stack and whatever the error quotes. */
    private static final class Silence implements ExceptionHandler {

        @Override
        public void handleException(Throwable exception) {
            // said elsewhere
        }

        @Override
        public void handleException(String message, Throwable exception) {
            // said elsewhere
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            // said elsewhere
        }
    }

    DropEndpoint(String uri, DropComponent component, String system, Remotes remotes, Making making) {
        super(uri, component);
        this.system = system;
        this.remotes = remotes;
        this.making = making;
    }

    String system() {
        return system;
    }

    Remotes remotes() {
        return remotes;
    }

    DropComponent drop() {
        return (DropComponent) getComponent();
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("drop: is where a route begins");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        DefaultConsumer consumer = making.consumer(this, processor);
        configureConsumer(consumer);
        consumer.setExceptionHandler(new Silence());
        return consumer;
    }

    @Override
    public boolean isRemote() {
        return true;
    }
}
