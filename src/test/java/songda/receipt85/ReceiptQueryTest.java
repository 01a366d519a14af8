package songda.receipt85;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.Receipts85.bytes;
import static songda.Receipts85.fault;
import static songda.Receipts85.login;
import static songda.Receipts85.page;
import static songda.Receipts85.row;
import static songda.Receipts85.said;
import static songda.Receipts85.xml;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import songda.Receipts85;
import songda.TestPartners;

/** The patrol of the 85 system over SOAP (R66): what it answers well and badly, and what its rows say (R68, R72). */
class ReceiptQueryTest extends Patrolling {

    private static final String LOGIN = "/receipt85/login";

    @Test
    void a_row_is_a_fact_and_a_rare_name_is_the_recipient_s() {
        String orderNo = walkedTo("䶮㙍𠮷", true);
        patrol(xml(
                200,
                page(1, 1, row(waybill(orderNo), "A" + now, local(now), "sign_sts_code", "W", "signer_name", "䶮㙍𠮷"))));
        taken(1);
        assertThat(data(orderNo, "receipt.returned"))
                .containsExactly("{\"status\": \"已到收寄局\", \"receiptNo\": \"1103311486731\"}");
        TestPartners.Call call = PARTNERS.calls(QUERY, local(now)).get(0);
        assertThat(Receipts85.field(call.body(), "orgCode")).isEqualTo("33000000");
        assertThat(Receipts85.field(call.body(), "beginTime")).isEqualTo(local(now.minus(Duration.ofDays(3))));
        assertThat(Receipts85.field(call.body(), "pageSize")).isEqualTo("200");
    }

    @Test
    void a_wrong_receipt_is_chased_at_once_with_the_list_of_its_errors_and_no_name_is_kept() {
        String orderNo = walkedTo("张小三", true);
        String other = walkedTo("李小四", false);
        patrol(xml(
                200,
                page(
                        2,
                        1,
                        row(
                                waybill(orderNo),
                                "B1" + now,
                                local(now),
                                "sign_sts_code",
                                "M",
                                "signer_name",
                                "王代收",
                                "dlv_date",
                                "20260401",
                                "dlv_time",
                                "080000"),
                        row(waybill(other), "B2" + now, local(now), "sign_sts_code", "W", "signer_name", "王代收"))));
        taken(1);
        assertThat(data(orderNo, "receipt.wrong")).singleElement().asString().contains("\"errors\": \"02+03+04\"");
        assertThat(data(other, "receipt.wrong")).singleElement().asString().contains("\"errors\": \"05\"");
        awaiting(() -> assertThat(PARTNERS.calls("/inquiry/chases", waybill(orderNo)))
                .singleElement()
                .satisfies(c -> assertThat(c.json().path("text").asText())
                        .isEqualTo("返单内容有误，请核对重返：签收时间早于收寄时间；须本人签收而他人代签；代收未注明关系或证件")));
        assertThat(count("select count(*) from fact where data::text like '%王代收%'"))
                .isZero();
    }

