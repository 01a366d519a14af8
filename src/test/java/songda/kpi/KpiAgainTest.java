package songda.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ConnectionCallback;
import songda.clock.HubClock;

/** Some hundred orders whose facts come in any order, and every number computed again in plain Java from the rows: no SQL is shared but {@code select}. */
class KpiAgainTest {

    private static final int ORDERS = 300;
    private static final List<String> COUNTIES = List.of("330109", "330106", "330302");
    private static final List<String> FACTS = List.of(
            "parcel.accepted",
            "parcel.accepted",
            "parcel.acceptance-retracted",
            "parcel.attempt-failed",
            "parcel.attempt-failed",
            "parcel.attempt-failed",
            "parcel.attempt-failed",
            "parcel.attempt-retracted",
            "parcel.delivered",
            "parcel.delivered",
            "parcel.delivery-retracted",
            "parcel.arrived",
            "parcel.out-for-delivery",
            "contact.made",
            "contact.failed",
            "return.reviewed",
            "return.dispatched",
            "return.mistaken",
            "receipt.posted",
            "receipt.returned",
            "receipt.returned",
            "receipt.retracted",
            "receipt.wrong",
            "receipt.late",
            "receipt.overdue",
            "receipt.lost",
            "receipt.resign-sent",
            "receipt.handed-over",
            "replacement.sealed",
            "parcel.picked-up",
            "order.cancelled",
            "complaint.received",
            "complaint.handled",
            "anomaly.resolved",
            "anomaly.reached-level-3",
            "quality.undelivered",
            "callback.done",
            "label.printed",
            "label.reprint-asked",
            "parcel.in-transit");
    private static final String NOW = "2026-11-05T12:34";
    private static final String ASKED = "2026-11-02T21:00";

    /** @param told it brings its evidence, reason or check; of a review: there were two */
    private record Fact(long id, String name, Instant at, String reason, boolean told) {}

    private record Order(
            long id,
            String county,
            String dest,
            int promise,
            boolean late,
            boolean owesReceipt,
            int phone,
            List<Fact> facts,
            Instant attemptsDue) {

        List<Fact> of(String... names) {
            return facts.stream()
                    .filter(f -> List.of(names).contains(f.name()))
                    .sorted(Comparator.comparing(Fact::at).thenComparing(Fact::id))
                    .toList();
        }

        /** The instant that its promise and its calls are counted from: after 17:00 the next day's (A01). */
        Instant from(Instant accepted) {
            boolean after = accepted.atZone(HubClock.ZONE).toLocalTime().isAfter(LocalTime.of(17, 0));
            return late && after ? accepted.plus(Duration.ofDays(1)) : accepted;
        }

        /** The first of these that no such retraction follows. */
        Fact standing(List<Fact> facts, String... back) {
            List<Fact> backs = of(back);
            return facts.stream()
                    .filter(f -> backs.stream().allMatch(b -> b.at().isBefore(f.at())))
                    .findFirst()
                    .orElse(null);
        }

        List<Instant> attempts() {
            List<Instant> stack = new ArrayList<>();
            facts.stream()
                    .filter(f -> f.name().startsWith("parcel.attempt-"))
                    .sorted(Comparator.comparing(Fact::at)
                            .thenComparing(f -> f.name().endsWith("retracted"))
                            .thenComparing(Fact::id))
                    .forEach(f -> {
                        if (f.name().endsWith("failed")) {
                            stack.add(f.at());
                        } else if (!stack.isEmpty()) {
                            stack.remove(stack.size() - 1);
                        }
                    });
            return stack;
        }
    }

