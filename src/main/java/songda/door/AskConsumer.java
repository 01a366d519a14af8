package songda.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import songda.trace.Followed;

/** Once a second: is there anything to ask? Every question is one run of the route, one after the other. */
final class AskConsumer extends DefaultConsumer {

    private final DoorStaff staff;
    private final String name;
    private ScheduledExecutorService clerk;
    private Producer record;

    AskConsumer(Endpoint endpoint, Processor processor, DoorStaff staff, String name) {
        super(endpoint, processor);
        this.staff = staff;
        this.name = name;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        record = getEndpoint().getCamelContext().getEndpoint("fact:record").createProducer();
        ServiceHelper.startService(record);
        if (!staff.paused()) {
            clerk = getEndpoint()
                    .getCamelContext()
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(this, name);
            clerk.scheduleWithFixedDelay(
                    () -> staff.questions().round(staff.asking(name), this::ask), 1, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (clerk != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(clerk);
            clerk = null;
        }
        ServiceHelper.stopAndShutdownService(record);
        super.doStop();
    }

    private Reply ask(Due due) {
        Exchange exchange = createExchange(true);
        try (Followed message = due.followed()) {
            exchange.getIn().setBody(due.message());
            exchange.setProperty("songda.asked", due.message());
            exchange.setProperty("correlation", due.correlation());
            getProcessor().process(exchange);
            return exchange.getException() == null ? reply(exchange) : Reply.UNCLEAR;
        } catch (Exception e) {
            return Reply.UNCLEAR;
        } finally {
            releaseExchange(exchange, true);
        }
    }

    /** Facts first: what is accepted is never asked about again. */
    private Reply reply(Exchange exchange) throws Exception {
        JsonNode answer = exchange.getMessage().getBody(JsonNode.class);
        if (answer == null || !answer.path("found").asText().equals("yes")) {
            return answer != null && answer.path("found").asText().equals("no") ? Reply.NOT_THERE : Reply.UNCLEAR;
        }
        if (!answer.path("facts").isEmpty()) {
            exchange.getIn().setBody(answer.path("facts"));
            record.process(exchange);
        }
        return Reply.THERE;
    }
}
