package songda.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;
import songda.clock.HubClock;

/** What orders owe, what a month says, and the carrier's bill beside it, on the whole hub. Each test has a year of its own. */
class SettlementTest extends HubTest {

    private static final String UNIT = "11330109MB7TARFF11";

    @Autowired
    private Books books;

    /** What other tests have left is booked in their own months. */
    @BeforeEach
    void othersFirst() {
        alone();
        books.book();
    }

    private static Instant time(String at) {
        return OffsetDateTime.parse(at).toInstant();
    }

    /** Taken, numbered and labelled. */
    private String placed(String payer, String to, Number declared, Number fee) {
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo).put("payer", payer);
        order.withObject("/office").put("creditCode", UNIT);
        order.withObject("/recipient").put("county", to);
        order.put("declaredValue", new BigDecimal(declared.toString()));
        order.put("feeToCollect", new BigDecimal(fee.toString()));
        assertThat(post("zjzwfw", ORDERS, order).status()).isEqualTo(201);
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        return orderNo;
    }

    private void said(String fact, String orderNo) {
        said(fact, orderNo, clock.instant());
    }

    private void said(String fact, String orderNo, Instant at) {
        Answer answer = says("desk", fact, orderNo, at, fact + "/" + orderNo + "/" + System.nanoTime());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** What was found again is paid back to nobody. */
    private void waived(String orderNo) {
        ObjectNode event = JSON.createObjectNode()
                .put("id", "waived/" + orderNo)
                .put("fact", "remedy.refunded")
                .put("orderNo", orderNo);
        event.put("at", HubClock.local(clock.instant())).putObject("data").put("waived", "FOUND");
        assertThat(post("desk", EVENTS, event).status()).isEqualTo(200);
    }

    /** {@code BOOK line turn amount period} of each row, in the order of booking. */
    private List<String> booked(String... orders) {
        return List.of(orders).stream()
                .flatMap(o -> db
                        .sql(
                                "select book || ' ' || line || ' ' || turn || ' ' || amount || ' ' || period from ledger where subject = ? order by id")
                        .param(id(o))
                        .query(String.class)
                        .list()
                        .stream())
                .toList();
    }

    private JsonNode statement(String month) {
        Answer answer = get("desk", "/api/v1/statements/" + UNIT + "/" + month);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String csv(JsonNode statement) {
        return new String(new StatementFile(statement).csv(), StandardCharsets.UTF_8);
    }

    @Test
    void every_fact_moves_its_book_once_and_what_does_not_hold_is_taken_back() {
        clock.set(time("2031-03-10T10:00:00+08:00"), 0);
        String insured = placed("SENDER", "330203", 1230, 45.10);
        String retracted = placed("SENDER", "330110", 0, 0);
        String returned = placed("RECIPIENT", "330110", 0, 0);
        String refunded = placed("SENDER", "330110", 0, 0);
        for (String order : List.of(insured, retracted, returned, refunded)) {
            said("parcel.accepted", order);
        }
        awaiting(() -> {
            books.book();
            assertThat(booked(insured, retracted, returned, refunded)).hasSize(6);
        });
        said("parcel.accepted", insured);
        said("parcel.acceptance-retracted", retracted);
        said("parcel.accepted", retracted);
        said("parcel.delivered", insured);
        said("parcel.delivery-retracted", insured);
        said("parcel.delivered", insured);
        said("return.reviewed", returned);
        said("return.dispatched", returned);
        waived(retracted);
        said("remedy.refunded", refunded);
        awaiting(() -> {
            books.book();
            assertThat(booked(returned, refunded)).hasSize(4);
        });
        // The post's own report of what a courier had reported, much later.
        said("parcel.accepted", refunded, time("2031-03-10T09:00:00+08:00"));
        said("parcel.accepted", returned, time("2031-03-10T09:00:00+08:00"));
        awaiting(() ->
                assertThat(statement("2031-03").at("/totals/total").asText()).isEqualTo("27.15"));
        assertThat(booked(insured))
                .containsExactly(
                        "POSTAGE POSTAGE 0 10.00 2031-03",
                        "POSTAGE PHYSICAL 0 3.00 2031-03",
                        "POSTAGE INSURANCE 0 6.15 2031-03",
                        "FEE COLLECTED 0 45.10 2031-03",
                        "FEE COLLECTED 0 -45.10 2031-03",
                        "FEE COLLECTED 1 45.10 2031-03");
        assertThat(booked(retracted))
                .containsExactly(
                        "POSTAGE POSTAGE 0 8.00 2031-03",
                        "POSTAGE POSTAGE 0 -8.00 2031-03",
                        "POSTAGE POSTAGE 1 8.00 2031-03");
        assertThat(booked(returned, refunded))
                .containsExactly(
                        "POSTAGE POSTAGE 0 8.00 2031-03",
                        "POSTAGE POSTAGE 0 -8.00 2031-03",
                        "POSTAGE POSTAGE 0 8.00 2031-03",
                        "POSTAGE POSTAGE 0 -8.00 2031-03");
        assertThat(books.book()).isZero();
        JsonNode statement = statement("2031-03");
        assertThat(statement.at("/collected/total").decimalValue()).isEqualByComparingTo("45.10");
        assertThat(statement.at("/recipientPaid/total").decimalValue()).isEqualByComparingTo("0");
        sums(statement);
        assertThat(statement.toString()).contains("张*三").doesNotContain("张小三", "13812345678");
        assertThatThrownBy(() -> db.sql("update ledger set amount = 1 where subject = ?")
                        .param(id(insured))
                        .update())
                .rootCause()
                .hasMessageContaining("append-only");
        // Booked again from the beginning, as after a restore of an older place: nothing is owed twice.
        db.sql("update ledger_place set xid = '0', id = 0").update();
        assertThat(books.book()).isZero();
    }

    /** To the cent: the lines, the sums below them and those by document are three ways to one number. */
    private static void sums(JsonNode statement) {
        BigDecimal lines = BigDecimal.ZERO;
        for (JsonNode line : statement.path("lines")) {
            lines = lines.add(line.path("total").decimalValue());
        }
        BigDecimal documents = BigDecimal.ZERO;
        for (JsonNode document : statement.path("byDocument")) {
            documents = documents.add(document.path("total").decimalValue());
        }
        JsonNode totals = statement.path("totals");
        assertThat(lines).isEqualByComparingTo(totals.path("total").decimalValue());
        assertThat(documents).isEqualByComparingTo(totals.path("total").decimalValue());
        assertThat(totals.path("postage")
                        .decimalValue()
                        .add(totals.path("services").decimalValue())
                        .add(totals.path("insurance").decimalValue()))
                .isEqualByComparingTo(totals.path("total").decimalValue());
    }

    @Test
    void a_month_that_has_closed_never_changes_and_what_comes_late_is_a_correction_of_the_next() {
        clock.set(time("2032-03-30T10:00:00+08:00"), 0);
        String first = placed("SENDER", "330110", 0, 0);
        String late = placed("SENDER", "330203", 0, 0);
        said("parcel.accepted", first);
        awaiting(() ->
                assertThat(statement("2032-03").at("/totals/items").asInt()).isOne());
        assertThat(statement("2032-03").path("closed").asBoolean()).isFalse();
        clock.set(time("2032-04-03T23:59:59+08:00"), 0);
        String march = csv(statement("2032-03"));
        assertThat(march).contains("未结账");
        clock.set(time("2032-04-04T00:00:00+08:00"), 0);
        march = csv(statement("2032-03"));
        assertThat(march).contains("已结账").contains("8.00");
        said("parcel.accepted", late, time("2032-03-31T18:00:00+08:00"));
        said("parcel.acceptance-retracted", first, time("2032-03-31T19:00:00+08:00"));
        awaiting(() ->
                assertThat(statement("2032-04").at("/totals/items").asInt()).isEqualTo(2));
        JsonNode april = statement("2032-04");
        assertThat(april.path("lines")).allMatch(l -> l.path("correction").asBoolean());
        assertThat(april.at("/totals/total").decimalValue()).isEqualByComparingTo("5.00");
        sums(april);
        assertThat(csv(statement("2032-03"))).isEqualTo(march);
        assertThat(csv(april)).contains("更正 冲销", "-8.00");
    }

    @Test
    void what_the_price_list_does_not_know_holds_up_its_amount_and_no_scan() {
        clock.set(time("2021-03-01T10:00:00+08:00"), 0);
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo).put("payer", "SENDER");
        order.withObject("/office").put("creditCode", UNIT);
        order.withObject("/recipient").put("county", "330103");
        assertThat(post("zjzwfw", ORDERS, order).status()).isEqualTo(201);
        clock.set(time("2021-06-01T10:00:00+08:00"), 0);
        said("parcel.accepted", orderNo);
        awaiting(() -> assertThat(statement("2021-06").path("waiting").asInt()).isOne());
        assertThat(booked(orderNo)).isEmpty();
        assertThat(csv(statement("2021-06"))).contains("1 件尚无价格");
        said("parcel.acceptance-retracted", orderNo);
        awaiting(() -> assertThat(statement("2021-06").path("waiting").asInt()).isZero());
    }

    private static final String BILL = "{\"billNo\":\"%s\",\"month\":\"2033-03\",\"unit\":\"%s\",\"lines\":[%s]}";

    private static String line(int no, String waybill, String amount) {
        return "{\"no\":%d,\"waybillNo\":\"%s\",\"amount\":%s}".formatted(no, waybill, amount);
    }

    @Test
    void a_bill_is_kept_once_and_compared_item_by_item() {
        clock.set(time("2033-03-10T10:00:00+08:00"), 0);
        String same = placed("SENDER", "330110", 0, 0);
        String dearer = placed("SENDER", "330203", 0, 0);
        String missing = placed("SENDER", "330110", 0, 0);
        String twice = placed("SENDER", "330110", 0, 0);
        String atTheDoor = placed("RECIPIENT", "330110", 0, 0);
        for (String order : List.of(same, dearer, missing, twice, atTheDoor)) {
            said("parcel.accepted", order);
        }
        awaiting(() ->
                assertThat(statement("2033-03").at("/totals/items").asInt()).isEqualTo(4));
        String lines = String.join(
                ",",
                line(1, waybill(same), "8.00"),
                line(2, waybill(dearer), "15.00"),
                line(3, waybill(twice), "8.00"),
                line(4, waybill(twice), "8.00"),
                line(5, "9999999999999", "3.30"));
        String bill = "B-" + System.nanoTime();
        assertThat(post("desk", "/api/v1/bills", BILL.formatted(bill, UNIT, lines))
                        .text())
                .contains("\"kept\":5", "\"known\":0");
        assertThat(post("desk", "/api/v1/bills", BILL.formatted(bill, UNIT, lines))
                        .text())
                .contains("\"kept\":0", "\"known\":5");
        refused(
                post("desk", "/api/v1/bills", BILL.formatted(bill, UNIT, line(1, waybill(same), "8.01"))),
                409,
                "bill-conflict");
        JsonNode compared = get("desk", "/api/v1/bills/" + bill).json();
        assertThat(compared.path("counts").toString())
                .isEqualTo(
                        "{\"MATCHED\":1,\"DIFFERENT\":1,\"MISSING_HERE\":1,\"MISSING_THERE\":1,\"DUPLICATE\":1,\"BILLED_BEFORE\":0}");
        assertThat(compared.path("theirs").decimalValue()).isEqualByComparingTo("42.30");
        assertThat(compared.path("ours").decimalValue()).isEqualByComparingTo("37.00");
        String second = bill + "-2";
        clock.set(time("2033-03-11T10:00:00+08:00"), 0);
        post("desk", "/api/v1/bills", BILL.formatted(second, UNIT, line(1, waybill(same), "8.00")));
        assertThat(get("desk", "/api/v1/bills/" + second)
                        .json()
                        .at("/lines/0/finding")
                        .asText())
                .isEqualTo("BILLED_BEFORE");
        refused(get("desk", "/api/v1/bills/NO-SUCH"), 404, "no-such-bill");
        refused(get("zjzwfw", "/api/v1/bills/" + bill), 403, "desk-only");
        refused(get("zjzwfw", "/api/v1/statements/" + UNIT + "/2033-03"), 403, "desk-only");
    }

    @Test
    void an_order_costs_what_the_price_list_says_beside_what_the_post_says() {
        String orderNo = ordered();
        Answer answer = get("zjzwfw", ORDERS + "/" + orderNo + "/price?day=2026-11-23");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/lines/0/row").asText()).isEqualTo("city-2017");
        refused(get("wenzhou", ORDERS + "/" + orderNo + "/price"), 404, "no-such-order");
    }
}
