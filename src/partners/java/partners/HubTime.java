package partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Business time as the hub tells it ({@code GET /api/v1/clock} → {@code {"now","rate"}}), extrapolated in between.
 * The reading counts from the arrival of the answer, so that this clock is never ahead of the hub's.
 */
final class HubTime implements Runnable {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

    private final Hub hub;
    private final Runnable onReading;
    private volatile Reading reading;
    private volatile boolean silent;

    HubTime(Hub hub, Runnable onReading) {
        this.hub = hub;
        this.onReading = onReading;
    }

    /** ISO-8601 with seconds and offset, as JSON contracts want it. */
    static String text(Instant instant) {
        return ISO.format(instant.atZone(ZONE));
    }

    boolean known() {
        return reading != null;
    }

    double rate() {
        return reading == null ? 1 : reading.rate;
    }

    /** Null until the hub was heard. */
    Instant now() {
        Reading last = reading;
        return last == null ? null : last.hub.plusNanos((long) ((System.nanoTime() - last.at) * last.rate));
    }

    /** Wall nanoseconds from now until the hub's clock shows this. */
    long wallUntil(Instant due) {
        Reading last = reading;
        if (last == null) return Long.MAX_VALUE;
        double gap = (due.toEpochMilli() - last.hub.toEpochMilli()) * 1e6 / last.rate;
        return (long) gap - (System.nanoTime() - last.at);
    }

    /** Reads on until interrupted: every half second while the clock runs fast, every five seconds else. */
    @Override
    public void run() {
        try {
            while (true) {
                read();
                Hub.pause(!known() || rate() > 60 ? 500 : 5_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void read() {
        try {
            Wire.Answer answer = hub.signed("gov", "GET", "/api/v1/clock", new byte[0]);
            if (!answer.taken()) {
                complain("the hub's clock answers " + answer.status());
                return;
            }
            long at = System.nanoTime();
            JsonNode clock = Json.read(answer.body());
            Instant now = OffsetDateTime.parse(clock.path("now").asText()).toInstant();
            silent = false;
            reading = new Reading(now, clock.path("rate").asDouble(1), at);
            onReading.run();
        } catch (IOException | RuntimeException e) {
            // the hub is away: the last reading goes on
        }
    }

    /** Once, until a reading succeeds. */
    private void complain(String what) {
        if (!silent) System.err.println("[partners] " + what);
        silent = true;
    }

    private record Reading(Instant hub, double rate, long at) {}
}
