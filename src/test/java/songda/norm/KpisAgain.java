package songda.norm;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import songda.norm.Clocks.Promise;

/** The KPIs of the month from the journal alone: by KPI, day and county {@code met/judged +immature}. */
final class KpisAgain {

    /** What happened to an item as far as the hub knows it; what its own clocks said is among it. */
    private record Fact(String what, Instant at, Map<String, String> data) {}

    private final Instant now;
    private final Instant asked;
    private final Map<Item, List<Fact>> known = new HashMap<>();
    private final Map<Item, Clocks> clocks;
    private final Map<Item, Promise> promises;
    private final TreeMap<String, TreeMap<String, int[]>> counts = new TreeMap<>();

    private KpisAgain(Instant now, Instant asked, Map<Item, Clocks> clocks, Map<Item, Promise> promises) {
        this.now = now;
        this.asked = asked;
        this.clocks = clocks;
        this.promises = promises;
    }

    /** @param asked until when the 85 system was asked */
    static TreeMap<String, TreeMap<String, String>> of(
            Map<Item, List<Deed>> deeds,
            Map<Item, Clocks> clocks,
            Map<Item, Promise> promises,
            Instant now,
            Instant asked) {
        KpisAgain again = new KpisAgain(now, asked, clocks, promises);
        deeds.forEach((item, all) -> {
            List<Fact> facts = new ArrayList<>();
            all.stream()
                    .filter(d -> !d.heard().isAfter(now))
                    .forEach(d -> facts.add(new Fact(d.what(), d.at(), d.data())));
            clocks.get(item).said().forEach(s -> facts.add(new Fact(s.what(), s.at(), Map.of())));
            facts.sort(Comparator.comparing(Fact::at));
            again.known.put(item, facts);
        });
        again.known.keySet().forEach(again::item);
        TreeMap<String, TreeMap<String, String>> told = new TreeMap<>();
        again.counts.forEach((kpi, days) -> days.forEach((day, n) ->
                told.computeIfAbsent(kpi, k -> new TreeMap<>()).put(day, "%d/%d +%d".formatted(n[0], n[1], n[2]))));
        return told;
    }

    private void count(String kpi, Instant of, String county, boolean met, Instant due) {
        count(kpi, of, county, met, !now.isBefore(due));
    }

    private void count(String kpi, Instant of, String county, boolean met, boolean judged) {
        int[] numbers = counts.computeIfAbsent(kpi, k -> new TreeMap<>())
                .computeIfAbsent(Days.day(of) + " " + county, k -> new int[3]);
        numbers[0] += judged && met ? 1 : 0;
        numbers[1] += judged ? 1 : 0;
        numbers[2] += judged ? 0 : 1;
    }

    private List<Fact> all(Item item, String... whats) {
        return known.get(item).stream()
                .filter(f -> Set.of(whats).contains(f.what()))
                .toList();
    }

    private Instant first(Item item, String... whats) {
        return all(item, whats).stream().map(Fact::at).findFirst().orElse(null);
    }

    /** The first of these after the last that took it back. */
    private Instant standing(Item item, Set<String> whats, String... back) {
        Instant last =
                all(item, back).stream().map(Fact::at).reduce((a, b) -> b).orElse(Instant.MIN);
        return known.get(item).stream()
                .filter(f -> whats.contains(f.what()) && f.at().isAfter(last))
                .map(Fact::at)
                .findFirst()
                .orElse(null);
    }

    private Instant accepted(Item item) {
        return standing(item, Set.of("parcel.accepted"), "parcel.acceptance-retracted");
    }

    private Instant delivered(Item item) {
        return standing(item, Set.of("parcel.delivered"), "parcel.delivery-retracted");
    }

    private Instant paperBack(Item item) {
        return standing(
                item,
                Set.of("receipt.returned"),
                "receipt.retracted",
                "receipt.wrong",
                "receipt.lost",
                "receipt.damaged",
                "receipt.resign-sent",
                "parcel.delivery-retracted");
    }

