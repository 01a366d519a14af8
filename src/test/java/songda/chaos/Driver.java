package songda.chaos;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends orders at a steady rate, whatever becomes of the hubs meanwhile. */
final class Driver {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private final Sender sender;
    private final FastClock clock;
    private final ScheduledExecutorService clerk;
    private final AtomicInteger number = new AtomicInteger();
    private final ConcurrentSkipListMap<Instant, String> acceptedByStart = new ConcurrentSkipListMap<>();
    private ScheduledFuture<?> running;

    Driver(Sender sender, FastClock clock, ScheduledExecutorService clerk) {
        this.sender = sender;
        this.clock = clock;
        this.clerk = clerk;
    }

    void start(int perSecond) {
        running = clerk.scheduleAtFixedRate(this::order, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
    }

    private void order() {
        Instant from = Instant.now();
        MadeOrder order = MadeOrder.of(number.incrementAndGet(), time(clock.now()));
        sender.send("gov", "/api/v1/orders", "order", order.no(), order.body()).thenAccept(status -> {
            if (status / 100 == 2) {
                acceptedByStart.put(from, order.no());
            }
        });
    }

    static String time(Instant hub) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                hub.truncatedTo(ChronoUnit.SECONDS).atZone(ZONE));
    }

    void stop() {
        running.cancel(false);
    }

    int sent() {
        return number.get();
    }

    /** An order that was begun after that instant and is taken by now. */
    Optional<String> takenSince(Instant when) {
        return Optional.ofNullable(acceptedByStart.ceilingEntry(when)).map(Map.Entry::getValue);
    }
}
