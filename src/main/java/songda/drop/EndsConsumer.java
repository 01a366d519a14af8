package songda.drop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import songda.trace.Followed;

/** Tells the senders of files what became of them. */
final class EndsConsumer extends ScheduledPollConsumer {

    private final DropEndpoint endpoint;
    private final Link link;
    private final String ending;

    EndsConsumer(DropEndpoint endpoint, Processor processor, String ending) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.link = new Link(endpoint.remotes());
        this.ending = ending;
    }

    @Override
    protected int poll() throws Exception {
        if (!endpoint.getCamelContext().getStatus().isStarted()
                || !endpoint.drop().ends.anyoneToTell(endpoint.system())) {
            return 0;
        }
        return link.run(this::tell);
    }

    private int tell(Remote remote) throws IOException {
        int told = 0;
        while (isRunAllowed() && endpoint.drop().ends.tell(endpoint.system(), ending, this::reply, remote)) {
            told++;
        }
        return told;
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        link.close();
    }

    private Optional<byte[]> reply(ObjectNode report, String correlation) {
        Exchange exchange = createExchange(false);
        try (Followed followed = Followed.message(correlation, null)) {
            exchange.setProperty("correlation", correlation);
            exchange.getIn().setBody(report);
            getProcessor().process(exchange);
            Exception failure = exchange.getException() != null
                    ? exchange.getException()
                    : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
            if (failure != null) {
                throw failure;
            }
            String words = exchange.getMessage().getBody(String.class);
            return words == null || words.isBlank() ? Optional.empty() : Optional.of(words.getBytes(FramedLines.GBK));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
