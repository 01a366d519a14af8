package songda.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import songda.Daytime;
import songda.HubTest;
import songda.fact.FactIntake;

/** The promise that a receipt comes back (R63, R67, R83-R86), on a clock that stands where the test puts it. */
class ReceiptLadderTest extends HubTest {

    private static final Instant DELIVERED = time("2026-09-30T15:00:00+08:00");
    private static final Instant DUE = time("2026-10-02T23:59:59+08:00");

    @Autowired
    FactIntake intake;

    private static Instant time(String iso) {
        return OffsetDateTime.parse(iso).toInstant();
    }

    @BeforeEach
    void morning() {
        clock.set(time("2026-09-30T09:00:00+08:00"), 0);
        alone();
        // Other tests have moved on; what was asked then proves nothing now.
        db.sql("update coverage set covered_until = ?::timestamptz")
                .param(DELIVERED.toString())
                .update();
    }

    @AfterEach
    void today() {
        clock.set(Daytime.today(), 1);
    }

    private String delivered() {
        String orderNo = walked();
        clock.set(DELIVERED, 0);
        assertThat(says("desk", "parcel.delivered", orderNo, DELIVERED).status())
                .isEqualTo(200);
        return orderNo;
    }

    /** Moves the clock; when this returns, all that was due for these orders has been recorded. */
    private void at(Instant now, String... orders) {
        clock.set(now, 0);
        for (String orderNo : orders) {
            awaiting(() -> assertThat(count(
                            """
                                    select count(*) from deadline d where subject = ? and state = 0 and due_at <= hub_now()
                                    and (covered_by is null or due_at <= (select covered_until from coverage c where c.system = d.covered_by))""",
                            id(orderNo)))
                    .isZero());
        }
    }

    /** The 85 system was read up to here. */
    private void pulled(Instant until) {
        ObjectNode fact = JSON.createObjectNode();
        fact.put("fact", "receipts.pulled")
                .put("id", "test-" + newOrderNo() + until)
                .put("at", until + "");
        fact.putObject("about").put("subject", "system:receipt85");
        fact.putObject("data").put("until", until + "");
        intake.record(
                fact, new FactIntake.Origin(Optional.empty(), "receipt85", "test", Optional.empty(), "receipt85-test"));
    }

    private void pulledAndAt(Instant now, String... orders) {
        clock.set(now, 0);
        pulled(now);
        at(now, orders);
    }