    @Test
    void two_hundred_rows_are_a_page_and_more_pages_follow() {
        String orderNo = walkedTo("张小三", false);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(row("1", "C" + now + i, local(now), "receipt_sts", "00"));
        }
        patrol(
                xml(200, page(201, 1, rows.toArray(new String[0]))),
                xml(200, page(201, 2, row(waybill(orderNo), "C" + now, local(now)))));
        taken(1);
        assertThat(facts(orderNo)).contains("receipt.returned");
        assertThat(PARTNERS.calls(QUERY, local(now)))
                .extracting(c -> Receipts85.field(c.body(), "pageNo"))
                .containsExactly("1", "2");
    }

    @Test
    void a_row_twice_is_one_fact_and_one_taken_back_is_said_so() {
        String orderNo = walkedTo("张小三", false);
        String row = row(waybill(orderNo), "D" + now, local(now.minusSeconds(60)));
        patrol(xml(200, page(3, 1, row, row, row(waybill(orderNo), "D" + now, local(now), "effect", "0"))));
        taken(1);
        assertThat(facts(orderNo)).containsOnlyOnce("receipt.returned").containsOnlyOnce("receipt.retracted");
    }

    @Test
    void a_row_of_an_unknown_item_is_set_aside_and_the_others_are_taken() {
        String orderNo = walkedTo("张小三", false);
        patrol(xml(
                200,
                page(
                        2,
                        1,
                        row("9823189069696", "E1" + now, local(now), "signer_name", "王代收"),
                        row(waybill(orderNo), "E2" + now, local(now)))));
        taken(1);
        assertThat(facts(orderNo)).contains("receipt.returned");
        assertThat(
                        count(
                                "select count(*) from dead_letter where door = 'receipt85-fetch-receipts' and kind = 'FACT' and state = 'OPEN'"
                                        + " and reason = 'no order known for receipt.returned: check the number, or replay when the order is there'"))
                .isPositive();
    }

    @Test
    void a_session_that_ended_is_begun_anew_and_the_page_is_asked_for_once_more() {
        loggedIn();
        PARTNERS.script(LOGIN, "songda", xml(200, login("S-new" + now.getEpochSecond())));
        patrol(xml(500, fault("Client", "1002")), xml(200, page(0, 1)));
        taken(2);
        assertThat(PARTNERS.calls(QUERY, local(now)))
                .extracting(c -> Receipts85.field(c.body(), "sessionId"))
                .hasSize(2)
                .last()
                .isEqualTo("S-new" + now.getEpochSecond());
        int logIns = PARTNERS.calls(LOGIN, "songda").size();
        nextTurn();
        patrol(xml(200, page(0, 1)));
        taken(1);
        assertThat(PARTNERS.calls(LOGIN, "songda")).hasSize(logIns);
    }

    @Test
    void at_night_it_is_asked_later_and_nothing_is_covered_until_then() {
        patrol(xml(200, said("9001")), xml(200, page(0, 1)));
        awaiting(
                () -> assertThat(asked())
                        .isEqualTo(
                                "RETRY 1 /Envelope/Body/result/ret 系统维护中（每日 00:00–02:00） / closed for maintenance (every night 00:00-02:00)"));
        assertThat(covered()).isFalse();
        assertThat(
                        count(
                                "select count(*) from effect where door = 'receipt85-fetch-receipts' and state = 'RETRY'"
                                        + " and next_attempt_at between now() + interval '19 minutes' and now() + interval '23 minutes'"))
                .isEqualTo(1);
        db.sql("update effect set next_attempt_at = now() where door = 'receipt85-fetch-receipts' and state = 'RETRY'")
                .update();
        taken(2);
    }

    @Test
    void a_wrong_password_is_for_a_person_and_is_not_tried_again_and_again() {
        loggedIn();
        // The first attempt finds its session ended; the log-in of the second is refused.
        PARTNERS.script(LOGIN, "songda", xml(200, said("1003")));
        patrol(xml(500, fault("Client", "1002")));
        awaiting(() -> assertThat(asked()).startsWith("DEAD 2 ").contains("songda.receipt85.user and password"));
        assertThat(covered()).isFalse();
        nextTurn();
        patrol(xml(200, page(0, 1)));
        taken(1);
    }

    private static TestPartners.Answer gbk(String body) {
        return bytes(200, "text/xml; charset=GBK", body.getBytes(Receipts85.GB18030));
    }

    /** By what stands beside the patrol in the list of what is owed. */
    private static Map<String, TestPartners.Answer> bad(String waybill) {
        String good = page(1, 1, row(waybill, "bad", "2026-05-04 08:00:00"));
        Map<String, TestPartners.Answer> bad = new LinkedHashMap<>();
        bad.put("应答为空 / the answer is empty", bytes(200, "text/xml; charset=GBK", new byte[0]));
        bad.put(
                "应答不是 XML（如系统的错误页） / the answer is no XML, e.g. an error page of the system",
                bytes(200, "text/html; charset=GBK", "<html>系统繁忙</html>".getBytes(Receipts85.GB18030)));
        bad.put("message=不是 85 系统的应答 / this is no answer of the 85 system", gbk("<html><body>系统繁忙</body></html>"));
        bad.put("not well-formed XML", gbk(good.substring(0, good.length() / 2)));
        bad.put(
                "message=不接受 DOCTYPE / DOCTYPE is refused",
                gbk("<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\"><!ENTITY c \"&b;&b;\">]>" + good));
        bad.put(
                "应答的字节不是所声明的 GB18030 / the bytes of the answer are not the declared GB18030",
                bytes(200, "text/xml; charset=GBK", good.getBytes(StandardCharsets.UTF_8)));
        bad.put(
                "应答的字节不是所声明的 UTF-8 / the bytes of the answer are not the declared UTF-8",
                bytes(200, "text/xml; charset=UTF-8", good.getBytes(Receipts85.GB18030)));
        bad.put(
                "unreadable message: no answer at /rows",
                xml(200, page(2, 1, row(waybill, "bad", "2026-05-04 08:00:00"))));
        bad.put("unreadable message: no answer at /pageNo", xml(200, page(0, 2)));
        bad.put(
                "unknown receipt85 code '77' in $.row.receipt_sts: add it to mappings/receipt85/row/codes.csv",
                xml(200, page(1, 1, row(waybill, "bad", "2026-05-04 08:00:00", "receipt_sts", "77"))));
        bad.put(
                "/row/op_time 应为 2026-11-23 10:00:00 这样的时间 / must be a time like 2026-11-23 10:00:00",
                xml(200, page(1, 1, row(waybill, "bad", "soon"))));
        bad.put("HTTP 503", TestPartners.say(503, "text/html", "busy"));
        bad.put("HTTP 500", TestPartners.say(500, "text/html", "<html>NullPointerException</html>"));
        return bad;
    }

    @TestFactory
    Stream<DynamicTest> a_bad_answer_is_no_answer_nothing_of_it_is_recorded_and_the_page_is_asked_for_again() {
        String orderNo = walkedTo("张小三", false);
        return bad(waybill(orderNo)).entrySet().stream()
                .map(bad -> DynamicTest.dynamicTest(bad.getKey(), () -> {
                    nextTurn();
                    CountDownLatch open = new CountDownLatch(1);
                    patrol(bad.getValue(), TestPartners.held(open, xml(200, page(0, 1))));
                    awaiting(() -> assertThat(asked()).startsWith("SENDING 2 "));
                    assertThat(asked()).contains(bad.getKey());
                    assertThat(covered()).isFalse();
                    assertThat(facts(orderNo)).noneMatch(f -> f.startsWith("receipt."));
                    open.countDown();
                    taken(2);
                }));
    }
}
