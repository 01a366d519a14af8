package songda.postal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import songda.HubTest;
import songda.TestPartners;

/** An office takes its order back: with the post before acceptance, not at all afterwards. */
class CancellationTest extends HubTest {

    private static final String CANCELLATIONS = "/api/v1/cancellations";
    private static final String BUSY = "{\"retCode\":\"B9999\",\"retMsg\":\"系统繁忙\",\"success\":false}";

    private Answer cancel(String client, String orderNo) {
        return post(
                client,
                CANCELLATIONS,
                JSON.createObjectNode()
                        .put("id", "C-" + orderNo)
                        .put("orderNo", orderNo)
                        .put("reason", "WITHDRAWN"));
    }

    private String stage(String orderNo) {
        return db.sql("select stage from orders where id = ?")
                .param(id(orderNo))
                .query(String.class)
                .single();
    }

    private void told(String orderNo, String opCode) {
        awaiting(() -> assertThat(PARTNERS.calls("/gov/status", orderNo))
                .extracting(c -> c.json().path("op_code").asText())
                .contains(opCode));
    }

    @Test
    void before_acceptance_the_post_cancels_and_the_office_is_told() {
        String orderNo = walked();
        assertThat(cancel("zjzwfw", orderNo).json().path("recorded").asBoolean())
                .isTrue();
        assertThat(cancel("zjzwfw", orderNo).json().path("duplicate").asBoolean())
                .isTrue();
        told(orderNo, "O_011");
        assertThat(PARTNERS.calls("/postal/020006", orderNo)).hasSize(1);
        JsonNode asked = PARTNERS.calls("/postal/020006", orderNo).get(0).json();
        assertThat(asked.path("waybillNo").asText()).isEqualTo(waybill(orderNo));
        assertThat(asked.path("cancelReason").asText()).isEqualTo("办件撤回");
        assertThat(stage(orderNo)).isEqualTo("CANCELLED");
        assertThat(count("select count(*) from deadline where state = 0 and subject = ?", id(orderNo)))
                .isZero();
    }

    @Test
    void after_acceptance_it_is_refused_with_the_rule_and_nothing_is_recorded() {
        String orderNo = walked();
        assertThat(says("ems", "parcel.accepted", orderNo, clock.instant().plus(Duration.ofMinutes(1)))
                        .status())
                .isEqualTo(200);
        Answer answer = cancel("zjzwfw", orderNo);
        refused(answer, 409, "wrong-stage");
        assertThat(answer.text()).contains("ACCEPTED", "R28");
        assertThat(facts(orderNo)).doesNotContain("order.cancelled");
        assertThat(PARTNERS.calls("/postal/020006", orderNo)).isEmpty();
    }

    @Test
    void a_cancellation_that_was_recorded_stays_known_after_the_post_went_on() {
        String orderNo = walked();
        PARTNERS.script("/postal/020006", orderNo, TestPartners.say(200, "{\"retCode\":\"B0410\",\"success\":false}"));
        cancel("zjzwfw", orderNo);
        told(orderNo, "O_012");
        assertThat(stage(orderNo)).isEqualTo("ACCEPTED");
        assertThat(cancel("zjzwfw", orderNo).json().path("duplicate").asBoolean())
                .isTrue();
    }

    @Test
    void another_client_does_not_cancel_it() {
        String orderNo = walked();
        assertThat(cancel("wenzhou", orderNo).status()).isEqualTo(202);
        assertThat(stage(orderNo)).isEqualTo("LABELLED");
        assertThat(facts(orderNo)).doesNotContain("order.cancelled");
    }

    @Test
    void a_post_that_is_busy_or_answers_with_a_page_is_asked_again() {
        String orderNo = walked();
        PARTNERS.script(
                "/postal/020006",
                orderNo,
                TestPartners.say(200, BUSY),
                TestPartners.say(200, "text/html", "<html>系统维护</html>"),
                TestPartners.say(200, ""),
                TestPartners.lost());
        cancel("zjzwfw", orderNo);
        told(orderNo, "O_011");
        assertThat(PARTNERS.calls("/postal/020006", orderNo)).hasSize(5);
        assertThat(facts(orderNo)).filteredOn("cancellation.confirmed"::equals).hasSize(1);
    }

    @Test
    void an_order_that_is_taken_back_before_it_was_placed_is_never_placed() {
        String orderNo = newOrderNo();
        PARTNERS.script("/postal/020003", orderNo, TestPartners.say(503, "Retry-After", "2", "{}"));
        PARTNERS.script("/postal/020006", orderNo, TestPartners.say(200, "{\"retCode\":\"B0404\",\"success\":false}"));
        assertThat(post("zjzwfw", ORDERS, order(orderNo)).status()).isEqualTo(201);
        awaiting(() -> assertThat(effect(orderNo, "postal-send-order")).startsWith("RETRY"));
        cancel("zjzwfw", orderNo);
        told(orderNo, "O_011");
        awaiting(() -> assertThat(effect(orderNo, "postal-send-order"))
                .startsWith("ACCEPTED")
                .contains("taken back"));
        assertThat(facts(orderNo)).doesNotContain("waybill.assigned");
        assertThat(PARTNERS.calls("/postal/020003", orderNo)).hasSize(1);
    }

    @Test
    void a_number_that_comes_after_it_was_taken_back_is_cancelled_and_nothing_is_printed() {
        String orderNo = newOrderNo();
        var held = new java.util.concurrent.CountDownLatch(1);
        PARTNERS.script(
                "/postal/020003",
                orderNo,
                TestPartners.held(held, TestPartners.say(200, TestPartners.ems("{\"waybillNo\":\"1272448151316\"}"))));
        assertThat(post("zjzwfw", ORDERS, order(orderNo)).status()).isEqualTo(201);
        awaiting(() -> assertThat(PARTNERS.calls("/postal/020003", orderNo)).hasSize(1));
        cancel("zjzwfw", orderNo);
        awaiting(() -> assertThat(facts(orderNo)).contains("cancellation.confirmed"));
        held.countDown();
        awaiting(() -> assertThat(PARTNERS.calls("/postal/020006", orderNo)).hasSize(2));
        awaiting(() -> assertThat(facts(orderNo))
                .filteredOn("cancellation.confirmed"::equals)
                .hasSize(2));
        assertThat(stage(orderNo)).isEqualTo("CANCELLED");
        assertThat(effects(orderNo)).noneMatch(e -> e.startsWith("printer-") || e.startsWith("postal-request-pickup"));
    }

    @Test
    void late_news_of_an_acceptance_is_followed_though_it_was_taken_back() {
        String orderNo = walked();
        cancel("zjzwfw", orderNo);
        told(orderNo, "O_011");
        says("ems", "parcel.accepted", orderNo, clock.instant().plus(Duration.ofMinutes(1)));
        assertThat(stage(orderNo)).isEqualTo("ACCEPTED");
    }
}
