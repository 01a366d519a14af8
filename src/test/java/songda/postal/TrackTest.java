package songda.postal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import songda.EmsForm;
import songda.HubTest;
import songda.TestPartners;
import songda.clock.HubClock;
import songda.fact.FactIntake;

/** On the day after posting the post is asked for the track; what was pushed is not recorded twice. */
class TrackTest extends HubTest {

    @Autowired
    FactIntake intake;

    private void quality(String orderNo, String fact) {
        ObjectNode due = JSON.createObjectNode().put("fact", fact).put("id", fact + orderNo);
        due.put("at", HubClock.local(clock.instant()));
        due.putObject("about").put("subjectId", id(orderNo));
        intake.record(due, new FactIntake.Origin(Optional.empty(), "kit", "test", Optional.empty(), "kit-report-due"));
    }

    private ObjectNode event(String code) {
        return JSON.createObjectNode()
                .put("opCode", code)
                .put("opName", "无")
                .put("opTime", HubClock.local(clock.instant()).substring(0, 10) + " 12:34:56")
                .put("opOrgName", "余杭五常揽投部");
    }

    private static TestPartners.Answer track(JsonNode... events) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("responseItems").addAll(java.util.List.of(events));
        return TestPartners.say(200, TestPartners.ems(body.toString()));
    }

    private void asked(String orderNo) {
        awaiting(() -> assertThat(effect(orderNo, "postal-fetch-track")).startsWith("ACCEPTED"));
    }

    @Test
    void what_was_pushed_and_what_is_asked_for_is_one_fact_and_what_was_not_pushed_is_recorded() {
        String orderNo = walked();
        ObjectNode pushed = event("203").put("waybillNo", waybill(orderNo));
        String push = JSON.createObjectNode()
                .put("logitcsInterface", EmsForm.field(EmsForm.of("040002", pushed.toString()), "logitcsInterface"))
                .put("serialNo", "s1")
                .toString();
        assertThat(send(request("/api/postal/pushes", Map.of(), Map.of())
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(push)))
                        .status())
                .isEqualTo(200);
        PARTNERS.script("/postal/040001", waybill(orderNo), track(event("203"), event("305")));
        quality(orderNo, "quality.checked");
        asked(orderNo);
        assertThat(facts(orderNo)).filteredOn("parcel.accepted"::equals).hasSize(1);
        assertThat(facts(orderNo)).filteredOn("parcel.in-transit"::equals).hasSize(1);
    }

    @Test
    void what_the_older_push_brought_is_the_same_fact_when_it_is_asked_for() {
        String orderNo = walked();
        ObjectNode accepted = event("203");
        String item = "<m><mailnum>" + waybill(orderNo) + "</mailnum><procdate>"
                + accepted.path("opTime").asText().substring(0, 10).replace("-", "")
                + "</procdate><proctime>123456</proctime><action>00</action><effect>1</effect></m>";
        assertThat(send(request(
                                        "/api/postal/mails",
                                        Map.of("authenticate", MAILS_SECRET),
                                        Map.of("Content-Type", "text/xml"))
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "<listexpressmail>" + item + "</listexpressmail>")))
                        .text())
                .contains("<success>1</success>", "<remark></remark>");
        PARTNERS.script("/postal/040001", waybill(orderNo), track(accepted));
        quality(orderNo, "quality.checked");
        asked(orderNo);
        assertThat(facts(orderNo)).filteredOn("parcel.accepted"::equals).hasSize(1);
    }

    @Test
    void an_event_that_nobody_knows_is_kept_as_if_it_had_been_pushed_and_harms_no_other() {
        String orderNo = walked();
        PARTNERS.script("/postal/040001", waybill(orderNo), track(event("203"), event("747"), event("305")));
        quality(orderNo, "quality.undelivered");
        asked(orderNo);
        assertThat(facts(orderNo)).contains("parcel.accepted", "parcel.in-transit");
        assertThat(db.sql("select reason from dead_letter where door = 'postal-receive-push' order by id desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("unknown postal code '747' in $.opCode: add it to mappings/postal/scan-to-fact/codes.csv");
        String letter = db.sql("select max(id)::text from dead_letter where door = 'postal-receive-push'")
                .query(String.class)
                .single();
        Answer tried =
                post("desk", "/api/v1/dead-letters/" + letter + "/replay", "{\"reason\":\"先试一试\",\"dryRun\":true}");
        assertThat(tried.json().path("reason").asText()).as(tried.text()).contains("'747'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"无客户信息", "无查询信息", "查无", "无邮件信息"})
    void no_tracking_that_comes_as_a_success_is_no_error(String text) {
        String orderNo = walked();
        PARTNERS.script("/postal/040001", waybill(orderNo), TestPartners.say(200, TestPartners.ems(text)));
        quality(orderNo, "quality.checked");
        asked(orderNo);
        assertThat(PARTNERS.calls("/postal/040001", waybill(orderNo))).hasSize(1);
    }

    @Test
    void a_page_an_empty_answer_and_none_are_asked_again() {
        String orderNo = walked();
        PARTNERS.script(
                "/postal/040001",
                waybill(orderNo),
                TestPartners.say(200, "text/html", "<html>系统维护</html>"),
                TestPartners.say(200, ""),
                TestPartners.lost(),
                track(event("203")));
        quality(orderNo, "quality.checked");
        asked(orderNo);
        assertThat(facts(orderNo)).contains("parcel.accepted");
    }
}
