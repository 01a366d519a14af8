package songda.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I1, I8, I9, I10: what was accepted is there once, what was told is recorded once, and nothing else is. */
final class OrderChecks {

    private static final List<String> STAGES = List.of(
            "ORDERED",
            "NUMBERED",
            "LABELLED",
            "ACCEPTED",
            "IN_TRANSIT",
            "ARRIVED_DELIVERY_UNIT",
            "OUT_FOR_DELIVERY",
            "ATTEMPT_FAILED",
            "DELIVERED");
    private static final Map<String, Integer> TELLS =
            Map.of("203", 3, "305", 4, "306", 5, "702", 6, "705", 6, "704", 8);
    private final Evidence evidence;
    private final Findings findings;

    OrderChecks(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    void run() {
        orders();
        answers();
        scans();
        receipts();
        stages();
        letters();
        stream();
    }

    private Set<String> keys(String op, boolean taken) {
        return evidence.tries().stream()
                .filter(it -> it.op().equals(op) && (!taken || it.status() / 100 == 2))
                .map(Evidence.Try::key)
                .collect(toSet());
    }

    private void orders() {
        Map<String, Long> stored = evidence.orders().stream().collect(groupingBy(Evidence.Order::no, counting()));
        Set<String> sent = keys("order", false);
        keys("order", true)
                .forEach(no -> findings.check(stored.containsKey(no), "I1", "accepted, and not in the database", no));
        stored.forEach((no, times) -> {
            findings.check(times == 1, "I1", "the order stands there " + times + " times", no);
            findings.check(sent.contains(no), "I9", "nobody sent this order", no);
        });
        Map<Long, Long> received = evidence.facts().stream()
                .filter(it -> it.name().equals("order.received"))
                .collect(groupingBy(Evidence.FactRow::subject, counting()));
        evidence.orders()
                .forEach(order -> findings.check(
                        received.getOrDefault(order.id(), 0L) == 1,
                        "I9",
                        "order.received is not recorded once",
                        order.no()));
        evidence.tries().stream()
                .filter(it -> it.op().equals("order")
                        && it.status() / 100 == 4
                        && it.status() != 401
                        && it.status() != 408
                        && it.status() != 429)
                .forEach(it -> findings.add("I1", "a valid order was refused with " + it.status(), it.key()));
    }

    /** When it cannot, it says 503; anything else above 500 would be an accident. */
    private void answers() {
        evidence.tries().stream()
                .filter(it -> it.status() / 100 == 5 && it.status() != 503)
                .forEach(it -> findings.add("I1", "answered " + it.status(), it.op() + " " + it.key()));
    }

    private void scans() {
        Map<String, Long> recorded = evidence.facts().stream()
                .filter(it -> it.name().startsWith("parcel."))
                .collect(groupingBy(Evidence.FactRow::sourceId, counting()));
        keys("scan", true)
                .forEach(key -> findings.check(
                        recorded.getOrDefault(key, 0L) == 1,
                        "I9",
                        "a scan that was taken is recorded " + recorded.getOrDefault(key, 0L) + " times",
                        key));
        Set<String> sent = keys("scan", false);
        recorded.keySet().forEach(key -> findings.check(sent.contains(key), "I9", "nobody sent this scan", key));
    }

    private void receipts() {
        Map<Long, String> waybills = new HashMap<>();
        evidence.orders().forEach(order -> waybills.put(order.id(), order.waybill()));
        Map<String, Long> returned = evidence.facts().stream()
                .filter(it -> it.name().equals("receipt.returned") && waybills.get(it.subject()) != null)
                .collect(groupingBy(it -> waybills.get(it.subject()), counting()));
        keys("row", true)
                .forEach(waybill -> findings.check(
                        returned.getOrDefault(waybill, 0L) == 1,
                        "I9",
                        "the 85 system has its receipt, recorded " + returned.getOrDefault(waybill, 0L) + " times",
                        waybill));
    }

    /** The furthest that was told, in whatever order it came. */
    private void stages() {
        Map<String, Integer> told = new HashMap<>();
        for (String key : keys("scan", true)) {
            String[] parts = key.split("/");
            told.merge(parts[0], TELLS.get(parts[1]), Math::max);
        }
        Map<String, String> stored = new HashMap<>();
        evidence.orders().stream()
                .filter(it -> it.waybill() != null)
                .forEach(it -> stored.put(it.waybill(), it.stage()));
        told.forEach((waybill, least) -> findings.check(
                STAGES.indexOf(stored.getOrDefault(waybill, "")) >= least,
                "I8",
                "told " + STAGES.get(least) + ", stands at " + stored.get(waybill),
                waybill));
    }

    /** A 202 is a promise to keep it; without an answer it may be there or not. */
    private void letters() {
        long promised = evidence.tries().stream()
                .filter(it -> it.op().equals("poison") && it.status() == 202)
                .count();
        long tried = evidence.tries().stream()
                .filter(it -> it.op().equals("poison") && it.status() == -1)
                .count();
        long kept = evidence.letters().stream()
                .filter(it -> it.door().equals("postal-receive-scan"))
                .count();
        findings.check(
                promised <= kept && kept <= tried,
                "I10",
                "dead letters of scans",
                "promised " + promised + ", kept " + kept + ", sent " + tried);
        evidence.letters()
                .forEach(letter -> findings.check(
                        letter.bytes() > 0
                                && !letter.reason().isBlank()
                                && !letter.place().isBlank(),
                        "I10",
                        "a dead letter without bytes, reason or place",
                        letter.id()));
    }

    private void stream() {
        Set<Long> facts = new HashSet<>();
        evidence.facts().forEach(it -> facts.add(it.id()));
        facts.stream()
                .filter(id -> !evidence.published().contains(id))
                .forEach(id -> findings.add("I9", "a fact is missing in the stream of facts", id));
        evidence.published().stream()
                .filter(id -> !facts.contains(id))
                .forEach(id -> findings.add("I9", "the stream tells a fact that is none", id));
    }
}
