package songda.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import songda.chaos.Evidence.Deadline;
import songda.chaos.Evidence.FactRow;

/** I5, I6, I7: no receipt is forgotten, nothing fires before its time or twice, and not after it was closed. */
final class TimeChecks {

    private static final Duration DRIVER_SLACK = Duration.ofSeconds(1);
    private static final Duration CLOSING_SLACK = Duration.ofSeconds(10);
    /** Fact → ladders that it closes for good. */
    private static final Map<String, Set<String>> CLOSES = Map.of(
            "receipt.returned", Set.of("receipt", "chase", "anomaly-receipt"),
            "parcel.delivered", Set.of("promise", "overdue", "quality"));

    private final Evidence evidence;
    private final Findings findings;
    private final Map<Long, List<FactRow>> reports;
    private final Map<Long, Deadline> fired;

    TimeChecks(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.reports = evidence.facts().stream()
                .filter(it -> it.sourceId().startsWith("deadline-"))
                .collect(groupingBy(it -> Long.parseLong(it.sourceId().substring("deadline-".length()))));
        this.fired = evidence.deadlines().stream()
                .filter(it -> it.state().equals("FIRED"))
                .collect(toMap(Deadline::id, it -> it, (one, other) -> one));
    }

    void run() {
        forgotten();
        firing();
        partnersClocks();
        open();
        climbs();
        closings();
    }

    private void forgotten() {
        Map<Long, List<FactRow>> facts = evidence.facts().stream().collect(groupingBy(FactRow::subject));
        Map<Long, List<Deadline>> ladders = evidence.deadlines().stream()
                .filter(it -> it.ladder().equals("receipt"))
                .collect(groupingBy(Deadline::subject));
        for (Evidence.Order order : evidence.orders()) {
            Set<String> told = facts.getOrDefault(order.id(), List.of()).stream()
                    .map(FactRow::name)
                    .collect(java.util.stream.Collectors.toSet());
            if (!told.contains("parcel.delivered")
                    || !Set.of("PHYSICAL", "OWN_FORM").contains(order.receipt())) {
                continue;
            }
            boolean known = Stream.of("receipt.returned", "receipt.overdue", "receipt.wrong", "receipt.posted")
                    .anyMatch(told::contains);
            boolean awaited = ladders.getOrDefault(order.id(), List.of()).stream()
                    .anyMatch(it -> it.state().equals("OPEN"));
            findings.check(
                    known || awaited,
                    "I5",
                    "delivered, its receipt is neither back, nor chased, nor awaited",
                    order.no());
        }
    }

    private void firing() {
        fired.forEach((id, deadline) -> {
            List<FactRow> told = reports.getOrDefault(id, List.of());
            findings.check(told.size() == 1, "I6", "fired, and reported " + told.size() + " times", "deadline " + id);
            told.stream()
                    .filter(it -> it.recordedAt().isBefore(deadline.due()))
                    .forEach(it -> findings.add(
                            "I6", "early by " + Duration.between(it.recordedAt(), deadline.due()), "deadline " + id));
        });
        reports.keySet().stream()
                .filter(id -> !fired.containsKey(id))
                .forEach(id -> findings.add("I6", "reported, and not fired", "deadline " + id));
        fired.values().stream()
                .collect(groupingBy(
                        it -> it.subject() + " " + it.ladder() + " " + it.rung() + " " + it.openedBy(), counting()))
                .forEach((what, times) -> findings.check(times == 1, "I4", "fired " + times + " times", what));
    }

    /** By the clocks of the driver and of the partners: what a deadline owes arrives after it. */
    private void partnersClocks() {
        Map<Long, Deadline> byFact = new HashMap<>();
        reports.forEach((id, told) -> told.forEach(it -> byFact.put(it.id(), fired.get(id))));
        Map<String, Deadline> byEffect = new HashMap<>();
        evidence.effects().stream()
                .filter(it -> byFact.get(it.fact()) != null)
                .forEach(it -> byEffect.put("" + it.id(), byFact.get(it.fact())));
        for (Line line : evidence.lines()) {
            Deadline deadline = line.partner().equals("sms") ? byEffect.get(line.key()) : null;
            if (deadline != null) {
                Instant due = FastClock.wall(evidence.stretches(), deadline.due());
                findings.check(
                        !line.at().plus(DRIVER_SLACK).isBefore(due),
                        "I6",
                        "at the partner before its time",
                        "outId " + line.key() + " at " + line.at() + ", due " + due);
            }
        }
    }