    private Instant happened(String orderNo, String fact) {
        return db.sql("select happened_at from fact where subject = ? and name = ? order by id desc limit 1")
                .params(id(orderNo), fact)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private long open(String orderNo) {
        return count("select count(*) from deadline where subject = ? and state = 0", id(orderNo));
    }

    /** Found by a month of 20,000 orders: the 85 system had been silent for two days. */
    @Test
    void a_receipt_that_is_heard_of_late_ends_its_levels_although_another_matter_was_settled_since() {
        String orderNo = delivered();
        says("desk", "receipt.wrong", orderNo, DELIVERED.plus(Duration.ofMinutes(10)));
        says("desk", "complaint.received", orderNo, DELIVERED.plus(Duration.ofMinutes(20)));
        clock.set(DELIVERED.plus(Duration.ofMinutes(40)), 0);
        says("desk", "responsibility.found", orderNo, clock.instant());
        assertThat(says("desk", "anomaly.resolved", orderNo, clock.instant()).status())
                .isEqualTo(200);
        at(DELIVERED.plus(Duration.ofHours(80)), orderNo);
        assertThat(anomaly(orderNo)).isEqualTo("LEVEL1");
        says("desk", "receipt.returned", orderNo, DELIVERED.plus(Duration.ofMinutes(30)));
        assertThat(anomaly(orderNo)).isEqualTo("NONE");
    }

    private String anomaly(String orderNo) {
        return db.sql("select anomaly from orders where id = ?")
                .param(id(orderNo))
                .query(String.class)
                .single();
    }

    @Test
    void overdue_is_said_after_the_second_day_and_only_when_the_85_system_was_asked_that_far() {
        String orderNo = delivered();
        String other = walked();
        says("desk", "receipt.wrong", other, DUE.minus(Duration.ofHours(24)).plusSeconds(1));
        pulledAndAt(DUE.minusSeconds(1), orderNo);
        assertThat(facts(orderNo)).doesNotContain("receipt.overdue");
        // The other's deadline falls due a second later: when it is recorded, this one has been passed over.
        at(DUE.plusSeconds(1), other);
        awaiting(() -> assertThat(facts(other)).contains("anomaly.reached-level-3"));
        assertThat(facts(orderNo)).doesNotContain("receipt.overdue");
        pulledAndAt(DUE.plusSeconds(2), orderNo);
        assertThat(facts(orderNo)).containsOnlyOnce("receipt.overdue");
        assertThat(happened(orderNo, "receipt.overdue")).isEqualTo(DUE);
        awaiting(() -> assertThat(facts(orderNo)).contains("chase.opened"));
    }

    @Test
    void a_receipt_one_second_before_the_end_stops_the_chase() {
        String orderNo = delivered();
        clock.set(DUE.minusSeconds(1), 0);
        says("desk", "receipt.returned", orderNo, DUE.minusSeconds(1));
        pulledAndAt(DUE.plus(Duration.ofDays(10)), orderNo);
        assertThat(facts(orderNo)).doesNotContain("receipt.overdue").contains("receipt.returned");
        assertThat(effects(orderNo)).noneMatch(e -> e.startsWith("inquiry"));
        assertThat(open(orderNo)).isZero();
    }

    @Test
    void a_receipt_one_second_after_the_end_closes_the_chase_that_was_opened() {
        String orderNo = delivered();
        pulledAndAt(DUE, orderNo);
        assertThat(facts(orderNo)).contains("receipt.overdue");
        clock.set(DUE.plusSeconds(1), 0);
        says("desk", "receipt.returned", orderNo, DUE.plusSeconds(1));
        pulledAndAt(DUE.plus(Duration.ofDays(10)), orderNo);
        assertThat(facts(orderNo)).noneMatch(f -> f.startsWith("anomaly")).doesNotContain("chase.reminder-due");
        awaiting(() -> assertThat(PARTNERS.calls("/inquiry/chases/close", waybill(orderNo)))
                .hasSize(1));
        assertThat(open(orderNo)).isZero();
    }

    @Test
    void without_a_receipt_it_climbs_to_the_right_people_at_24_48_and_72_hours() {
        String orderNo = delivered();
        pulledAndAt(DUE, orderNo);
        level(orderNo, 24, "3", "hz-gm", "anomaly.reached-level-3");
        assertThat(facts(orderNo)).containsOnlyOnce("chase.reminder-due");
        level(orderNo, 48, "2", "zj-affairs", "anomaly.reached-level-2");
        assertThat(facts(orderNo)).contains("anomaly.level-3-unfinished");
        assertThat(facts(orderNo).stream().filter("chase.reminder-due"::equals)).hasSize(2);
        level(orderNo, 72, "1", "zj-deputy", "anomaly.reached-level-1");
        reached(orderNo, 120, "anomaly.level-2-unfinished");
        reached(orderNo, 192, "anomaly.level-1-unfinished");
        assertThat(open(orderNo)).isZero();
        clock.set(DUE.plus(Duration.ofHours(203)), 0); // by day: at night nothing is sent to a recipient
        String waybill = waybill(orderNo);
        awaiting(() -> assertThat(effects(orderNo)).allMatch(e -> e.endsWith(":ACCEPTED")));
        assertThat(PARTNERS.calls("/inquiry/chases", waybill)).hasSize(1);
        assertThat(PARTNERS.calls("/inquiry/chases/remind", waybill)).hasSize(2);
        assertThat(PARTNERS.calls("/ticket/create", orderNo))
                .singleElement()
                .satisfies(c -> assertThat(c.json().path("Owner").asText()).isEqualTo("hz-gm"));
        assertThat(PARTNERS.calls("/ticket/raise", orderNo))
                .filteredOn(c -> c.json().has("Owner"))
                .extracting(c -> c.json().path("Owner").asText() + " "
                        + c.json().path("Priority").asText())
                .containsExactly("zj-affairs 80", "zj-deputy 100");
        assertThat(PARTNERS.calls("/ticket/comment", orderNo)).hasSize(6);
        assertThat(PARTNERS.calls("/sms/SendSms", waybill))
                .extracting(c -> c.json().path("PhoneNumbers").asText() + " "
                        + c.json().path("TemplateCode").asText())
                .containsExactlyInAnyOrder(
                        "13812345678 SMS_ZW_DELIVERED",
                        "19900000802 SMS_ZW_CHASE",
                        "19900000201 SMS_ZW_LEVEL3",
                        "19900000301 SMS_ZW_LEVEL2",
                        "19900000401 SMS_ZW_LEVEL1",
                        "19900000201 SMS_ZW_UNFINISHED",
                        "19900000301 SMS_ZW_UNFINISHED",
                        "19900000401 SMS_ZW_UNFINISHED");
        assertThat(PARTNERS.letters(waybill))
                .extracting(l -> l.substring(0, l.indexOf('：')))
                .containsExactlyInAnyOrder(
                        "hz-gm@songda.example 三级预案", "zj-affairs@songda.example 二级预案", "zj-deputy@songda.example 一级预案");
    }

    private void level(String orderNo, int hours, String level, String contact, String fact) {
        reached(orderNo, hours, fact);
        assertThat(effects(orderNo))
                .filteredOn(e -> e.contains(">contact:" + contact + ":"))
                .extracting(e -> e.substring(0, e.indexOf('>')))
                .contains("ticket-send-entry", "mail-send-escalation", "sms-send-alert");
        assertThat(count(
                        """
                        select count(*) from effect e join fact f on f.subject = e.subject and f.id = e.fact_id
                        where e.subject = ? and f.name = ? and e.args->>'level' = ?""",
                        id(orderNo),
                        fact,
                        level))
                .isEqualTo(2);
        // Before the next one falls due, or both would go in one message.
        clock.set(DUE.plus(Duration.ofHours(hours)).plus(Duration.ofMinutes(2)), 0);
        awaiting(() -> assertThat(effects(orderNo)).contains("sms-send-alert>contact:" + contact + ":ACCEPTED"));
    }

    private void reached(String orderNo, int hours, String fact) {
        Instant due = DUE.plus(Duration.ofHours(hours));
        at(due.minusSeconds(1), orderNo);
        assertThat(facts(orderNo)).doesNotContain(fact);
        at(due, orderNo);
        assertThat(facts(orderNo)).containsOnlyOnce(fact);
        assertThat(happened(orderNo, fact)).isEqualTo(due);
    }

    @Test
    void a_receipt_in_the_middle_of_the_climb_closes_everything_and_tells_the_office() {
        String orderNo = delivered();
        pulledAndAt(DUE, orderNo);
        Instant second = DUE.plus(Duration.ofHours(50));
        at(second, orderNo);
        assertThat(facts(orderNo)).contains("anomaly.reached-level-2");
        says("desk", "receipt.returned", orderNo, second);
        // What is still open is the duty to tell the office, until its letter was taken.
        awaiting(() -> assertThat(open(orderNo)).isZero());
        int recorded = facts(orderNo).size();
        pulledAndAt(DUE.plus(Duration.ofDays(30)).plus(Duration.ofHours(10)), orderNo);
        awaiting(() -> assertThat(effects(orderNo)).allMatch(e -> e.endsWith(":ACCEPTED")));
        assertThat(facts(orderNo).stream()
                        .filter(f -> !List.of("chase.opened", "feedback.given").contains(f)))
                .hasSizeLessThanOrEqualTo(recorded);
        assertThat(facts(orderNo)).doesNotContain("anomaly.reached-level-1");
        assertThat(PARTNERS.calls("/inquiry/chases/close", waybill(orderNo))).hasSize(1);
        assertThat(PARTNERS.calls("/ticket/comment", orderNo))
                .filteredOn(c -> c.json().path("Status").asText().equals("resolved"))
                .hasSize(1);
        assertThat(PARTNERS.letters(waybill(orderNo)))
                .filteredOn(l -> l.startsWith("xs-hall@") && l.contains("处理结果"))
                .hasSize(1);
    }

    @Test
    void a_wrong_receipt_is_chased_at_once() {
        String orderNo = delivered();
        Instant soon = DELIVERED.plusSeconds(60);
        clock.set(soon, 0);
        says("desk", "receipt.wrong", orderNo, soon);
        awaiting(() -> assertThat(PARTNERS.calls("/inquiry/chases", waybill(orderNo)))
                .extracting(c -> c.json().path("reason").asText())
                .containsExactly("WRONG_CONTENT"));
        pulledAndAt(soon.plus(Duration.ofHours(24)), orderNo);
        assertThat(facts(orderNo)).contains("anomaly.reached-level-3").doesNotContain("receipt.overdue");
        assertThat(count(
                        "select count(*) from deadline where subject = ? and ladder = 'receipt' and state = 0",
                        id(orderNo)))
                .isZero();
    }

    @Test
    void a_second_delivery_after_a_closed_receipt_opens_a_new_climb() {
        String orderNo = delivered();
        Instant back = DELIVERED.plus(Duration.ofHours(5));
        says("desk", "receipt.returned", orderNo, back);
        assertThat(open(orderNo)).isZero();
        Instant again = DELIVERED.plus(Duration.ofDays(3));
        clock.set(again, 0);
        says("desk", "parcel.delivered", orderNo, again);
        assertThat(open(orderNo)).isEqualTo(1);
        pulledAndAt(DUE.plus(Duration.ofDays(3)), orderNo);
        assertThat(facts(orderNo)).containsOnlyOnce("receipt.overdue");
    }

    @Test
    void a_receipt_that_is_told_before_its_delivery_is_never_chased() {
        String orderNo = walked();
        clock.set(DELIVERED.plus(Duration.ofHours(6)), 0);
        says("desk", "receipt.returned", orderNo, DELIVERED.plus(Duration.ofHours(5)));
        says("desk", "parcel.delivered", orderNo, DELIVERED);
        assertThat(open(orderNo)).isZero();
        pulledAndAt(DUE.plus(Duration.ofDays(10)), orderNo);
        assertThat(facts(orderNo)).doesNotContain("receipt.overdue");
    }

    @Test
    void no_receipt_is_awaited_where_none_is_due() {
        for (String receipt : List.of("NONE", "ELECTRONIC")) {
            String orderNo = newOrderNo();
            post("zjzwfw", ORDERS, order(orderNo).put("receipt", receipt));
            awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
            says("desk", "parcel.delivered", orderNo, DELIVERED);
            assertThat(count(
                            "select count(*) from (select subject from deadline union all select subject from deadline_done) d where subject = ?",
                            id(orderNo)))
                    .isZero();
        }
    }

    @Test
    void scans_twice_and_in_any_order_end_in_the_same_rows() {
        String clean = walked();
        String shuffled = walked();
        List<String> codes = List.of("203", "305", "389", "954", "306", "702", "705", "704");
        List<ObjectNode> inOrder = new ArrayList<>();
        List<ObjectNode> mixed = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            inOrder.add(scan(waybill(clean), codes.get(i), i));
            mixed.add(scan(waybill(shuffled), codes.get(i), i));
            mixed.add(scan(waybill(shuffled), codes.get(i), i).put("serialNo", "another-" + i));
        }
        Collections.shuffle(mixed, new Random(85));
        clock.set(DELIVERED.plus(Duration.ofHours(1)), 0);
        for (ObjectNode scan : inOrder) {
            assertThat(post("ems", SCANS, scan).status()).isEqualTo(200);
        }
        for (ObjectNode scan : mixed) {
            assertThat(post("ems", SCANS, scan).status()).isEqualTo(200);
        }
        pulledAndAt(DUE.plusSeconds(1), clean, shuffled);
        at(DUE.plus(Duration.ofHours(25)), clean, shuffled);
        // By day: what a recipient had not been told before the first night is told now.
        clock.set(DUE.plus(Duration.ofHours(34)), 0);
        awaiting(() -> assertThat(rows(shuffled)).isEqualTo(rows(clean)).contains("DELIVERED OVERDUE LEVEL3"));
    }

    private static ObjectNode scan(String waybill, String code, int minute) {
        ObjectNode scan = JSON.createObjectNode()
                .put("serialNo", "s-" + waybill + code)
                .put("waybillNo", waybill)
                .put("opCode", code)
                .put("opTime", "2026-09-30 14:%02d:00".formatted(minute));
        return code.equals("705") ? scan.put("reasonCode", "101") : scan;
    }
}
