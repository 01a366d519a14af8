package songda.door;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.TestPartners.say;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import songda.HubTest;

/** A door whose partner takes nothing until a person has acted is seen and opened by the desk. */
class DoorDeskTest extends HubTest {

    private static final String DOORS = "/api/v1/doors";
    private static final String SMS = "sms-send-notice";
    private static final String REASON = "{\"reason\":\"账户已充值\"}";

    /** An order whose SMS has met an account without money. */
    private String stopped(String phone) {
        String orderNo = walkedTo(phone);
        PARTNERS.script(
                "/sms/SendSms",
                waybill(orderNo),
                say(200, "{\"Code\":\"isv.AMOUNT_NOT_ENOUGH\",\"Message\":\"no\",\"RequestId\":\"R\"}"));
        assertThat(says("desk", "parcel.accepted", orderNo, clock.instant()).status())
                .isEqualTo(200);
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("RETRY 0"));
        return orderNo;
    }

    private JsonNode listed() {
        for (JsonNode door : get("desk", DOORS).json().path("doors")) {
            if (door.path("door").asText().equals(SMS)) {
                return door;
            }
        }
        throw new AssertionError(SMS + " is not stopped");
    }

    @Test
    void what_waits_at_a_stopped_door_goes_at_once_when_the_desk_opens_it() {
        String orderNo = stopped("13720000001");
        JsonNode stop = listed();
        assertThat(stop.path("reason").asText()).contains("isv.AMOUNT_NOT_ENOUGH");
        assertThat(stop.path("waiting").asInt()).isPositive();
        long before = count("select count(*) from audit where what = 'door.open'");
        Answer opened = post("desk", DOORS + "/" + SMS + "/open", REASON);
        assertThat(opened.status()).as(opened.text()).isEqualTo(200);
        assertThat(opened.json().path("until")).isEqualTo(stop.path("until"));
        assertThat(opened.json().path("again").asInt()).isPositive();
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("ACCEPTED 1"));
        assertThat(count("select count(*) from audit where what = 'door.open'")).isEqualTo(before + 1);
        assertThat(count(
                        "select count(*) from audit where what = 'door.open' and who = 'desk' and reason = '账户已充值' and"
                                + " detail ->> 'door' = ?",
                        SMS))
                .isPositive();
        refused(post("desk", DOORS + "/" + SMS + "/open", REASON), 409, "door-not-stopped");
    }

    @Test
    void only_the_desk_may_and_only_with_a_reason() {
        String orderNo = stopped("13720000002");
        try {
            refused(get("zjzwfw", DOORS), 403, "desk-only");
            refused(post("zjzwfw", DOORS + "/" + SMS + "/open", REASON), 403, "desk-only");
            assertThat(post("desk", DOORS + "/" + SMS + "/open", "{}").status()).isEqualTo(422);
            assertThat(listed().path("waiting").asInt()).isPositive();
        } finally {
            post("desk", DOORS + "/" + SMS + "/open", REASON);
        }
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("ACCEPTED 1"));
    }
}