    private List<Instant> tries(Item item) {
        List<Instant> tries = new ArrayList<>();
        for (Fact fact : all(item, "parcel.attempt-failed", "parcel.attempt-retracted")) {
            if (fact.what().endsWith("failed")) {
                tries.add(fact.at());
            } else {
                tries.remove(tries.size() - 1);
            }
        }
        return tries;
    }

    private static Instant earlier(Instant... some) {
        return List.of(some).stream().min(Comparator.naturalOrder()).orElseThrow();
    }

    private static Instant never(Instant at) {
        return at == null ? Instant.MAX : at;
    }

    private void item(Item item) {
        posted(item);
        deliveredItem(item);
        complained(item);
        Instant returned = first(item, "return.dispatched");
        if (returned != null) {
            boolean reviewed = all(item, "return.reviewed").stream()
                    .anyMatch(r -> !r.at().isAfter(returned)
                            && !Objects.equals(
                                    r.data().get("firstReviewer"), r.data().get("secondReviewer")));
            count("two-reviewers", returned, item.county(), reviewed, true);
        }
        attempts(item, returned);
        Instant chased =
                standing(item, Set.of("receipt.overdue", "receipt.wrong", "receipt.late"), "parcel.delivery-retracted");
        if (chased != null) {
            Instant due = Days.over(Days.day(chased), 3);
            count("chase-closed", chased, item.county(), never(paperBack(item)).isBefore(due), due);
        }
        Instant back = paperBack(item);
        if (back != null && item.owesPaper()) {
            Instant handed =
                    standing(item, Set.of("receipt.handed-over"), "receipt.resign-sent", "parcel.delivery-retracted");
            Instant due = Days.over(Days.day(back), 15);
            count("receipt-handed-over", back, item.county(), never(handed).isBefore(due), due);
        }
        Instant word = first(item, "receipt.posted", "receipt.returned", "receipt.wrong");
        if (word != null) {
            Instant due = Days.over(Days.day(word), 15);
            count(
                    "re-signed",
                    word,
                    item.county(),
                    never(first(item, "receipt.resign-sent")).isBefore(due),
                    due);
        }
        for (int level = 1; level < 4; level++) {
            for (Fact reached : all(item, "anomaly.reached-level-" + level)) {
                count("level-" + level, reached.at(), item.county(), true, true);
            }
        }
        Instant label = first(item, "label.printed");
        if (label != null) {
            Instant due = Days.over(Days.day(label), 1);
            boolean again = never(first(item, "label.reprint-asked")).isBefore(due);
            count("label-reprinted", label, item.county(), again, due);
        }
    }

    private void posted(Item item) {
        Instant accepted = accepted(item);
        if (accepted == null) {
            return;
        }
        Promise promise = promises.get(item);
        LocalDate day = Days.day(accepted);
        LocalDate from = Days.posted(accepted, promise.cutoff());
        Instant delivered = never(delivered(item));
        Instant failed = tries(item).stream().findFirst().orElse(Instant.MAX);
        Instant promised = Days.over(from, promise.days());
        String kpi = promise.days() < 3 ? "promise-t" + promise.days() : "promise-other";
        count(kpi, accepted, item.county(), earlier(failed, delivered).isBefore(promised), promised);
        for (int days = 3; days < 8; days += 2) {
            Instant due = Days.over(day, days);
            count("delivered-" + days + "d", accepted, item.county(), delivered.isBefore(due), due);
        }
        Instant fortnight = Days.over(day, 15);
        Instant returned = never(first(item, "return.dispatched"));
        count("returned", accepted, item.county(), returned.isBefore(fortnight), fortnight);
        Instant complaint = never(first(item, "complaint.received"));
        count("complained", accepted, item.county(), complaint.isBefore(fortnight), fortnight);
        if (item.owesPaper()) {
            boolean back = never(paperBack(item)).isBefore(fortnight);
            count("receipt-per-accepted", accepted, item.county(), back, fortnight);
        }
        List<Fact> calls = all(item, "callback.done");
        if (delivered.isBefore(Days.over(from, 2))) {
            Instant due = Days.over(from, 3);
            boolean called = calls.stream().anyMatch(c -> c.at().isBefore(due));
            count("call-delivered", accepted, item.dest(), called, due);
        }
        Instant cause = earlier(failed, never(first(item, "quality.undelivered")));
        if (!cause.equals(Instant.MAX)) {
            Instant due = Days.over(Days.day(cause), 1);
            if (!returned.isBefore(due)) {
                boolean called = calls.stream().anyMatch(c -> !c.at().isBefore(cause) && c.at().isBefore(due));
                count("call-undelivered", accepted, item.dest(), called, due);
            }
        }
    }