    private void open() {
        evidence.deadlines().stream()
                .filter(it -> it.state().equals("OPEN") && !it.covered())
                .filter(it -> it.due().plus(Duration.ofSeconds(60)).isBefore(evidence.hubNow()))
                .forEach(it -> findings.add("I6", "due since " + it.due() + " and not fired", "deadline " + it.id()));
        evidence.deadlines().stream()
                .filter(it -> it.state().equals("PARKED") || it.state().equals("PAUSED"))
                .forEach(it -> findings.add("I6", it.state() + ", and nobody asked for it", "deadline " + it.id()));
    }

    private void climbs() {
        fired.values().stream()
                .filter(it -> it.rung().startsWith("level-") || it.rung().startsWith("reminder-"))
                .collect(groupingBy(it -> it.subject() + " " + it.ladder() + " " + it.openedBy()))
                .forEach((climb, rungs) -> {
                    List<Deadline> byDue = rungs.stream()
                            .sorted(Comparator.comparing(Deadline::due))
                            .toList();
                    for (int i = 1; i < byDue.size(); i++) {
                        findings.check(
                                !recorded(byDue.get(i)).isBefore(recorded(byDue.get(i - 1))),
                                "I7",
                                byDue.get(i).rung() + " before "
                                        + byDue.get(i - 1).rung(),
                                climb);
                    }
                });
    }

    private Instant recorded(Deadline deadline) {
        return reports.getOrDefault(deadline.id(), List.of()).stream()
                .map(FactRow::recordedAt)
                .findFirst()
                .orElse(deadline.settledAt());
    }

    /** Both began before either was committed: then the one or the other may win. */
    private void closings() {
        Map<Long, List<Deadline>> bySubject = fired.values().stream().collect(groupingBy(Deadline::subject));
        for (FactRow fact : evidence.facts()) {
            for (Deadline deadline : CLOSES.containsKey(fact.name())
                    ? bySubject.getOrDefault(fact.subject(), List.<Deadline>of())
                    : List.<Deadline>of()) {
                boolean closed = CLOSES.get(fact.name()).contains(deadline.ladder())
                        && deadline.openedAt().isBefore(fact.recordedAt())
                        && !fact.happenedAt().isBefore(deadline.from());
                Instant closing =
                        FastClock.wall(evidence.stretches(), fact.recordedAt()).plus(CLOSING_SLACK);
                findings.check(
                        !closed
                                || !FastClock.wall(evidence.stretches(), recorded(deadline))
                                        .isAfter(closing),
                        "I7",
                        deadline.ladder() + "/" + deadline.rung() + " fired after " + fact.name(),
                        "deadline " + deadline.id());
            }
        }
    }

    /** Seconds on the wall between due and recorded, sorted; without those that wait for a system to be asked. */
    static double[] lateness(Evidence evidence) {
        Map<String, FactRow> reports = new HashMap<>();
        evidence.facts().forEach(it -> reports.put(it.sourceId(), it));
        return evidence.deadlines().stream()
                .filter(it -> it.state().equals("FIRED") && !it.covered() && reports.containsKey("deadline-" + it.id()))
                .mapToDouble(it -> Duration.between(
                                        FastClock.wall(
                                                evidence.stretches(),
                                                it.due().isBefore(it.openedAt()) ? it.openedAt() : it.due()),
                                        FastClock.wall(
                                                evidence.stretches(),
                                                reports.get("deadline-" + it.id())
                                                        .recordedAt()))
                                .toMillis()
                        / 1e3)
                .sorted()
                .toArray();
    }
}
