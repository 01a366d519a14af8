package songda.door;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.TestPartners.lost;
import static songda.TestPartners.say;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import songda.HubTest;

/** What waits for a person is listed and settled by one, with a reason. */
class EffectDeskTest extends HubTest {

    private static final String EFFECTS = "/api/v1/effects";
    private static final String SMS = "sms-send-notice";

    /** An order whose SMS has ended so. @return the id of the SMS for the desk */
    private String unfinished(String orderNo, songda.TestPartners.Answer answer, String state) {
        PARTNERS.script("/sms/SendSms", waybill(orderNo), answer);
        assertThat(says("desk", "parcel.accepted", orderNo, clock.instant()).status())
                .isEqualTo(200);
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith(state));
        return db.sql("select subject || '-' || id from effect where subject = ? and door = ?")
                .params(id(orderNo), SMS)
                .query(String.class)
                .single();
    }

    private Answer settle(String id, String as) {
        return post("desk", EFFECTS + "/" + id + "/settle", "{\"as\":\"%s\",\"reason\":\"已电话核实收到\"}".formatted(as));
    }

    @Test
    void what_is_unknown_is_listed_and_settled_as_accepted() {
        String orderNo = walked();
        String id = unfinished(orderNo, lost(), "UNKNOWN");
        JsonNode page = get("desk", EFFECTS + "?state=UNKNOWN&door=" + SMS + "&limit=200")
                .json();
        assertThat(page.path("effects").findValuesAsText("id")).contains(id);
        JsonNode settled = settle(id, "accepted").json();
        assertThat(settled.path("state").asText()).isEqualTo("ACCEPTED");
        assertThat(settled.path("nextAt").isNull()).isTrue();
        assertThat(settled.at("/changes/0/what").asText()).isEqualTo("effect.settle-accepted");
        assertThat(settled.at("/changes/0/reason").asText()).isEqualTo("已电话核实收到");
        refused(settle(id, "retry"), 409, "effect-state");
        assertThat(PARTNERS.calls("/sms/SendSms", waybill(orderNo))).hasSize(1);
    }

    @Test
    void what_is_dead_is_sent_again_when_the_desk_says_so() {
        String orderNo = walked();
        String id = unfinished(orderNo, say(400, "{}"), "DEAD");
        assertThat(get("desk", EFFECTS + "?state=DEAD&limit=200")
                        .json()
                        .path("effects")
                        .findValuesAsText("id"))
                .contains(id);
        assertThat(settle(id, "retry").status()).isEqualTo(200);
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("ACCEPTED 2"));
        assertThat(PARTNERS.calls("/sms/SendSms", waybill(orderNo))).hasSize(2);
    }

    @Test
    void what_is_given_up_stays_given_up() {
        String orderNo = walked();
        String id = unfinished(orderNo, lost(), "UNKNOWN");
        assertThat(settle(id, "dead").json().path("state").asText()).isEqualTo("DEAD");
        assertThat(get("desk", EFFECTS + "/" + id).json().path("reason").asText())
                .isEqualTo("settled by hand");
    }

    @Test
    void all_of_an_order_is_listed_page_by_page() {
        String orderNo = walked();
        JsonNode first = get("desk", EFFECTS + "?limit=2&orderNo=" + orderNo).json();
        assertThat(first.path("effects").findValuesAsText("door")).contains("postal-send-order");
        JsonNode rest = get(
                        "desk",
                        EFFECTS + "?orderNo=" + orderNo + "&cursor="
                                + first.path("next").asText())
                .json();
        assertThat(rest.path("next").isNull()).isTrue();
        assertThat(first.path("effects").size() + rest.path("effects").size())
                .isEqualTo(effects(orderNo).size());
        assertThat(get("desk", EFFECTS + "?orderNo=NOSUCH0001").json().path("effects"))
                .isEmpty();
    }

    @Test
    void only_the_desk_may_and_only_with_a_reason() {
        String id = unfinished(walked(), lost(), "UNKNOWN");
        String settle = EFFECTS + "/" + id + "/settle";
        refused(post("zjzwfw", settle, "{\"as\":\"dead\",\"reason\":\"已电话核实\"}"), 403, "desk-only");
        refused(get("ems", EFFECTS), 403, "desk-only");
        for (String body : new String[] {
            "{\"as\":\"dead\"}",
            "{\"reason\":\"已电话核实\"}",
            "{\"as\":\"gone\",\"reason\":\"已电话核实\"}",
            "{\"as\":\"dead\",\"reason\":\"打给 13812345678\"}"
        }) {
            assertThat(post("desk", settle, body).status()).as(body).isEqualTo(422);
        }
        refused(get("desk", EFFECTS + "/1-1"), 404, "no-such-effect");
        assertThat(get("desk", EFFECTS + "/" + id).json().path("state").asText())
                .isEqualTo("UNKNOWN");
    }
}
