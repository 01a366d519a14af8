package songda.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import songda.HubTest;
import songda.TestFacts;
import songda.clock.HubClock;

/** What couriers' terminals report of deliveries, returns and redirects: taken with its evidence, refused without, and nothing of a person lies open. */
class EvidenceTest extends HubTest {

    private static final String ID_NUMBER = "11010519491231002X";
    private static final String MESSAGES = "/api/pda/messages";

    private ObjectNode event(String fact, String orderNo, ObjectNode data) {
        ObjectNode event = JSON.createObjectNode()
                .put("id", fact + "/" + orderNo + "/" + System.nanoTime())
                .put("fact", fact)
                .put("at", HubClock.local(clock.instant()))
                .put("orderNo", orderNo);
        event.set("data", data);
        return event;
    }

    private String stored(String sql, String orderNo) {
        return db.sql(sql).param(id(orderNo)).query(String.class).single();
    }

    @Test
    void another_than_the_recipient_signs_with_relation_and_id_and_the_number_is_sealed() {
        String orderNo = walked();
        ObjectNode data = TestFacts.of("parcel.delivered").put("signer", "M");
        Answer refused = post("pda", EVENTS, event("parcel.delivered", orderNo, data));
        refused(refused, 422, "invalid-message");
        assertThat(refused.text()).contains("R43");
        assertThat(facts(orderNo)).doesNotContain("parcel.delivered");
        ObjectNode event = event("parcel.delivered", orderNo, data.put("relation", "FAMILY"));
        event.putObject("agent").put("idType", "ID_CARD").put("idNumber", ID_NUMBER);
        assertThat(post("pda", EVENTS, event).status()).isEqualTo(200);
        assertThat(stored("select data::text from fact where subject = ? and name = 'parcel.delivered'", orderNo))
                .contains("FAMILY", "SEALED")
                .doesNotContain(ID_NUMBER);
        byte[] sealed = db.sql("select agent from orders where id = ?")
                .param(id(orderNo))
                .query(byte[].class)
                .single();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(ID_NUMBER);
        assertThat(stored("select detail::text from orders where id = ?", orderNo))
                .doesNotContain(ID_NUMBER);
    }

    @Test
    void a_return_is_refused_until_the_norm_lets_it() {
        String orderNo = walked();
        ObjectNode review =
                TestFacts.of("return.reviewed").put("reasonCode", "103").put("agent", "NONE");
        for (String day : new String[] {"2026-05-11", "2026-05-11", "2026-05-12"}) {
            assertThat(post("pda", EVENTS, event("return.reviewed", orderNo, review))
                            .text())
                    .contains("R47");
            ObjectNode failed = event("parcel.attempt-failed", orderNo, TestFacts.of("parcel.attempt-failed"));
            assertThat(post("pda", EVENTS, failed.put("at", day + "T10:00:00+08:00"))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(post("pda", EVENTS, event("return.reviewed", orderNo, review))
                        .text())
                .contains("R49")
                .doesNotContain("R47");
        assertThat(says("pda", "contact.failed", orderNo, clock.instant()).status())
                .isEqualTo(200);
        assertThat(post(
                                "pda",
                                EVENTS,
                                event(
                                        "return.reviewed",
                                        orderNo,
                                        review.deepCopy().put("secondReviewer", "P0711")))
                        .text())
                .contains("A26");
        assertThat(says("pda", "return.dispatched", orderNo, clock.instant()).text())
                .contains("R51");
        assertThat(post("pda", EVENTS, event("return.reviewed", orderNo, review))
                        .status())
                .isEqualTo(200);
        assertThat(says("pda", "return.dispatched", orderNo, clock.instant()).status())
                .isEqualTo(200);
    }

    @Test
    void a_scan_of_the_post_without_any_of_it_is_recorded() {
        String orderNo = walked();
        ObjectNode scan = JSON.createObjectNode()
                .put("serialNo", "S" + orderNo)
                .put("waybillNo", waybill(orderNo))
                .put("opTime", "2026-05-11 10:00:00");
        assertThat(post("ems", SCANS, scan.put("opCode", "705")).status()).isEqualTo(200);
        assertThat(post("ems", SCANS, scan.put("opCode", "704").put("opTime", "2026-05-11 11:00:00"))
                        .status())
                .isEqualTo(200);
        assertThat(facts(orderNo)).contains("parcel.attempt-failed", "parcel.delivered");
    }

    @Test
    void a_redirect_that_came_to_the_courier_s_phone_is_the_same_as_one_to_the_hub() {
        String phone = "13710090001";
        String orderNo = walkedTo(phone);
        String waybill = waybill(orderNo);
        String name = order(orderNo).at("/recipient/name").asText();
        ObjectNode message = JSON.createObjectNode()
                .put("id", "UP-" + orderNo)
                .put("at", HubClock.local(clock.instant()))
                .put("phone", phone)
                .put("text", "改址#" + waybill.substring(waybill.length() - 4) + "#" + name + "#杭州市余杭区文一西路1218号3幢");
        assertThat(post("pda", MESSAGES, message).status()).isEqualTo(200);
        assertThat(facts(orderNo)).contains("redirect.requested");
        assertThat(stored("select string_agg(data::text, '') from fact where subject = ?", orderNo))
                .doesNotContain("文一西路")
                .doesNotContain(phone);
        refused(post("pda", MESSAGES, message.put("text", "好的")), 422, "invalid-message");
    }

    @Test
    void a_redirect_to_another_city_has_its_form_and_its_cause() {
        String orderNo = walked();
        ObjectNode data = JSON.createObjectNode().put("place", "other-city");
        refused(post("desk", EVENTS, event("redirect.requested", orderNo, data)), 422, "invalid-message");
        ObjectNode form =
                event("redirect.requested", orderNo, data.put("formNo", "GZ-1").put("scan", "sha256:1f"));
        form.putObject("redirect").put("name", "李四").put("phone", "13812345678").put("address", "宁波市鄞州区中山东路1号");
        assertThat(post("desk", EVENTS, form).status()).isEqualTo(200);
        ObjectNode wrong = TestFacts.of("redirect.confirmed").put("cause", "SENDER_ERROR");
        assertThat(post("desk", EVENTS, event("redirect.confirmed", orderNo, wrong))
                        .text())
                .contains("R58");
        assertThat(says("desk", "redirect.confirmed", orderNo, clock.instant()).status())
                .isEqualTo(200);
    }
}
