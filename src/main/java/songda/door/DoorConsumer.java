package songda.door;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.kafka.common.header.Headers;
import songda.failure.Unmappable;

/**
 * Takes effect numbers from Kafka, claims the row, runs the route once and settles. The row decides, not the offset:
 * what is read twice is claimed once, what is lost is relayed again.
 */
final class DoorConsumer extends DefaultConsumer {

    private final DoorStaff staff;
    private final String door;
    private final DoorStaff.Manners manners;
    private Consumer kafka;

    DoorConsumer(DoorEndpoint endpoint, Processor processor, DoorStaff staff, String door, DoorStaff.Manners manners) {
        super(endpoint, processor);
        this.staff = staff;
        this.door = door;
        this.manners = manners;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        staff.opened(door, manners);
        if (!staff.paused()) {
            staff.topics().open(door, this::listen);
        }
    }

    @Override
    protected void doStop() throws Exception {
        staff.closed(door);
        staff.topics().close(door);
        synchronized (this) {
            ServiceHelper.stopAndShutdownService(kafka);
            kafka = null;
        }
        super.doStop();
    }

    /**
     * Called when the topic is there, which may be later than the start of the route. Offsets are committed by the client, in the
     * poll that follows what was paid: one request a second instead of one, waited for, with each poll.
     */
    private synchronized void listen() throws Exception {
        if (!isRunAllowed() || kafka != null) {
            return;
        }
        String uri = "kafka:songda." + door + "?groupId=" + door + "&consumersCount=" + manners.consumers()
                + "&autoOffsetReset=earliest&autoCommitEnable=true&autoCommitIntervalMs=1000&pollTimeoutMs=500&maxPollRecords=20"
                + "&pollOnError=RETRY&breakOnFirstError=false&keyDeserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer"
                + "&valueDeserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer";
        Consumer listening = getEndpoint().getCamelContext().getEndpoint(uri).createConsumer(this::take);
        if (listening instanceof org.apache.camel.RouteAware aware) {
            aware.setRoute(getRoute());
        }
        if (listening instanceof org.apache.camel.spi.RouteIdAware aware) {
            aware.setRouteId(getRouteId());
        }
        ServiceHelper.startService(listening);
        kafka = listening;
    }

    private void take(Exchange record) {
        if (staff.strays().kept(door, stray(record.getIn()))) {
            return;
        }
        staff.payments()
                .pay(
                        door,
                        record.getIn().getHeader(KafkaConstants.KEY, byte[].class),
                        record.getIn().getBody(byte[].class),
                        staff.breaker(door),
                        this::attempt);
    }

    private static StrayRecords.Stray stray(Message record) {
        Map<String, byte[]> headers = new HashMap<>();
        record.getHeader(KafkaConstants.HEADERS, Headers.class).forEach(h -> headers.put(h.key(), h.value()));
        return new StrayRecords.Stray(
                record.getHeader(KafkaConstants.PARTITION, Integer.class),
                record.getHeader(KafkaConstants.OFFSET, Long.class),
                record.getHeader(KafkaConstants.TIMESTAMP, 0L, Long.class),
                headers,
                record.getHeader(KafkaConstants.KEY, byte[].class),
                record.getBody(byte[].class));
    }

    /** Runs the route once on a fresh exchange that carries nothing of Kafka. */
    private Verdict attempt(Due due) {
        Exchange exchange = createExchange(true);
        try {
            exchange.getIn().setBody(due.message());
            exchange.setProperty("songda.asked", due.message());
            exchange.setProperty("correlation", due.correlation());
            getProcessor().process(exchange);
            return verdict(exchange.getException(), reached(exchange), due);
        } catch (Exception e) {
            return verdict(e, true, due);
        } finally {
            releaseExchange(exchange, true);
        }
    }

    /** Whether the partner may have the message: a mapping that failed before anything was sent is the only sure no. */
    private static boolean reached(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) != null
                || !(exchange.getException() instanceof Unmappable);
    }

    private static Duration notBefore(HttpOperationFailedException http) {
        if (http.getResponseHeaders() == null || http.getStatusCode() != 429 && http.getStatusCode() != 503) {
            return null;
        }
        return http.getResponseHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
                .findFirst()
                .map(header -> RetryAfter.read(header.getValue(), Instant.now()))
                .orElse(null);
    }

    private Verdict verdict(Throwable failure, boolean sent, Due due) {
        Throwable plain = failure instanceof HttpOperationFailedException http
                ? new PartnerSaidNo(http.getStatusCode(), notBefore(http))
                : failure;
        return Verdict.of(plain, sent, due.attempt(), staff.patience(manners));
    }
}