    private final Random random = new Random(20_261_127);
    private final World world = new World().now(NOW).asked(ASKED);
    private final Instant now = World.at(NOW);
    private final Instant asked = World.at(ASKED);
    private final TreeMap<String, TreeMap<String, int[]>> counts = new TreeMap<>();
    private final Set<String> excluded = new HashSet<>();

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, HubClock.ZONE);
    }

    private static Instant end(Instant of, int days) {
        return day(of).plusDays(days + 1L).atStartOfDay(HubClock.ZONE).toInstant();
    }

    private static boolean before(Instant at, Instant bound) {
        return at != null && at.isBefore(bound);
    }

    private static Instant at(Fact fact) {
        return fact == null ? null : fact.at();
    }

    private Order made() {
        String county = COUNTIES.get(random.nextInt(3));
        String dest = COUNTIES.get(random.nextInt(3));
        int promise = 1 + random.nextInt(3);
        boolean owes = random.nextInt(3) > 0;
        int phone = random.nextInt(150);
        boolean late = random.nextInt(3) == 0;
        String receipt = owes ? "PHYSICAL" : "NONE";
        long id = world.order(county, dest, "P" + promise + "D", receipt, phone, late ? "17:00" : null);
        List<Fact> facts = new ArrayList<>();
        Instant start = LocalDateTime.parse("2026-10-01T00:00")
                .plusMinutes(random.nextInt(60 * 24 * 34))
                .atZone(HubClock.ZONE)
                .toInstant();
        facts.add(put(id, "parcel.accepted", start));
        int many = random.nextInt(16);
        for (int i = 0; i < many; i++) {
            facts.add(put(
                    id,
                    FACTS.get(random.nextInt(FACTS.size())),
                    // Half hours, so that two things often happen in one instant.
                    start.plus(Duration.ofMinutes(30L * random.nextInt(48 * 9) - 60))));
        }
        Order order = new Order(id, county, dest, promise, late, owes, phone, facts, null);
        Fact arrived = last(order.of("parcel.arrived"));
        if (arrived == null || random.nextInt(5) == 0) {
            return order;
        }
        LocalDate due = day(arrived.at());
        for (int worked = 0; worked < 5; ) {
            due = due.plusDays(1);
            worked += due.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0 ? 0 : 1;
        }
        world.deadlineOfAttempts(id, arrived.id(), "2026-10-01T00:00", due + "T23:59:59", random.nextBoolean());
        return new Order(id, county, dest, promise, late, owes, phone, facts, World.at(due + "T23:59:59"));
    }

    private static Fact last(List<Fact> facts) {
        Fact last = null;
        for (Fact fact : facts) {
            last = fact;
        }
        return last;
    }

    private Fact put(long order, String name, Instant at) {
        String reason =
                name.equals("return.dispatched") ? List.of("103", "104", "126").get(random.nextInt(3)) : null;
        boolean told = random.nextBoolean();
        String data =
                switch (name) {
                    case "return.reviewed" ->
                        "{\"firstReviewer\":\"P1\",\"secondReviewer\":\"" + (told ? "P2" : "P1") + "\"}";
                    case "return.dispatched" -> "{\"reasonCode\":\"" + reason + "\"}";
                    case "parcel.attempt-failed" -> told ? "{\"reasonCode\":\"103\"}" : "{}";
                    case "parcel.out-for-delivery" -> told ? "{\"packing\":\"INTACT\"}" : "{}";
                    case "parcel.delivered" -> told ? World.PROVED : "{\"signer\":\"本人\"}";
                    default -> "{}";
                };
        return new Fact(world.fact(order, name, at, data), name, at, reason, told);
    }

    private void count(String kpi, Order order, String county, Instant day, boolean met, Instant due) {
        count(kpi, order, county, day, met, !now.isBefore(due));
    }

    private void count(String kpi, Order order, String county, Instant day, boolean met, boolean ripe) {
        int[] numbers = counts.computeIfAbsent(kpi, k -> new TreeMap<>())
                .computeIfAbsent(day(day) + " " + county, k -> new int[4]);
        if (excluded.contains(kpi + order.id()) || excluded.contains("*" + order.id())) {
            numbers[3]++;
        } else if (!ripe) {
            numbers[2]++;
        } else {
            numbers[0] += met ? 1 : 0;
            numbers[1]++;
        }
    }

    @Test
    void every_number_is_the_same_when_it_is_computed_again() {
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            orders.add(made());
        }
        for (Order order : orders.subList(0, 30)) {
            String kpi = random.nextBoolean() ? "*" : "delivered-3d";
            excluded.add(kpi + order.id());
            world.db.update(
                    "insert into kpi_exclusion (kpi, subject, reason, who, approver) values (?, ?, '台风', 'desk', 'P1')",
                    kpi,
                    order.id());
        }
        for (Order order : orders) {
            posted(order);
            delivered(order);
            others(order, orders);
            collected(order);
            handed(order);
        }
        for (String unit : List.of("U1", "U2", "U3")) {
            rounds(unit);
        }
        for (int i = 0; i < 40; i++) {
            visits(i);
            prices(i);
        }
        TreeMap<String, TreeMap<String, String>> expected = new TreeMap<>();
        counts.forEach((kpi, byDay) -> byDay.forEach((key, n) -> expected.computeIfAbsent(kpi, k -> new TreeMap<>())
                .put(key, "%d/%d +%d -%d".formatted(n[0], n[1], n[2], n[3]))));
        world.db.execute("analyze");
        assertThat(world.all("")).isEqualTo(expected);
        // The random orders reach both verdicts of each, and what is not judged yet.
        assertThat(counts).hasSizeGreaterThan(20);
        counts.forEach((kpi, byDay) -> assertThat(
                        byDay.values().stream().mapToInt(n -> n[1]).sum())
                .as(kpi)
                .isPositive());
    }

    private void posted(Order order) {
        Fact accepted = order.standing(order.of("parcel.accepted"), "parcel.acceptance-retracted");
        if (accepted == null) {
            return;
        }
        Instant on = accepted.at();
        Instant delivered = at(order.standing(order.of("parcel.delivered"), "parcel.delivery-retracted"));
        List<Instant> attempts = order.attempts();
        Instant failed = attempts.isEmpty() ? null : attempts.get(0);
        Instant first = earlier(failed, delivered);
        String promise = order.promise() < 3 ? "promise-t" + order.promise() : "promise-other";
        Instant from = order.from(on);
        Instant promised = end(from, order.promise());
        count(promise, order, order.county(), on, before(first, promised), promised);
        for (int days : new int[] {3, 5, 7}) {
            count(
                    "delivered-" + days + "d",
                    order,
                    order.county(),
                    on,
                    before(delivered, end(on, days)),
                    end(on, days));
        }
        List<Fact> returns = order.of("return.dispatched");
        Instant returned = returns.isEmpty() ? null : returns.get(0).at();
        count("returned", order, order.county(), on, before(returned, end(on, 15)), end(on, 15));
        List<Fact> complaints = order.of("complaint.received");
        boolean complained = !complaints.isEmpty() && complaints.get(0).at().isBefore(end(on, 15));
        count("complained", order, order.county(), on, complained, end(on, 15));
        if (order.owesReceipt()) {
            count("receipt-per-accepted", order, order.county(), on, before(back(order), end(on, 15)), end(on, 15));
        }
        List<Fact> calls = order.of("callback.done");
        if (before(delivered, end(from, 2))) {
            boolean called = calls.stream().anyMatch(c -> c.at().isBefore(end(from, 3)));
            count("call-delivered", order, order.dest(), on, called, end(from, 3));
        }
        List<Fact> noticed = order.of("quality.undelivered");
        Instant cause =
                earlier(failed, noticed.isEmpty() ? null : noticed.get(0).at());
        if (cause != null && !before(returned, end(cause, 1))) {
            boolean called = calls.stream().anyMatch(c -> !c.at().isBefore(cause) && c.at().isBefore(end(cause, 1)));
            count("call-undelivered", order, order.dest(), on, called, end(cause, 1));
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null ? other : other == null || one.isBefore(other) ? one : other;
    }

    private static Instant back(Order order) {
        return at(order.standing(
                order.of("receipt.returned"),
                "receipt.retracted",
                "parcel.delivery-retracted",
                "receipt.wrong",
                "receipt.lost",
                "receipt.damaged",
                "receipt.resign-sent"));
    }

    private void delivered(Order order) {
        Fact delivered = order.standing(order.of("parcel.delivered"), "parcel.delivery-retracted");
        if (delivered == null) {
            return;
        }
        Instant on = delivered.at();
        boolean tried = order.attempts().stream().anyMatch(a -> !a.isAfter(on));
        count("first-attempt", order, order.county(), on, !tried, true);
        boolean proved = order.of("parcel.delivered").stream().anyMatch(d -> d.told() && !d.at().isBefore(on));
        count("delivery-proved", order, order.county(), on, proved, true);
        boolean called = order.of("contact.made", "contact.failed").stream().anyMatch(c -> !c.at().isAfter(on));
        count("called-first", order, order.county(), on, called, true);
        Fact accepted = order.standing(order.of("parcel.accepted"), "parcel.acceptance-retracted");
        if (accepted != null) {
            boolean kept = on.isBefore(end(order.from(accepted.at()), order.promise()));
            count("delivered-in-promise", order, order.county(), on, kept, true);
        }
        if (order.owesReceipt()) {
            Instant info = at(order.standing(
                    order.of("receipt.posted", "receipt.returned"), "receipt.retracted", "parcel.delivery-retracted"));
            receipt("receipt-in-time", order, on, info, end(on, 2));
            receipt("receipt-per-due", order, on, back(order), end(on, 7));
        }
    }

    private void receipt(String kpi, Order order, Instant on, Instant came, Instant due) {
        count(
                kpi,
                order,
                order.county(),
                on,
                before(came, due),
                !now.isBefore(due) && !asked.isBefore(due.minusSeconds(1)));
    }

    private void others(Order order, List<Order> all) {
        Fact delivered = order.standing(order.of("parcel.delivered"), "parcel.delivery-retracted");
        List<Fact> returns = order.of("return.dispatched");
        Fact arrived = last(order.of("parcel.arrived"));
        if (arrived != null && order.attemptsDue() != null) {
            Instant due = order.attemptsDue();
            String reason = order.of("return.reviewed", "return.dispatched").stream()
                    .map(Fact::reason)
                    .filter(r -> r != null)
                    .max(Comparator.naturalOrder())
                    .orElse("");
            boolean gone = delivered != null && !delivered.at().isAfter(due);
            boolean lawful = !returns.isEmpty()
                    && !returns.get(0).at().isAfter(due)
                    && Set.of("104", "126").contains(reason);
            if (!gone && !lawful) {
                List<Instant> tries = order.attempts().stream()
                        .filter(a -> !a.isBefore(arrived.at()) && !a.isAfter(due))
                        .toList();
                boolean enough = tries.size() >= 3
                        && tries.stream().map(KpiAgainTest::day).distinct().count() >= 2;
                count("three-attempts", order, order.county(), arrived.at(), enough, now.isAfter(due));
            }
        }
        if (!returns.isEmpty()) {
            Instant on = returns.get(0).at();
            boolean two = order.of("return.reviewed").stream().anyMatch(r -> r.told() && !r.at().isAfter(on));
            count("two-reviewers", order, order.county(), on, two, true);
            Instant due = end(on, 15);
            boolean mistaken = order.of("return.mistaken").stream().anyMatch(m -> m.at().isBefore(due));
            count("returned-mistakenly", order, order.county(), on, mistaken, due);
        }
        Fact chased = order.standing(
                order.of("receipt.overdue", "receipt.wrong", "receipt.late"), "parcel.delivery-retracted");
        if (chased != null) {
            Instant due = end(chased.at(), 3);
            count("chase-closed", order, order.county(), chased.at(), before(back(order), due), due);
        }
        List<Fact> told = order.of("receipt.posted", "receipt.returned", "receipt.wrong");
        if (!told.isEmpty()) {
            Instant due = end(told.get(0).at(), 15);
            List<Fact> again = order.of("receipt.resign-sent");
            boolean resigned = !again.isEmpty() && again.get(0).at().isBefore(due);
            count("re-signed", order, order.county(), told.get(0).at(), resigned, due);
        }
        for (Fact complaint : order.of("complaint.received")) {
            Instant due = complaint.at().plus(Duration.ofHours(2));
            boolean answered = order.of("complaint.handled").stream()
                    .anyMatch(h -> !h.at().isBefore(complaint.at()) && !h.at().isAfter(due));
            count("complaint-answered", order, order.county(), complaint.at(), answered, due);
            count(
                    "complained-again",
                    order,
                    order.county(),
                    complaint.at(),
                    repeated(order, complaint, all),
                    complaint.at());
        }
        List<Instant> attempts = order.attempts();
        order.of("parcel.attempt-failed").stream()
                .filter(a -> attempts.contains(a.at()))
                .forEach(a -> count("reason-told", order, order.county(), a.at(), a.told(), true));
        order.of("parcel.out-for-delivery")
                .forEach(o -> count("packing-checked", order, order.county(), o.at(), o.told(), true));
        for (Fact reached : order.of("anomaly.reached-level-3")) {
            count("level-3", order, order.county(), reached.at(), true, true);
        }
        List<Fact> labels = order.of("label.printed");
        if (!labels.isEmpty()) {
            Instant due = end(labels.get(0).at(), 1);
            boolean again = order.of("label.reprint-asked").stream().anyMatch(f -> f.at().isBefore(due));
            count("label-reprinted", order, order.county(), labels.get(0).at(), again, due);
        }
    }

    private void collected(Order order) {
        List<Fact> collections = order.of("parcel.picked-up");
        if (collections.isEmpty()) {
            return;
        }
        Fact since = order.standing(collections, "parcel.acceptance-retracted");
        Instant on = since == null ? collections.get(0).at() : since.at();
        Instant due = on.plus(Duration.ofHours(2));
        Instant accepted = at(order.standing(order.of("parcel.accepted"), "parcel.acceptance-retracted"));
        boolean cancelled = order.of("order.cancelled").stream().anyMatch(c -> c.at().isBefore(due));
        if (accepted != null || !cancelled) {
            count("entered-in-time", order, order.county(), on, accepted != null && !accepted.isAfter(due), due);
        }
    }

    private void handed(Order order) {
        String[] anew = {"parcel.delivery-retracted", "receipt.resign-sent"};
        Instant ready = earlier(back(order), at(order.standing(order.of("replacement.sealed"), anew)));
        if (ready != null && order.owesReceipt()) {
            Instant handed = at(order.standing(order.of("receipt.handed-over"), anew));
            count("receipt-handed-over", order, order.county(), ready, before(handed, end(ready, 15)), end(ready, 15));
        }
    }

    /** About no order: nothing of it is left out. */
    private void countOf(String kpi, LocalDate day, String county, boolean met, boolean ripe) {
        int[] numbers =
                counts.computeIfAbsent(kpi, k -> new TreeMap<>()).computeIfAbsent(day + " " + county, k -> new int[4]);
        numbers[0] += ripe && met ? 1 : 0;
        numbers[ripe ? 1 : 2]++;
    }

    /** Up to three rounds on each of a month's days, in a town or not. */
    private void rounds(String unit) {
        Set<LocalDate> any = new HashSet<>();
        Set<LocalDate> town = new HashSet<>();
        Map<LocalDate, Set<String>> said = new HashMap<>();
        for (LocalDate day = LocalDate.of(2026, 10, 6); day.isBefore(day(now)); day = day.plusDays(1)) {
            long subject = world.subject("round:" + unit + "-" + day);
            for (int i = random.nextInt(4); i > 0; i--) {
                String round = List.of("AM", "PM").get(random.nextInt(2));
                boolean rural = random.nextInt(5) == 0;
                Instant at =
                        day.atTime(random.nextInt(24), 0).atZone(HubClock.ZONE).toInstant();
                world.fact(
                        subject,
                        "round.opened",
                        at,
                        "{\"unit\":\"%s\",\"county\":\"330106\",\"round\":\"%s\",\"area\":\"%s\"}"
                                .formatted(unit, round, rural ? "RURAL" : "TOWN"));
                any.add(day);
                said.computeIfAbsent(day, d -> new HashSet<>()).add(round);
                if (!rural) {
                    town.add(day);
                }
            }
        }
        town.forEach(day -> countOf("two-rounds", day, "330106", said.get(day).size() >= 2, day.isBefore(day(now))));
        town.stream()
                .map(day -> day.plusDays(1))
                .filter(day -> !any.contains(day) && !day.isAfter(day(now)))
                .forEach(day -> countOf("two-rounds", day, "330106", false, day.isBefore(day(now))));
    }

    private void visits(int no) {
        long unit = world.subject("client:11330302MB" + no);
        Set<Integer> made = new HashSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int visit = random.nextInt(5);
            int day = random.nextInt(40); // from 25 September to 3 November
            Instant at = LocalDate.of(2026, 9, 25)
                    .plusDays(day)
                    .atStartOfDay(HubClock.ZONE)
                    .toInstant();
            world.fact(unit, "visit.made", at, "{\"visitNo\":\"V" + visit + "\"}");
            if (day(at).getMonthValue() == 10) {
                made.add(visit);
            }
        }
        if (random.nextInt(4) > 0) {
            String told = made.size() < 2 ? "visits.missing" : "visits.kept";
            world.fact(unit, told, World.at("2026-11-01T09:00"), "{\"need\":2}");
            countOf("two-visits", LocalDate.of(2026, 10, 31), "330302", made.size() >= 2, true);
        }
    }

    private void prices(int no) {
        long price = world.subject("tariff:11330109MB" + no + "-POSTAGE");
        Map<Month, LocalDate> first = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            LocalDate day = LocalDate.of(2026, 8, 30).plusDays(random.nextInt(60));
            Instant at = day.atStartOfDay(HubClock.ZONE).toInstant();
            world.fact(price, "tariff.above-reference", at, "{\"unit\":\"11330109MB" + no + "\"}");
            first.merge(day.getMonth(), day, (one, other) -> one.isBefore(other) ? one : other);
        }
        first.values().forEach(day -> countOf("price-above-reference", day, "330109", true, true));
    }

    private static boolean repeated(Order order, Fact complaint, List<Order> all) {
        Predicate<Fact> earlier =
                c -> c.at().isBefore(complaint.at()) || c.at().equals(complaint.at()) && c.id() < complaint.id();
        return all.stream().filter(o -> o.phone() == order.phone()).anyMatch(o -> o.of("complaint.received").stream()
                .filter(earlier)
                .anyMatch(c -> o.of("anomaly.resolved").stream()
                        .noneMatch(r ->
                                !r.at().isBefore(c.at()) && !end(r.at(), 30).isAfter(complaint.at()))));
    }

    @Test
    void days_are_asked_for_by_an_index() {
        String plan = world.db.execute((ConnectionCallback<String>) c -> {
            try (var statement = c.createStatement()) {
                statement.execute("set enable_seqscan = off");
                StringBuilder lines = new StringBuilder();
                try (var rows = statement.executeQuery(
                        "explain select * from kpi_day where day between '2026-10-01' and '2026-10-02'")) {
                    while (rows.next()) {
                        lines.append(rows.getString(1)).append('\n');
                    }
                }
                return lines.toString();
            }
        });
        assertThat(plan)
                .contains("Index Scan on fact_kpi_day", "fact_kpi_more_day", "fact_kpi_round", "fact_kpi_round_after")
                .contains("fact_kpi_visits", "fact_kpi_tariff")
                .doesNotContain("Seq Scan on fact");
    }
}
