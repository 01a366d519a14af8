package songda.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import songda.HubTest;

/** The way of an order from the push to the collector. */
class WalkTest extends HubTest {

    @Test
    void an_order_gets_its_number_its_label_and_its_collector() {
        String orderNo = walked();
        String waybill = waybill(orderNo);
        assertThat(facts(orderNo))
                .containsExactly("order.received", "waybill.assigned", "label.printed", "pickup.requested");
        awaiting(() -> assertThat(effects(orderNo))
                .containsExactlyInAnyOrder(
                        "postal-send-order:ACCEPTED",
                        "gov-send-status:ACCEPTED",
                        "printer-print-label:ACCEPTED",
                        "postal-request-pickup:ACCEPTED"));
        awaiting(() -> assertThat(PARTNERS.printed(waybill)).hasSize(1));
        assertThat(PARTNERS.calls("/postal/020003", orderNo)).hasSize(1);
        assertThat(PARTNERS.calls("/postal/020010", waybill)).hasSize(1);
        assertThat(PARTNERS.calls("/gov/status", waybill)).hasSize(1);
    }
}
