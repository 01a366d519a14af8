package songda.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import songda.HubTest;
import songda.clock.HubClock;
import songda.signature.TestSigner;

/** Cases at the inquiry platform: what it replies, verification notes for bags, and what it sends that is no reply (R33, R67, R69). */
class InquiryTest extends HubTest {

    private static final String REPLIES = "/api/inquiry/replies";

    private ObjectNode reply(String waybillNo, String replyNo) {
        return JSON.createObjectNode()
                .put("chaseNo", "C" + waybillNo + "WRONG_CONTENT")
                .put("replyNo", replyNo)
                .put("waybillNo", waybillNo)
                .put("reason", "WRONG_CONTENT")
                .put("at", "2026-06-03 09:12:00")
                .put("org", "31131101")
                .put("staff", "王经办")
                .put("text", "收件人张小三，电话 13812345678，回执明日寄出")
                .put("result", "NOT_DUE")
                .put("nextDue", "2026-06-04 18:00:00");
    }

    private String chased() {
        String orderNo = walked();
        says("desk", "parcel.delivered", orderNo, clock.instant());
        says("desk", "receipt.wrong", orderNo, clock.instant());
        awaiting(() -> assertThat(facts(orderNo)).contains("chase.opened"));
        return orderNo;
    }

    private long letters(String reason) {
        return count(
                "select count(*) from dead_letter where door = 'inquiry-receive-reply' and state = 'OPEN' and reason like ?",
                reason);
    }

    @Test
    void a_reply_is_a_fact_with_the_next_due_and_without_its_words() {
        String orderNo = chased();
        Answer answer = post("inquiry", REPLIES, reply(waybill(orderNo), "1"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"code\":\"0\",\"message\":\"已收到\"}");
        assertThat(post("inquiry", REPLIES, reply(waybill(orderNo), "1")).status())
                .isEqualTo(200);
        assertThat(facts(orderNo)).containsOnlyOnce("chase.replied");
        JsonNode order = get("desk", ORDERS + "/" + orderNo).json();
        assertThat(order.path("replyResult").asText()).isEqualTo("未到期");
        assertThat(order.path("nextDue").asText()).isEqualTo("2026-06-04T18:00:00+08:00");
        assertThat(count("select count(*) from fact where data::text like '%王经办%' or data::text like '%明日%'"))
                .isZero();
    }

    @Test
    void a_receipt_that_they_say_is_lost_is_a_matter_for_the_delivery_unit() {
        String orderNo = chased();
        Answer answer = post("inquiry", REPLIES, reply(waybill(orderNo), "2").put("result", "LOST"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(facts(orderNo)).contains("chase.replied", "receipt.lost");
        assertThat(effects(orderNo)).anyMatch(e -> e.startsWith("sms-send-alert>contact:"));
        assertThat(effects(orderNo).stream().filter(e -> e.startsWith("inquiry-send-case")))
                .hasSize(1);
    }

    @Test
    void what_is_no_reply_is_answered_and_kept_as_the_table_says() {
        String orderNo = chased();
        byte[] good = reply(waybill(orderNo), "3").toString().getBytes(StandardCharsets.UTF_8);
        Map<String, String> signed = signer("inquiry").sign("POST", REPLIES, good);
        refused(send(request(REPLIES, Map.of(), Map.of()).POST(body(good))), 401, "unauthorised");
        byte[] other = reply(waybill(orderNo), "4").toString().getBytes(StandardCharsets.UTF_8);
        assertThat(send(request(REPLIES, signed, Map.of()).POST(body(other))).status())
                .isEqualTo(401);
        TestSigner stranger = TestSigner.of("inquiry", new byte[32]);
        assertThat(post(stranger, REPLIES, good, Map.of()).status()).isEqualTo(401);
        assertThat(facts(orderNo)).doesNotContain("chase.replied");

        aside(
                reply(waybill(orderNo), "5").put("result", "MAYBE").toString(),
                "unknown inquiry code 'MAYBE' in $.result%");
        aside(reply(waybill(orderNo), "6").put("at", "today").toString(), "/at %");
        aside(reply(waybill(orderNo), "7").put("bagNo", "B1").toString(), "%");
        aside(reply("9823189069696", "8").toString(), "no order known for chase.replied%");
        aside("{\"chaseNo\":", "unreadable message: not valid JSON");
        refused(post("inquiry", REPLIES, ""), 400, "empty-body");
        aside("<html>系统繁忙</html>", "unreadable message: not valid JSON");
        assertThat(facts(orderNo)).doesNotContain("chase.replied");
        assertThat(post("inquiry", REPLIES, good).status()).isEqualTo(200);
    }

    private static java.net.http.HttpRequest.BodyPublisher body(byte[] bytes) {
        return java.net.http.HttpRequest.BodyPublishers.ofByteArray(bytes);
    }

    private void aside(String body, String reason) {
        long before = letters(reason);
        assertThat(post("inquiry", REPLIES, body).status()).isEqualTo(202);
        assertThat(letters(reason)).isEqualTo(before + 1);
    }

    private Answer bag(String fact, String bagNo) {
        ObjectNode event = JSON.createObjectNode();
        event.put("id", fact + "/" + bagNo).put("fact", fact).put("at", HubClock.local(clock.instant()));
        event.put("bagNo", bagNo);
        if (fact.equals("bag.mismatched")) {
            event.putObject("data")
                    .put("fromOrg", "31110001")
                    .put("toOrg", "31131101")
                    .put("missing", 1);
        }
        return post("desk", EVENTS, event);
    }

    @Test
    void a_bag_that_does_not_match_its_list_is_a_verification_note_that_is_answered_and_filed() {
        String bagNo = "B-" + newOrderNo();
        assertThat(bag("bag.mismatched", bagNo).status()).isEqualTo(200);
        awaiting(() -> assertThat(of(bagNo)).containsExactly("bag.mismatched", "chase.opened"));
        JsonNode note = PARTNERS.calls("/inquiry/chases", bagNo).get(0).json();
        assertThat(note.path("reason").asText()).isEqualTo("BAG_MISMATCH");
        assertThat(note.path("toOrg").asText()).isEqualTo("31110001");
        assertThat(note.path("text").asText()).isEqualTo("验单：总包清单与内件不符，请核查：短少 1 件");
        assertThat(note.has("waybillNo")).isFalse();

        ObjectNode reply = reply("x", "1")
                .put("bagNo", bagNo)
                .put("reason", "BAG_MISMATCH")
                .put("result", "SETTLED");
        reply.put("chaseNo", "C" + bagNo).remove("waybillNo");
        assertThat(post("inquiry", REPLIES, reply).status()).isEqualTo(200);
        assertThat(bag("bag.settled", bagNo).status()).isEqualTo(200);
        awaiting(
                () -> assertThat(PARTNERS.calls("/inquiry/chases/close", bagNo)).hasSize(1));
        assertThat(of(bagNo)).containsExactly("bag.mismatched", "chase.opened", "chase.replied", "bag.settled");
        refused(
                post(
                        "desk",
                        EVENTS,
                        JSON.createObjectNode()
                                .put("id", "x/" + bagNo)
                                .put("fact", "parcel.delivered")
                                .put("at", HubClock.local(clock.instant()))
                                .put("bagNo", bagNo)),
                422,
                "invalid-message");
    }

    private List<String> of(String bagNo) {
        return db.sql("select f.name from fact f join subject s on s.id = f.subject where s.name = ? order by f.id")
                .param("bag:" + bagNo)
                .query(String.class)
                .list();
    }
}
