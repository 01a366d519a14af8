package songda.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import songda.chaos.Evidence.Effect;
import songda.chaos.Evidence.FactRow;

/** I2, I3, I4, I9: what a fact owes is owed once; what the hub calls accepted has arrived; nothing has arrived twice. */
final class EffectChecks {

    /** Fact → doors at which it owes exactly one thing. */
    private static final Map<String, List<String>> OWES = Map.of(
            "order.received", List.of("postal-send-order"),
            "waybill.assigned", List.of("printer-print-label", "gov-send-status"),
            "label.printed", List.of("postal-request-pickup"),
            "parcel.accepted", List.of("gov-send-status"),
            "parcel.delivered", List.of("gov-send-status"));

    private static final Set<String> ASKED = Set.of(
            "sms-send-notice",
            "sms-send-alert",
            "sms-send-reply",
            "ticket-send-entry",
            "postal-send-order",
            "inquiry-send-case");

    private final Evidence evidence;
    private final Findings findings;
    private final Map<Long, Evidence.Order> orders;
    private final Map<String, List<Line>> heard;

    EffectChecks(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.orders = evidence.orders().stream().collect(toMap(Evidence.Order::id, it -> it, (one, other) -> one));
        this.heard = evidence.lines().stream()
                .filter(it -> it.status() / 100 == 2)
                .collect(groupingBy(it -> it.partner() + " " + it.op()));
    }

    void run() {
        owed();
        arrived();
        dead();
        unknown();
        labels();
        messages();
        numbers();
        chases();
        stuckOrders();
    }

    private void owed() {
        Map<Long, List<Effect>> byFact = evidence.effects().stream().collect(groupingBy(Effect::fact));
        for (FactRow fact : evidence.facts()) {
            for (String door : OWES.getOrDefault(fact.name(), List.of())) {
                long owed = byFact.getOrDefault(fact.id(), List.of()).stream()
                        .filter(it -> it.door().equals(door))
                        .count();
                findings.check(owed == 1, "I3", fact.name() + " owes " + owed + " at " + door, "fact " + fact.id());
            }
        }
        welcomed(byFact);
        evidence.effects().stream()
                .collect(groupingBy(it -> it.fact() + " " + it.door() + " " + it.addressee(), counting()))
                .forEach((what, times) -> findings.check(times == 1, "I4", "owed " + times + " times", what));
    }

    /** However often an item is accepted, its recipient is told once (R29). */
    private void welcomed(Map<Long, List<Effect>> byFact) {
        evidence.facts().stream()
                .filter(it -> it.name().equals("parcel.accepted"))
                .collect(groupingBy(FactRow::subject, mapping(it -> byFact.getOrDefault(it.id(), List.of()), toList())))
                .forEach((order, effects) -> {
                    long owed = effects.stream()
                            .flatMap(List::stream)
                            .filter(it -> it.door().equals("sms-send-notice"))
                            .count();
                    findings.check(owed == 1, "I3", "an acceptance owes " + owed + " SMS", "order " + order);
                });
    }

