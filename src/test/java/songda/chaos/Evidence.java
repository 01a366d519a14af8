package songda.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that the checker knows, from the tables of the hub, the driver's journal, the partners' journals, and Kafka.
 *
 * @param hubNow business time when the tables were read
 * @param stretches how the business clock ran
 * @param published numbers of facts that were read from the stream of facts; a number stands there once
 * @param leaks where a citizen could be read in clear
 * @param resources what the hubs, the database and Kafka hold at the end, by name
 * @param saidNo by partner: answers that the proxy gave in its place which say no for good
 */
record Evidence(
        Instant hubNow,
        List<FastClock.Stretch> stretches,
        List<Order> orders,
        List<FactRow> facts,
        List<Effect> effects,
        List<Deadline> deadlines,
        List<Letter> letters,
        List<Try> tries,
        List<Line> lines,
        Set<Long> published,
        List<String> leaks,
        Map<String, Long> resources,
        Map<String, Integer> saidNo,
        List<Episode> episodes,
        List<String> unsettled) {

    record Order(long id, String no, String waybill, String receipt, String stage, String receiptStage) {}

    record FactRow(
            long subject,
            long id,
            String name,
            String source,
            String sourceId,
            Instant happenedAt,
            Instant recordedAt) {}

    /** @param waits not due yet, or behind one that is UNKNOWN */
    record Effect(
            long subject,
            long id,
            long fact,
            String door,
            String addressee,
            String state,
            int attempt,
            String reason,
            Long bundle,
            boolean waits,
            String action) {}

    /** @param state OPEN, FIRED, CLOSED, CANCELLED, PAUSED or PARKED */
    record Deadline(
            long subject,
            long id,
            String ladder,
            String rung,
            long openedBy,
            Instant from,
            Instant due,
            String state,
            Instant openedAt,
            Instant settledAt,
            boolean covered) {}

    record Letter(long id, String door, String reason, String place, long bytes) {}

    /** One line of the driver: what it began to send (status −1), or heard (0: no answer). */
    record Try(String op, String key, int status) {}

    Evidence with(
            List<Order> orders, List<Effect> effects, List<FactRow> facts, List<Deadline> deadlines, List<Line> lines) {
        return new Evidence(
                hubNow, stretches, orders, facts, effects, deadlines, letters, tries, lines, published, leaks,
                resources, saidNo, episodes, unsettled);
    }
}
