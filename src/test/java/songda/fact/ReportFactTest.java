package songda.fact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import songda.HubTest;
import songda.clock.HubClock;

/** Facts as systems report them over the API: each once, each only by who may say so. */
class ReportFactTest extends HubTest {

    @Test
    void a_fact_is_recorded_once_and_the_same_id_again_changes_nothing() {
        String orderNo = walked();
        Answer first = says("desk", "parcel.accepted", orderNo, clock.instant(), "once-" + orderNo);
        assertThat(first.json().path("recorded").asBoolean()).isTrue();
        var before = effects(orderNo).size();
        Answer again = says("desk", "parcel.accepted", orderNo, clock.instant(), "once-" + orderNo);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("recorded").asBoolean()).isFalse();
        assertThat(again.json().path("duplicate").asBoolean()).isTrue();
        assertThat(effects(orderNo)).hasSize(before);
        assertThat(facts(orderNo)).containsOnlyOnce("parcel.accepted");
    }

    @Test
    void two_steps_on_one_fact_both_plan() {
        String orderNo = walked();
        says("desk", "parcel.accepted", orderNo, clock.instant());
        awaiting(() -> assertThat(effects(orderNo))
                .contains("sms-send-notice>recipient:ACCEPTED")
                .filteredOn("gov-send-status:ACCEPTED"::equals)
                .hasSize(2));
    }

    @Test
    void an_unknown_fact_is_refused_and_the_file_named() {
        Answer answer = says("desk", "parcel.vanished", ordered(), clock.instant());
        refused(answer, 422, "invalid-fact");
        assertThat(answer.text()).contains("routes/facts.yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "zjzwfw, parcel.delivered",
        "ems, receipt.returned",
        "desk, receipt.overdue",
        "desk, anomaly.reached-level-1",
        "desk, receipts.pulled",
        "inquiry, receipt.returned"
    })
    void a_fact_that_a_system_may_not_report_is_refused(String client, String fact) {
        String orderNo = ordered();
        Answer answer = says(client, fact, orderNo, clock.instant());
        refused(answer, 422, "invalid-fact");
        assertThat(facts(orderNo)).doesNotContain(fact);
    }

    @ParameterizedTest
    @CsvSource({
        "receiptNo, 雀鸣枝上, /data/receiptNo",
        "receiptNo, 17799887766, /data/receiptNo",
        "receiptNo, R-330109197707079922, /data/receiptNo",
        "雀鸣枝上, 1, /data",
        "remark, 1, /data"
    })
    void what_could_name_a_person_is_refused_and_not_repeated(String field, String value, String path) {
        String orderNo = ordered();
        ObjectNode event = JSON.createObjectNode()
                .put("id", "clear-" + orderNo)
                .put("fact", "receipt.returned")
                .put("at", "2026-09-29T15:00:00+08:00")
                .put("orderNo", orderNo);
        event.putObject("data").put(field, value);
        Answer answer = post("desk", EVENTS, event);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("\"" + path + "\"")
                .doesNotContain("雀鸣枝上")
                .doesNotContain("1779988");
        assertThat(facts(orderNo)).doesNotContain("receipt.returned");
    }

    @Test
    void an_order_cannot_be_received_as_a_mere_event() {
        String orderNo = walked();
        refused(says("zjzwfw", "order.received", orderNo, clock.instant()), 422, "invalid-fact");
        assertThat(facts(orderNo)).containsOnlyOnce("order.received");
        assertThat(effects(orderNo).stream().filter(e -> e.startsWith("postal-send-order")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59+08:00", "2026-02-30T00:00:00+08:00", "soon"})
    void a_time_that_cannot_be_is_refused(String at) {
        String orderNo = ordered();
        ObjectNode event = JSON.createObjectNode()
                .put("id", "when-" + orderNo)
                .put("fact", "parcel.delivered")
                .put("at", at)
                .put("orderNo", orderNo);
        Answer answer = post("desk", EVENTS, event);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        clean(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"infinity", "tomorrow", "2026-11-23"})
    void how_far_a_system_was_read_must_be_a_time(String until) {
        String orderNo = ordered();
        ObjectNode event = JSON.createObjectNode()
                .put("id", "until-" + until + orderNo)
                .put("fact", "receipts.pulled")
                .put("at", HubClock.local(clock.instant()))
                .put("orderNo", orderNo);
        event.putObject("data").put("until", until);
        refused(post("r85", EVENTS, event), 422, "invalid-fact");
    }
}