    private void deliveredItem(Item item) {
        Instant delivered = delivered(item);
        if (delivered == null) {
            return;
        }
        Promise promise = promises.get(item);
        boolean tried = tries(item).stream().anyMatch(t -> !t.isAfter(delivered));
        count("first-attempt", delivered, item.county(), !tried, true);
        Instant accepted = accepted(item);
        if (accepted != null) {
            Instant due = Days.over(Days.posted(accepted, promise.cutoff()), promise.days());
            count("delivered-in-promise", delivered, item.county(), delivered.isBefore(due), true);
        }
        if (item.owesPaper()) {
            Instant word = standing(
                    item,
                    Set.of("receipt.posted", "receipt.returned"),
                    "receipt.retracted",
                    "parcel.delivery-retracted");
            Instant due = Days.over(Days.day(delivered), promise.receiptDays());
            paper("receipt-in-time", item, delivered, word, due);
            paper("receipt-per-due", item, delivered, paperBack(item), due.plus(Duration.ofDays(5)));
        }
    }

    private void paper(String kpi, Item item, Instant delivered, Instant came, Instant due) {
        boolean judged = !now.isBefore(due) && !asked.isBefore(due.minusSeconds(1));
        count(kpi, delivered, item.county(), never(came).isBefore(due), judged);
    }

    private void attempts(Item item, Instant returned) {
        Instant arrived = clocks.get(item).arrived();
        if (arrived == null) {
            return;
        }
        Instant due = clocks.get(item).attemptsDue().orElseThrow();
        String reason = all(item, "return.reviewed", "return.dispatched").stream()
                .map(f -> f.data().getOrDefault("reasonCode", ""))
                .max(Comparator.naturalOrder())
                .orElse("");
        boolean lawful = returned != null
                && !returned.isAfter(due)
                && Set.of("104", "126").contains(reason);
        if (never(delivered(item)).isAfter(due) && !lawful) {
            List<Instant> tries = tries(item).stream()
                    .filter(t -> !t.isBefore(arrived) && !t.isAfter(due))
                    .toList();
            Set<LocalDate> dates = new TreeSet<>();
            tries.forEach(t -> dates.add(Days.day(t)));
            boolean enough = tries.size() >= 3 && dates.size() >= 2;
            count("three-attempts", arrived, item.county(), enough, now.isAfter(due));
        }
    }

    private void complained(Item item) {
        for (Fact complaint : all(item, "complaint.received")) {
            Instant due = complaint.at().plus(Duration.ofHours(2));
            boolean answered = all(item, "complaint.handled").stream()
                    .anyMatch(h ->
                            h.data().get("complaintNo").equals(complaint.data().get("complaintNo"))
                                    && !h.at().isBefore(complaint.at())
                                    && !h.at().isAfter(due));
            count("complaint-answered", complaint.at(), item.county(), answered, due);
            count("complained-again", complaint.at(), item.county(), again(item, complaint), true);
        }
    }

    /** Whether the same person has one that is open, or was closed less than thirty days ago (A14). */
    private boolean again(Item item, Fact complaint) {
        return known.keySet().stream()
                .filter(i -> i.phone().equals(item.phone()))
                .anyMatch(i -> all(i, "complaint.received").stream()
                        .filter(c -> c.at().isBefore(complaint.at()))
                        .anyMatch(c -> all(i, "anomaly.resolved").stream()
                                .noneMatch(r -> !r.at().isBefore(c.at())
                                        && !Days.over(Days.day(r.at()), 30).isAfter(complaint.at()))));
    }
}
