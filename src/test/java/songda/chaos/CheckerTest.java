package songda.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import songda.chaos.Evidence.Deadline;
import songda.chaos.Evidence.Effect;
import songda.chaos.Evidence.FactRow;

/** Two orders on their way, drawn by hand: nothing is wrong with them until something is planted. */
class CheckerTest {

    private static final Instant WALL = Instant.parse("2026-03-03T02:00:00Z");
    private final List<FactRow> facts = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Evidence.Try> tries = new ArrayList<>();
    private long number = 100;

    @Test
    void nothing_is_found_where_nothing_is_wrong() {
        assertThat(Checker.check(evidence())).isEmpty();
    }

    @Test
    void each_crime_that_is_planted_is_named() {
        assertThat(Planted.unseen(evidence())).isEmpty();
    }

    @Test
    void what_leaks_or_never_settles_is_named() {
        Evidence clean = evidence();
        Evidence stained = new Evidence(
                clean.hubNow(),
                clean.stretches(),
                clean.orders(),
                clean.facts(),
                clean.effects(),
                clean.deadlines(),
                clean.letters(),
                clean.tries(),
                clean.lines(),
                Set.of(1L),
                List.of("hub-1.log, 3 times"),
                Map.of("hub-1 threads", 9_000L),
                Map.of(),
                List.of(new Episode("F6", WALL, WALL, null, Duration.ZERO, null)),
                List.of("RETRY at sms-send-notice × 4"));
        assertThat(Checker.check(stained).stream().map(Violation::invariant)).contains("I9", "I11", "I12", "I13");
    }

    @Test
    void a_leap_of_the_clock_is_laid_on_the_wall() {
        List<FastClock.Stretch> stretches = List.of(
                new FastClock.Stretch(WALL, WALL, 600),
                new FastClock.Stretch(WALL.plusSeconds(10), WALL.plusSeconds(6_000 + 3_600), 600));
        assertThat(FastClock.wall(stretches, WALL.plusSeconds(600))).isEqualTo(WALL.plusSeconds(1));
        assertThat(FastClock.wall(stretches, WALL.plusSeconds(7_000))).isEqualTo(WALL.plusSeconds(10));
        assertThat(FastClock.wall(stretches, WALL.plusSeconds(9_600 + 1_200))).isEqualTo(WALL.plusSeconds(12));
    }

    private Evidence evidence() {
        List<Evidence.Order> orders = List.of(order(1), order(2));
        long fired = ++number;
        long report = fact(1, "receipt.overdue", "kit", "deadline-" + fired, WALL.plusSeconds(172_800));
        owe(1, report, "sms-send-alert", "contact:a");
        return new Evidence(
                WALL.plusSeconds(200_000),
                List.of(new FastClock.Stretch(WALL, WALL, 600)),
                orders,
                facts,
                effects,
                List.of(new Deadline(
                        1,
                        fired,
                        "receipt",
                        "overdue",
                        5,
                        WALL,
                        WALL.plusSeconds(172_700),
                        "FIRED",
                        WALL,
                        WALL.plusSeconds(172_800),
                        true)),
                List.of(),
                tries,
                lines,
                facts.stream().map(FactRow::id).collect(java.util.stream.Collectors.toSet()),
                List.of(),
                Map.of("hub-1 threads", 90L),
                Map.of(),
                List.of(),
                List.of());
    }

    private Evidence.Order order(long id) {
        String no = "CHAOS" + id;
        String waybill = "100000000000" + id;
        tries.add(new Evidence.Try("order", no, 201));
        owe(id, fact(id, "order.received", "gov", no, WALL), "postal-send-order", "");
        hear("postal", "order", no, waybill);
        long assigned = fact(id, "waybill.assigned", "postal", "order-" + no, WALL);
        owe(id, assigned, "printer-print-label", "");
        hear("printer", "label", waybill, "whole ");
        status(id, no, assigned);
        owe(id, fact(id, "label.printed", "printer", "label-" + no, WALL), "postal-request-pickup", "");
        hear("postal", "pickup", waybill, "PK" + id);
        for (String scan : List.of("203 parcel.accepted", "305 parcel.in-transit", "704 parcel.delivered")) {
            String key = waybill + "/" + scan.substring(0, 3) + "/2026-03-03 10:00:00";
            tries.add(new Evidence.Try("scan", key, 200));
            long fact = fact(id, scan.substring(4), "postal", key, WALL);
            status(id, no, fact);
            if (scan.startsWith("203")) {
                owe(id, fact, "sms-send-notice", "recipient");
            }
        }
        return new Evidence.Order(id, no, waybill, id == 1 ? "PHYSICAL" : "NONE", "DELIVERED", "NONE");
    }

    private void status(long order, String no, long fact) {
        owe(order, fact, "gov-send-status", "");
        hear("gov", "status", no + "-" + fact, "digest");
    }

    private long fact(long subject, String name, String source, String sourceId, Instant recorded) {
        facts.add(new FactRow(subject, ++number, name, source, sourceId, recorded, recorded));
        return number;
    }

    private void owe(long subject, long fact, String door, String addressee) {
        effects.add(new Effect(subject, ++number, fact, door, addressee, "ACCEPTED", 1, null, null, false, null));
        if (door.startsWith("sms")) {
            hear("sms", "sms", "" + number, "");
        }
    }

    private void hear(String partner, String op, String key, String what) {
        lines.add(new Line(partner, WALL.plusSeconds(300), op, key, 200, "", what));
    }
}
