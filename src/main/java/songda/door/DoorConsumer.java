package songda.door;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import songda.failure.Unmappable;
import songda.trace.Followed;

/**
 * Takes effect numbers from Kafka, claims the row, runs the route once and settles. The row decides, not the offset:
 * what is read twice is claimed once, what is lost is relayed again. One client polls; what one poll brought is worked on by as many
 * hands as the door has, and the next poll, which commits the offsets, waits until all of it was paid.
 */
final class DoorConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(DoorConsumer.class);
    private final DoorStaff staff;
    private final String door;
    private final DoorStaff.Manners manners;
    /** Of the poll that is being worked on; the polling thread's own. */
    private final List<Future<?>> underWay = new ArrayList<>();

    private ExecutorService hands;
    private Producer record;
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
        hands = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "door-" + door, manners.consumers());
        if (manners.tells() != null) {
            record = getEndpoint().getCamelContext().getEndpoint("fact:record").createProducer();
            ServiceHelper.startService(record);
        }
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
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(hands);
        ServiceHelper.stopAndShutdownService(record);
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
        String uri =
                "kafka:songda." + door + "?groupId=" + door + "&maxPollRecords=" + Math.max(20, 2 * manners.consumers())
                        + "&autoOffsetReset=earliest&autoCommitEnable=true&autoCommitIntervalMs=1000&pollTimeoutMs=500"
                        // Only so that it says which record is the last of its poll; nobody commits by hand.
                        + "&allowManualCommit=true"
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

    private void take(Exchange polled) {
        Message record = polled.getIn();
        try {
            if (!staff.strays().kept(door, stray(record))) {
                byte[] key = record.getHeader(KafkaConstants.KEY, byte[].class);
                byte[] value = record.getBody(byte[].class);
                underWay.add(
                        hands.submit(() -> staff.payments().pay(door, key, value, staff.breaker(door), this::attempt)));
            }
        } finally {
            if (record.getHeader(KafkaConstants.LAST_POLL_RECORD, true, Boolean.class)) {
                awaitAll();
            }
        }
    }

    private void awaitAll() {
        for (Future<?> payment : underWay) {
            try {
                payment.get();
            } catch (ExecutionException e) {
                LOG.error(
                        "门 {} 未能认领或结清一项，稍后重来 / door {} could not claim or settle, it will come again: {}",
                        door,
                        door,
                        e.getCause().getClass().getName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        underWay.clear();
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
        try (Followed message = due.followed()) {
            exchange.getIn().setBody(due.message());
            exchange.setProperty("songda.asked", due.message());
            exchange.setProperty("correlation", due.correlation());
            getProcessor().process(exchange);
            return told(verdict(exchange.getException(), reached(exchange), onlyRead(exchange), due), due);
        } catch (Exception e) {
            return told(verdict(e, true, false, due), due);
        } finally {
            releaseExchange(exchange, true);
        }
    }

    /** What can never succeed is a fact before it is settled: a crash in between says it again, and it is one. */
    private Verdict told(Verdict verdict, Due due) {
        if (record == null || !verdict.state().equals("DEAD")) {
            return verdict;
        }
        Exchange exchange = createExchange(true);
        try (Followed message = due.followed()) {
            exchange.getIn().setBody(due.dead(manners.tells()));
            exchange.setProperty("correlation", due.correlation());
            record.process(exchange);
            return verdict;
        } catch (Exception e) {
            throw new IllegalStateException(door + ": " + manners.tells() + " could not be recorded", e);
        } finally {
            releaseExchange(exchange, true);
        }
    }

    /** Whether the partner may have the message: a mapping that failed before anything was sent is the only sure no. */
    private static boolean reached(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) != null
                || !(exchange.getException() instanceof Unmappable);
    }

    /** What was asked last changes nothing at the partner, and whatever came before it was answered. */
    private static boolean onlyRead(Exchange exchange) {
        return "GET".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class));
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

    private Verdict verdict(Throwable failure, boolean sent, boolean onlyRead, Due due) {
        Throwable plain = failure instanceof HttpOperationFailedException http
                ? new PartnerSaidNo(http.getStatusCode(), notBefore(http))
                : failure;
        return Verdict.of(plain, sent, onlyRead, due.attempt(), staff.patience(manners));
    }
}
