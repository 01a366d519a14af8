package songda.postal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import songda.EmsForm;
import songda.HubTest;

/** What the post's open platform pushes, in its envelope. */
class PostalPushTest extends HubTest {

    private Answer push(String body) {
        return send(request("/api/postal/pushes", Map.of(), Map.of()).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String sealed(ObjectNode event, String serialNo) {
        return JSON.createObjectNode()
                .put("logitcsInterface", EmsForm.field(EmsForm.of("040002", event.toString()), "logitcsInterface"))
                .put("method", "040002")
                .put("msgType", "0")
                .put("senderNo", "1")
                .put("serialNo", serialNo)
                .put("timeStamp", "2026-09-23 10:00:00")
                .toString();
    }

    private ObjectNode event(String waybillNo, String code) {
        return JSON.createObjectNode()
                .put("waybillNo", waybillNo)
                .put("opCode", code)
                .put("opTime", "2026-05-11 10:00:00")
                .put("opOrgName", "余杭五常揽投部")
                .put("operatorName", "王投递");
    }

    private static void taken(Answer answer, String serialNo) throws Exception {
        JsonNode body = JSON.readTree(answer.text());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(body.path("code").asText()).isEqualTo("00000");
        assertThat(body.path("serialNo").asText()).isEqualTo(serialNo);
        assertThat(body.path("senderNo").asText()).isEqualTo("1100000000000");
    }

    @Test
    void an_event_is_recorded_once_however_often_and_by_whichever_way_it_comes() throws Exception {
        String orderNo = walked();
        ObjectNode event = event(waybill(orderNo), "203");
        taken(push(sealed(event, "s1")), "s1");
        taken(push(sealed(event, "s1")), "s1");
        taken(push(sealed(event, "s2")), "s2");
        ObjectNode scan = JSON.createObjectNode()
                .put("serialNo", "s3")
                .put("waybillNo", waybill(orderNo))
                .put("opCode", "203")
                .put("opTime", "2026-05-11 10:00:00");
        assertThat(post("ems", SCANS, scan).status()).isEqualTo(200);
        assertThat(facts(orderNo)).filteredOn(f -> f.equals("parcel.accepted")).hasSize(1);
        assertThat(db.sql("select data::text from fact where subject = ? and name = 'parcel.accepted'")
                        .param(id(orderNo))
                        .query(String.class)
                        .single())
                .contains("余杭五常揽投部")
                .doesNotContain("王投递");
    }

    @Test
    void what_cannot_be_read_is_taken_and_kept() throws Exception {
        long before = letters();
        taken(push(sealed(event("1272448151316", "ZZ"), "s1")), "s1");
        taken(push(sealed(JSON.createObjectNode().put("no", "event"), "s2")), "s2");
        assertThat(letters()).isEqualTo(before + 2);
    }

    private long letters() {
        return count("select count(*) from dead_letter where door = 'postal-receive-push'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{\"serialNo\":\"1\"}", "{\"logitcsInterface\":\"|$4|AAAA\"}"})
    void what_is_no_push_is_refused(String body) throws Exception {
        Answer answer = push(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("/problems/malformed-push");
    }

    @Test
    void what_the_post_did_not_seal_is_refused_and_leaves_nothing() throws Exception {
        long before = letters();
        String orderNo = walked();
        String good = sealed(event(waybill(orderNo), "704"), "s1");
        int end = good.indexOf("\",\"method\"");
        assertThat(push(good.substring(0, end - 6) + "AAAA==" + good.substring(end))
                        .status())
                .isEqualTo(401);
        assertThat(push(good.replace("|$4|", "|$3|")).status()).isEqualTo(401);
        assertThat(facts(orderNo)).doesNotContain("parcel.delivered");
        assertThat(letters()).isEqualTo(before);
    }
}
