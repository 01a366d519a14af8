package songda.postal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.EmsForm;
import songda.HubTest;
import songda.TestPartners;

/** The routes of the post's older forms, which {@code songda.postal.dialect} loads in place of {@code edge/postal/platform}. */
class DialectTest extends HubTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            oms    | /postal/oms    | {"success":"true","waybill_no":"%s"}
            router | /postal/router | {"success":"T","mailNo":"%s"}
            """)
    void an_order_is_placed_by_the_dialect_s_route(String dialect, String path, String answer) throws Exception {
        String orderNo = ordered();
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        String number = waybill(orderNo).replaceFirst("^11", "12");
        PARTNERS.script(path, orderNo, TestPartners.say(200, answer.formatted(number)));
        load(dialect);
        try {
            var message = JSON.readTree(
                    Path.of("mappings/postal/order/examples/a-physical-receipt-paid-by-the-sender.in.json")
                            .toFile());
            ((com.fasterxml.jackson.databind.node.ObjectNode) message.path("order"))
                    .put("id", id(orderNo))
                    // Its own number has its waybill already.
                    .put("orderNo", orderNo + "-2");
            Exchange done = camel.createFluentProducerTemplate()
                    .withProcessor(exchange -> {
                        exchange.getIn().setBody(message);
                        exchange.setProperty("songda.asked", message);
                    })
                    .to("direct:" + dialect)
                    .send();
            assertThat(done.getException()).isNull();
        } finally {
            camel.getRouteController().stopRoute(dialect);
            camel.removeRoute(dialect);
        }
        assertThat(waybill(orderNo)).isEqualTo(number);
        String form = PARTNERS.calls(path, orderNo).get(0).body();
        assertThat(EmsForm.field(form, dialect.equals("oms") ? "signature" : "sign"))
                .isNotEmpty();
    }

    private void load(String dialect) throws IOException {
        String route = Files.readString(Path.of("routes/edge/postal", dialect, "postal-send-order.camel.yaml"));
        String here = route.replace("id: postal-send-order", "id: " + dialect)
                .replaceFirst(
                        "(?s)uri: door:postal-send-order\\s+parameters:.*?steps:",
                        "uri: direct:" + dialect + "\n      steps:");
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(dialect + ".camel.yaml", here));
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
