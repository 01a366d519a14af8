package songda.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.Daytime;
import songda.HubTest;

/** What comes three times and in any order ends where the clean run ends: order, deadlines, effects and facts, row by row. */
class ShuffledTest extends HubTest {

    private static final Instant MORNING =
            OffsetDateTime.parse("2026-05-11T08:00:00+08:00").toInstant();
    private static final int DAYS = 6;

    @BeforeEach
    void morning() {
        clock.set(MORNING, 0);
        alone();
    }

    @AfterEach
    void today() {
        clock.set(Daytime.today(), 1);
    }

    /** Scans by code, an attempt that failed by its reason, and what the desk reports; five minutes apart. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1 | 203 305 389 954 306 702 704 receipt.returned
                    2 | 203 305 389 954 306 702 704 receipt.returned
                    3 | 203 305 306 702 705/101 702 704 receipt.returned
                    4 | 203 305 306 702 705/101 702 705/103 702 704
                    5 | 203 305 306 complaint.received 702 704 complaint.handled
                    6 | 203 305 306 702 704 receipt.wrong receipt.returned
                    7 | 203 305 306 702 704 receipt.wrong receipt.resign-sent receipt.returned
                    8 | 203 305 parcel.damaged 306 702 704
                    9 | 203 305 306 702 704 receipt.posted receipt.lost receipt.returned
                    10 | 203 305 306 702 704 receipt.wrong receipt.resign-sent receipt.wrong receipt.returned
                    """)
    void three_times_and_in_any_order_is_the_same_as_once_and_in_order(long seed, String way) {
        // Two recipients: a second complaint of one person is another matter (R81).
        String clean = walkedTo("139123510%02d".formatted(seed));
        String shuffled = walkedTo("139123520%02d".formatted(seed));
        List<String> events = List.of(way.split(" "));
        List<Runnable> once = new ArrayList<>();
        List<Runnable> thrice = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Instant at = MORNING.plus(Duration.ofMinutes(5L * (i + 1)));
            String event = events.get(i);
            once.add(() -> happens(clean, event, at, 1));
            for (int copy = 1; copy <= 3; copy++) {
                int number = copy;
                thrice.add(() -> happens(shuffled, event, at, number));
            }
        }
        Collections.shuffle(thrice, new Random(seed));
        // After the last of them, and before anything that they begin is due.
        clock.set(MORNING.plus(Duration.ofMinutes(75)), 0);
        once.forEach(Runnable::run);
        thrice.forEach(Runnable::run);
        settled(clean, shuffled);
        // A notice to a person in charge waits a minute, and an hour after the one before.
        clock.set(MORNING.plus(Duration.ofHours(6)), 0);
        same(clean, shuffled, "as it stands");
        for (int hour = 12; hour <= 24 * DAYS; hour += 6) {
            clock.set(MORNING.plus(Duration.ofHours(hour)), 0);
            awaiting(() -> assertThat(count(
                            "select count(*) from deadline where subject in (?, ?) and state = 0 and due_at <= hub_now() and covered_by is null",
                            id(clean),
                            id(shuffled)))
                    .isZero());
            settled(clean, shuffled);
        }
        clock.set(MORNING.plus(Duration.ofHours(24 * DAYS + 6)), 0);
        same(clean, shuffled, "after " + DAYS + " days");
    }

    /** What is owed at this hour has been sent, before the clock goes on: some facts say when that was. */
    private void settled(String clean, String shuffled) {
        awaiting(() -> assertThat(count(
                        "select count(*) from effect where subject in (?, ?) and state <> 'ACCEPTED'"
                                + " and (not_before is null or not_before <= hub_now())",
                        id(clean),
                        id(shuffled)))
                .isZero());
    }

    private void same(String clean, String shuffled, String when) {
        awaiting(() -> {
            assertThat(effects(clean)).allMatch(e -> e.endsWith(":ACCEPTED"));
            assertThat(effects(shuffled)).allMatch(e -> e.endsWith(":ACCEPTED"));
        });
        assertThat(butCases(shuffled)).as(when).isEqualTo(butCases(clean));
        assertThat(openCases(shuffled)).as("cases left open %s", when).isEqualTo(openCases(clean));
    }

    /** A case that a fact opens and a later one closes is not opened at all when the later one comes first. */
    private String butCases(String orderNo) {
        return rows(orderNo)
                .lines()
                .filter(row -> !row.startsWith("inquiry-send-case"))
                .collect(Collectors.joining("\n"));
    }

    private long openCases(String orderNo) {
        return count(
                "select coalesce(sum(case args->>'action' when 'open' then 1 else -1 end), 0) from effect"
                        + " where subject = ? and door = 'inquiry-send-case' and args->>'action' in ('open', 'close')",
                id(orderNo));
    }

    private void happens(String orderNo, String event, Instant at, int copy) {
        int status = event.contains(".")
                ? says("desk", event, orderNo, at).status()
                : post("ems", SCANS, scan(waybill(orderNo), event, at, copy)).status();
        assertThat(status).as(event).isEqualTo(200);
    }

    private static ObjectNode scan(String waybill, String event, Instant at, int copy) {
        String[] code = event.split("/");
        ObjectNode scan = JSON.createObjectNode()
                .put("serialNo", waybill + event + at + copy)
                .put("waybillNo", waybill)
                .put("opCode", code[0])
                .put(
                        "opTime",
                        at.atOffset(java.time.ZoneOffset.ofHours(8))
                                        .toLocalDateTime()
                                        .toString()
                                        .replace('T', ' ') + ":00");
        return code.length == 1 ? scan : scan.put("reasonCode", code[1]);
    }
}
