package songda.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import songda.Daytime;
import songda.HubTest;
import songda.clock.HubClock;

/** Who may send items, who visits them, and in which order a lost receipt is replaced (R02, R14, R64-R74). */
class ClientsTest extends HubTest {

    private static final String UNIT = "11330109MB1A2B3C4H";

    @Autowired
    private ProducerTemplate routes;

    @AfterEach
    void today() {
        clock.set(Daytime.today(), 1);
    }

    private Answer reports(String fact, String about, String data) throws Exception {
        ObjectNode event = JSON.createObjectNode()
                .put("id", fact + "/" + System.nanoTime())
                .put("fact", fact)
                .put("at", HubClock.local(clock.instant()));
        event.put(about.contains(":") ? "subject" : "orderNo", about);
        return post("desk", EVENTS, event.set("data", JSON.readTree(data)));
    }

    private void taken(String fact, String about, String data) throws Exception {
        Answer answer = reports(fact, about, data);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private void no(String fact, String about, String data, String rule) throws Exception {
        Answer answer = reports(fact, about, data);
        refused(answer, 422, "invalid-message");
        assertThat(answer.text()).contains(rule);
    }

    @Test
    void an_order_of_a_unit_whose_commission_has_ended_is_refused_and_not_kept() {
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo);
        order.withObject("/office").put("creditCode", "11330109MB0000000Q");
        Answer answer = post("zjzwfw", ORDERS, order);
        refused(answer, 422, "invalid-message");
        assertThat(answer.json().at("/errors/0/path").asText()).isEqualTo("/office/creditCode");
        assertThat(answer.text()).contains("R02");
        assertThat(count("select count(*) from orders where order_no = ?", orderNo))
                .isZero();
    }

    @Test
    void visits_are_counted_by_unit_and_month_one_number_once_and_only_of_the_county_s_manager() throws Exception {
        Instant february = OffsetDateTime.parse("2026-02-28T23:00:00+08:00").toInstant();
        clock.set(february, 0);
        String visit = "{\"visitNo\":\"%s\",\"manager\":\"%s\",\"county\":\"330109\"}";
        no("visit.made", "client:" + UNIT, visit.formatted("V1", "nb-account"), "R14");
        taken("visit.made", "client:" + UNIT, visit.formatted("V1", "hz-account"));
        taken("visit.made", "client:" + UNIT, visit.formatted("V1", "hz-account"));
        assertThat(visits(0)).isEqualTo(0);
        assertThat(visits(1)).isEqualTo(1);
        taken("visit.made", "client:" + UNIT, visit.formatted("V2", "hz-account"));
        assertThat(visits(1)).isEqualTo(2);
        clock.set(february.plusSeconds(3600), 0);
        assertThat(visits(0)).isEqualTo(2);
        assertThat(visits(1)).isEqualTo(0);
    }

    private int visits(int month) {
        JsonNode counted = routes.requestBody("report:visits", null, JsonNode.class);
        return counted.at("/months/" + month + "/made/" + UNIT).asInt();
    }

    @Test
    void a_certified_copy_is_refused_out_of_order_and_goes_to_the_sender_when_it_is_sealed() throws Exception {
        String order = walkedTo("13900010201");
        String contact = "{\"unit\":\"31131101\",\"channel\":\"PHONE\"}";
        String sheet = "{\"handoverNo\":\"JJ-1\",\"givenBy\":\"xs-pm\",\"takenBy\":\"xs-hall\",\"copies\":2}";
        no("replacement.contacted", order, contact, "R69");
        taken("receipt.lost", order, "{}");
        no("replacement.received", order, "{\"channel\":\"FAX\",\"document\":\"F-1\"}", "R70");
        taken("replacement.contacted", order, contact);
        taken("replacement.received", order, "{\"channel\":\"FAX\",\"document\":\"F-1\"}");
        no("replacement.marked", order, "{\"by\":\"xs-pm\"}", "R71");
        taken("replacement.copied", order, "{\"by\":\"xs-pm\"}");
        taken("replacement.marked", order, "{\"by\":\"xs-pm\"}");
        no("receipt.handed-over", order, sheet, "R71");
        taken("replacement.sealed", order, "{\"by\":\"xs-pm\",\"department\":\"330106-gov\"}");
        taken("receipt.handed-over", order, sheet);
        assertThat(facts(order)).contains("receipt.handed-over").doesNotHaveDuplicates();
        assertThat(db.sql("select receipt_stage from orders where order_no = ?")
                        .param(order)
                        .query(String.class)
                        .single())
                .isEqualTo("HANDED_OVER");
    }

    @Test
    void a_complaint_is_not_closed_before_somebody_is_responsible_nor_a_cost_put_on_the_user() throws Exception {
        String order = walkedTo("13900010202");
        no("complaint.received", order, "{\"complaintNo\":\"C1\"}", "R77");
        taken("complaint.received", order, "{\"complaintNo\":\"C1\",\"kind\":\"SERVICE\"}");
        no("anomaly.resolved", order, "{}", "R82");
        no(
                "remedy.cost-borne",
                order,
                "{\"costNo\":\"K1\",\"amount\":35,\"bearer\":\"USER\",\"unit\":\"31110001\"}",
                "R80");
        taken("responsibility.found", order, "{\"unit\":\"31110001\",\"person\":\"courier-7\"}");
        taken("anomaly.resolved", order, "{}");
        assertThat(facts(order)).contains("anomaly.resolved").doesNotContain("remedy.cost-borne");
    }
}