    private void arrived() {
        Map<String, Set<String>> known = heard.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stream().map(Line::key).collect(toSet())));
        Set<String> mails = known.getOrDefault("mail mail", Set.of()).stream()
                .map(it -> it.replaceAll("@.*", ""))
                .collect(toSet());
        for (Effect effect : evidence.effects()) {
            Evidence.Order order = orders.get(effect.subject());
            if (!effect.state().equals("ACCEPTED") || order == null) {
                continue;
            }
            long message = effect.bundle() == null ? effect.id() : effect.bundle();
            boolean there =
                    switch (effect.door()) {
                        case "gov-send-status" ->
                            known.getOrDefault("gov status", Set.of()).contains(order.no() + "-" + effect.fact());
                        case "postal-send-order" ->
                            known.getOrDefault("postal order", Set.of()).contains(order.no());
                        case "postal-request-pickup" ->
                            known.getOrDefault("postal pickup", Set.of()).contains(order.waybill());
                        case "sms-send-notice", "sms-send-alert", "sms-send-reply" ->
                            known.getOrDefault("sms sms", Set.of()).contains("" + message);
                        case "printer-print-label" -> whole(order.waybill());
                        case "mail-send-escalation", "mail-send-result" -> mails.contains("<effect-" + message);
                        case "ticket-send-entry" -> hasPrefix(known, "ticket " + ticketOp(effect), order.no());
                        case "inquiry-send-case" ->
                            hasPrefix(known, "inquiry " + caseOp(effect), order.waybill() + "/");
                        default -> true;
                    };
            findings.check(
                    there,
                    "I9",
                    "ACCEPTED at " + effect.door() + ", and it never arrived there",
                    order.no() + " effect " + effect.id());
        }
    }

    private boolean whole(String waybill) {
        return heard.getOrDefault("printer label", List.of()).stream()
                .anyMatch(it -> it.key().equals(waybill) && it.what().contains("whole"));
    }

    private static boolean hasPrefix(Map<String, Set<String>> known, String where, String prefix) {
        return known.getOrDefault(where, Set.of()).stream().anyMatch(it -> it.startsWith(prefix));
    }

    private static String ticketOp(Effect effect) {
        return "close".equals(effect.action()) ? "close" : "comment";
    }

    private static String caseOp(Effect effect) {
        return "open".equals(effect.action()) ? "chase" : effect.action();
    }

    /** A partner that can be asked has been asked by now. */
    private void unknown() {
        evidence.effects().stream()
                .filter(it -> it.state().equals("UNKNOWN") && ASKED.contains(it.door()))
                .forEach(it -> findings.check(
                        false,
                        "I13",
                        "UNKNOWN at a door whose partner can be asked",
                        it.door() + " effect " + it.id()));
    }

    /** Only what somebody has said no to, for good, may be dead. */
    private void dead() {
        evidence.effects().stream()
                .filter(it -> it.state().equals("DEAD"))
                .collect(groupingBy(it -> it.door().split("-")[0]))
                .forEach((partner, dead) -> findings.check(
                        messages(dead) <= evidence.saidNo().getOrDefault(partner, 0),
                        "I9",
                        "more DEAD than the partner has refused ("
                                + evidence.saidNo().getOrDefault(partner, 0) + ")",
                        partner + " " + dead.size() + ", e.g. effect "
                                + dead.get(0).id() + ": " + dead.get(0).reason()));
    }

    /** What was gathered went as one message. */
    private static long messages(List<Evidence.Effect> effects) {
        return effects.stream()
                .map(it -> it.bundle() == null ? (Object) it.id() : "bundle " + it.bundle())
                .distinct()
                .count();
    }

    private void labels() {
        evidence.effects().stream()
                .filter(it -> it.door().equals("printer-print-label"))
                .collect(groupingBy(Effect::subject, counting()))
                .forEach((order, jobs) -> findings.check(jobs == 1, "I2", "label jobs of one order: " + jobs, order));
        heard.getOrDefault("printer label", List.of()).stream()
                .filter(it -> it.what().contains("whole") && !it.what().contains("copy"))
                .collect(groupingBy(Line::key, counting()))
                .forEach((waybill, printed) -> findings.check(
                        printed == 1, "I2", "printed " + printed + " times without being marked a copy", waybill));
    }

    private void messages() {
        Set<String> effects =
                evidence.effects().stream().map(it -> "" + it.id()).collect(toSet());
        heard.getOrDefault("sms sms", List.of()).stream()
                .collect(groupingBy(Line::key, counting()))
                .forEach((id, times) -> {
                    findings.check(times == 1, "I3", "the same SMS " + times + " times", "outId " + id);
                    findings.check(effects.contains(id), "I9", "an SMS that nobody owed", "outId " + id);
                });
        heard.getOrDefault("mail mail", List.of()).stream()
                .collect(groupingBy(Line::key, counting()))
                .forEach((id, times) -> findings.check(times == 1, "I3", "the same mail " + times + " times", id));
    }

    /** Who takes a message twice for one must hear the same, and give the same number. */
    private void numbers() {
        for (String what : List.of("postal order", "postal pickup", "ticket ticket", "gov status")) {
            heard.getOrDefault(what, List.of()).stream()
                    .collect(groupingBy(Line::key, mapping(Line::what, toSet())))
                    .forEach((key, versions) -> findings.check(
                            versions.size() == 1, "I4", what + " in " + versions.size() + " versions", key));
        }
        Map<String, String> given = heard.getOrDefault("postal order", List.of()).stream()
                .collect(toMap(Line::key, Line::what, (one, other) -> one));
        evidence.orders().stream()
                .filter(it -> it.waybill() != null)
                .forEach(it -> findings.check(
                        it.waybill().equals(given.get(it.no())),
                        "I9",
                        "the post gave " + given.get(it.no()) + ", not " + it.waybill(),
                        it.no()));
    }

    /** A chase that was opened again after it was closed has another number. */
    private void chases() {
        Map<String, Long> wanted = evidence.effects().stream()
                .filter(it -> it.door().equals("inquiry-send-case") && "open".equals(it.action()))
                .collect(groupingBy(it -> orders.get(it.subject()).waybill(), counting()));
        heard.getOrDefault("inquiry chase", List.of()).stream()
                .collect(groupingBy(it -> it.key().split("/")[0], mapping(Line::what, toSet())))
                .forEach((waybill, chases) -> findings.check(
                        chases.size() <= wanted.getOrDefault(waybill, 0L),
                        "I4",
                        chases.size() + " chases, " + wanted.getOrDefault(waybill, 0L) + " wanted",
                        waybill));
    }

    /** An order stands still only where an effect says so. */
    private void stuckOrders() {
        Map<Long, List<Effect>> bySubject = evidence.effects().stream().collect(groupingBy(Effect::subject));
        Set<String> collected = heard.getOrDefault("postal pickup", List.of()).stream()
                .map(Line::key)
                .collect(toSet());
        for (Evidence.Order order : evidence.orders()) {
            boolean explained = bySubject.getOrDefault(order.id(), List.of()).stream()
                    .anyMatch(it -> !it.state().equals("ACCEPTED"));
            findings.check(
                    explained || order.waybill() != null && collected.contains(order.waybill()),
                    "I9",
                    "stands at " + order.stage() + " and nothing is owed for it any more",
                    order.no());
        }
    }
}
