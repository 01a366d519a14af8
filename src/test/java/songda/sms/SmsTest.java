package songda.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.TestPartners.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.HubTest;
import songda.clock.HubClock;

/** What the SMS provider refuses, what it reports, and what recipients write to it. */
class SmsTest extends HubTest {

    private static final String NOTICE = "sms-send-notice";
    private static final String SENT = "/sms/SendSms";
    private static final AtomicInteger PHONES = new AtomicInteger(1);

    /** Nobody else's. */
    private static String phone() {
        return "1371000%04d".formatted(PHONES.getAndIncrement());
    }

    private Answer push(String what, Object list) {
        return pushTo(what + "/stand-in", list);
    }

    private Answer pushTo(String path, Object body) {
        return send(request("/api/sms/" + path, Map.of(), Map.of())
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private void taken(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"code\":0,\"msg\":\"接收成功\"}");
    }

    private void accepted(String orderNo) {
        assertThat(says("desk", "parcel.accepted", orderNo, clock.instant()).status())
                .isEqualTo(200);
    }

    private static String no(String code) {
        return "{\"Code\":\"%s\",\"Message\":\"no\",\"RequestId\":\"R\"}".formatted(code);
    }

    private String outId(String orderNo) {
        return db.sql("select subject || '-' || id from effect where subject = ? and door = ? order by id desc limit 1")
                        .params(id(orderNo), NOTICE)
                        .query(String.class)
                        .single()
                + "/accepted";
    }

    private ObjectNode report(String outId, String bizId, boolean success, String code, Instant at) {
        return JSON.createObjectNode()
                .put("phone_number", "13710000000")
                .put("send_time", local(at.minusSeconds(5)))
                .put("report_time", local(at))
                .put("success", success)
                .put("err_code", code)
                .put("err_msg", "如实")
                .put("sms_size", "1")
                .put("biz_id", bizId)
                .put("out_id", outId);
    }

    private static String local(Instant at) {
        return HubClock.local(at).substring(0, 19).replace('T', ' ');
    }

    private static ArrayNode list(ObjectNode... items) {
        return JSON.createArrayNode().addAll(List.of(items));
    }

    private void call(String orderNo, String kind) {
        awaiting(() -> assertThat(PARTNERS.calls("/ticket/create", orderNo))
                .anyMatch(c -> c.json().at("/CustomFields/SongdaKind").asText().equals(kind)));
    }

    /** Seconds until the effect is tried again. */
    private long wait(String orderNo) {
        return count(
                "select round(extract(epoch from next_attempt_at - clock_timestamp())) from effect where subject = ? and door = ? order by id desc limit 1",
                id(orderNo),
                NOTICE);
    }

    private void later(String orderNo) {
        db.sql("update effect set next_attempt_at = now() where subject = ? and door = ? and state = 'RETRY'")
                .params(id(orderNo), NOTICE)
                .update();
    }

    @Test
    void what_passes_by_itself_is_sent_again_four_times_then_a_person_calls() {
        String orderNo = walkedTo(phone());
        PARTNERS.script(
                SENT,
                waybill(orderNo),
                say(200, no("isp.SYSTEM_ERROR")),
                say(400, no("Throttling.User")),
                say(503, no("ServiceUnavailable")),
                say(200, no("isp.GATEWAY_ERROR")),
                say(200, no("isp.UNKNOWN")));
        accepted(orderNo);
        int attempt = 1;
        for (long wait : new long[] {30, 120, 600, 3600}) {
            String state = "RETRY " + attempt++;
            awaiting(() -> assertThat(effect(orderNo, NOTICE)).startsWith(state));
            assertThat(wait(orderNo)).isBetween(wait - 25, wait + wait / 10 + 2);
            later(orderNo);
        }
        awaiting(() -> assertThat(effect(orderNo, NOTICE)).startsWith("DEAD 5").contains("isp.UNKNOWN"));
        assertThat(facts(orderNo)).containsOnlyOnce("notice.undeliverable");
        call(orderNo, "NOTICE");
    }

    @ParameterizedTest
    @CsvSource({"isv.MOBILE_NUMBER_ILLEGAL", "isv.PARAM_LENGTH_LIMIT", "isv.BLACK_KEY_CONTROL_LIMIT"})
    void what_can_never_be_sent_is_tried_once_and_a_person_calls(String code) {
        String orderNo = walkedTo(phone());
        PARTNERS.script(SENT, waybill(orderNo), say(200, no(code)));
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, NOTICE)).startsWith("DEAD 1").contains(code));
        call(orderNo, "NOTICE");
        assertThat(PARTNERS.calls(SENT, waybill(orderNo))).hasSize(1);
    }

    @Test
    void a_landline_is_never_sent_to() {
        String orderNo = walkedTo("0571-88880001");
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, NOTICE)).startsWith("DEAD 1"));
        call(orderNo, "NOTICE");
        assertThat(PARTNERS.calls(SENT, waybill(orderNo))).isEmpty();
    }

    @Test
    void an_account_without_money_stops_the_door_and_what_waits_goes_when_it_is_put_right() {
        List<String> orders = List.of(walkedTo(phone()), walkedTo(phone()), walkedTo(phone()));
        orders.forEach(o -> PARTNERS.script(SENT, waybill(o), say(200, no("isv.AMOUNT_NOT_ENOUGH"))));
        orders.forEach(this::accepted);
        awaiting(() -> assertThat(count("select count(*) from door_stop where door = ?", NOTICE))
                .isOne());
        try {
            String fourth = walkedTo(phone());
            accepted(fourth);
            awaiting(() -> assertThat(effects(fourth)).anyMatch(e -> e.startsWith("gov-send-status:ACCEPTED")));
            assertThat(effect(fourth, NOTICE)).matches("(PENDING|RELAYED) 0.*");
            assertThat(PARTNERS.calls(SENT, waybill(fourth))).isEmpty();
            assertThat(count("select round(extract(epoch from until - now())) from door_stop where door = ?", NOTICE))
                    .isBetween(800L, 900L);
        } finally {
            db.sql("update door_stop set until = now()").update();
            db.sql("update effect set next_attempt_at = null where door = ? and state in ('RETRY', 'PENDING')")
                    .param(NOTICE)
                    .update();
        }
        // Whoever was tried too early stops it once more, for its turn: the script says no once an order.
        awaiting(() -> {
            db.sql("update door_stop set until = now()").update();
            db.sql("update effect set next_attempt_at = null where door = ? and state in ('RETRY', 'PENDING')")
                    .param(NOTICE)
                    .update();
            assertThat(orders).allSatisfy(o -> assertThat(effect(o, NOTICE)).startsWith("ACCEPTED"));
        });
        // The attempts that met the empty account do not count.
        assertThat(orders).allSatisfy(o -> assertThat(effect(o, NOTICE)).startsWith("ACCEPTED 1"));
    }

    @Test
    void receipts_find_their_message_late_out_of_order_and_however_often() {
        String orderNo = walkedTo(phone());
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, NOTICE)).startsWith("ACCEPTED 1"));
        Instant now = clock.instant();
        ObjectNode late = report(outId(orderNo), "B-" + orderNo, true, "DELIVERED", now.minus(Duration.ofDays(3)));
        taken(push("reports", list(late, late)));
        taken(push("reports", list(late)));
        assertThat(facts(orderNo)).filteredOn("notice.delivered"::equals).hasSize(1);
        assertThat(db.sql("select data::text from fact where subject = ? and name = 'notice.delivered'")
                        .param(id(orderNo))
                        .query(String.class)
                        .single())
                .isEqualTo("{\"template\": \"accepted\"}");
    }

    @Test
    void a_number_that_cannot_be_reached_is_called_and_a_carrier_that_was_slow_is_tried_once_more() {
        String gone = walkedTo(phone());
        String slow = walkedTo(phone());
        accepted(gone);
        accepted(slow);
        awaiting(() -> assertThat(List.of(gone, slow))
                .allSatisfy(o -> assertThat(effect(o, NOTICE)).startsWith("ACCEPTED 1")));
        Instant now = clock.instant();
        taken(push(
                "reports",
                list(
                        report(outId(slow), "S-" + slow, false, "EXPIRED", now),
                        report(outId(gone), "G-" + gone, false, "MOBILE_NOT_ON_SERVICE", now))));
        call(gone, "NOTICE");
        awaiting(() -> assertThat(effect(slow, NOTICE)).startsWith("RETRY 1"));
        assertThat(wait(slow)).isBetween(1700L, 1990L);
        String first = outId(slow);
        later(slow);
        awaiting(() -> assertThat(PARTNERS.calls(SENT, waybill(slow))).hasSize(2));
        String again =
                PARTNERS.calls(SENT, waybill(slow)).get(1).json().path("OutId").asText();
        assertThat(again).isEqualTo(first + "/again");
        taken(push("reports", list(report(again, "S2-" + slow, false, "EXPIRED", now))));
        call(slow, "NOTICE");
        assertThat(facts(slow)).filteredOn("notice.timed-out"::equals).hasSize(1);
        assertThat(PARTNERS.calls(SENT, waybill(gone))).hasSize(1);
    }

    @Test
    void receipts_that_are_not_ours_or_of_no_order_are_kept_beside_those_that_are() {
        String orderNo = walkedTo(phone());
        accepted(orderNo);
        awaiting(() -> assertThat(effect(orderNo, NOTICE)).startsWith("ACCEPTED 1"));
        long before = letters();
        Instant now = clock.instant();
        taken(push(
                "reports",
                list(
                        report("verify-778812", "X1-" + orderNo, true, "DELIVERED", now),
                        report("999999999999-1/accepted", "X2-" + orderNo, true, "DELIVERED", now),
                        report(outId(orderNo), "X3-" + orderNo, true, "DELIVERED", now))));
        assertThat(facts(orderNo)).contains("notice.delivered");
        assertThat(letters()).isEqualTo(before + 2);
        taken(push("reports", "{\"no\":\"list\"}"));
        assertThat(letters()).isEqualTo(before + 3);
    }

    private long letters() {
        return count("select count(*) from dead_letter where door like 'sms-receive-%'");
    }

    @ParameterizedTest
    @CsvSource({"reports", "reports/", "reports/wrong", "inbound/stand-in2", "nothing/stand-in"})
    void who_does_not_know_the_address_is_refused_and_leaves_nothing(String path) {
        long before = letters();
        Answer answer = pushTo(path, "[]");
        assertThat(answer.status()).isIn(400, 401, 404);
        assertThat(answer.text()).doesNotContain("stand-in");
        assertThat(letters()).isEqualTo(before);
    }

    private ObjectNode up(String phone, String content) {
        return JSON.createObjectNode()
                .put("phone_number", phone)
                .put("send_time", local(clock.instant()))
                .put("content", content)
                .put("sign_name", "浙江政务服务")
                .put("dest_code", "1069")
                .put("sequence_id", "seq-" + phone + "-" + content.hashCode());
    }

    private String tail(String orderNo) {
        return waybill(orderNo).substring(waybill(orderNo).length() - 4);
    }

    private List<String> replies(String phone) {
        return PARTNERS.calls(SENT, phone).stream()
                .map(c -> c.json().path("TemplateCode").asText())
                .filter(t -> t.startsWith("SMS_ZW_REDIRECT"))
                .toList();
    }

    private String name(String orderNo) {
        return order(orderNo).at("/recipient/name").asText();
    }

    @ParameterizedTest
    @CsvSource({"%s", "+86%s", "0086-%s"})
    void a_redirect_of_the_recipient_is_for_the_unit_to_confirm_and_its_address_is_kept_sealed(String spelling) {
        String phone = phone();
        String orderNo = walkedTo(phone);
        String address = "杭州市余杭区文一西路1218号3幢";
        ObjectNode sms = up(spelling.formatted(phone), "改址＃" + tail(orderNo) + "#" + name(orderNo) + "#" + address);
        taken(push("inbound", list(sms)));
        taken(push("inbound", list(sms)));
        assertThat(facts(orderNo)).filteredOn("redirect.requested"::equals).hasSize(1);
        call(orderNo, "REDIRECT");
        awaiting(() -> assertThat(replies(phone)).containsExactly("SMS_ZW_REDIRECT_REQUESTED"));
        byte[] sealed = db.sql("select redirect from orders where id = ?")
                .param(id(orderNo))
                .query(byte[].class)
                .single();
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.UTF_8)).doesNotContain(address);
        assertThat(db.sql("select string_agg(data::text, '') from fact where subject = ?")
                        .param(id(orderNo))
                        .query(String.class)
                        .single())
                .doesNotContain("文一西路")
                .doesNotContain(phone);
        refused(
                says("desk", "redirect.confirmed", orderNo, clock.instant(), "too-soon/" + orderNo),
                422,
                "invalid-message");
        assertThat(says("pda", "contact.made", orderNo, clock.instant()).status())
                .isEqualTo(200);
        assertThat(says("desk", "redirect.confirmed", orderNo, clock.instant()).status())
                .isEqualTo(200);
        awaiting(() -> assertThat(replies(phone)).contains("SMS_ZW_REDIRECT_CONFIRMED"));
    }

    @Test
    void who_has_several_items_is_asked_which_and_then_understood() {
        String phone = phone();
        List<String> orders = List.of(walkedTo(phone), walkedTo(phone));
        String address = "余杭区五常街道文一西路969号";
        taken(push("inbound", list(up(phone, "改址##" + name(orders.get(0)) + "#" + address))));
        awaiting(() -> assertThat(replies(phone)).containsExactly("SMS_ZW_REDIRECT_WHICH"));
        String wanted = orders.get(0);
        taken(push("inbound", list(up(phone, "改址#" + tail(wanted) + "#" + name(wanted) + "#" + address))));
        assertThat(facts(wanted)).contains("redirect.requested");
        assertThat(facts(orders.get(1))).doesNotContain("redirect.requested");
    }

    @Test
    void another_city_needs_a_form_and_a_wrong_name_another_sms() {
        String phone = phone();
        String orderNo = walkedTo(phone);
        taken(push("inbound", list(up(phone, "改址#" + tail(orderNo) + "#" + name(orderNo) + "#宁波市鄞州区中山东路1号"))));
        taken(push("inbound", list(up(phone, "改址#" + tail(orderNo) + "#王五#余杭区文一西路1号院"))));
        awaiting(() -> assertThat(replies(phone))
                .containsExactlyInAnyOrder("SMS_ZW_REDIRECT_ELSEWHERE", "SMS_ZW_REDIRECT_INCOMPLETE"));
        assertThat(facts(orderNo)).doesNotContain("redirect.requested");
    }

    @Test
    void a_phone_that_is_no_recipient_s_hears_nothing_and_a_person_looks_at_it() {
        String stranger = phone();
        long before = letters();
        taken(push("inbound", list(up(stranger, "改址#1316#张小三#余杭区文一西路1号院"), up(stranger, "谢谢"))));
        assertThat(letters()).isEqualTo(before + 1);
        assertThat(PARTNERS.calls(SENT, stranger)).isEmpty();
        JsonNode letter = get("desk", "/api/v1/dead-letters?limit=200").json();
        assertThat(letter.toString()).doesNotContain(stranger).doesNotContain("张小三");
    }
}
