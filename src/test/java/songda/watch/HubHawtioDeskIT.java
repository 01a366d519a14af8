package songda.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole hub as an operator sees it: minutes, since Hawtio draws two hundred routes slowly. Profile long; needs Debian's chromium and chromium-driver and fails without them. */
@Tag("long")
class HubHawtioDeskIT {

    private static final int ORDERS = 5;
    private static final String ROUTE = "gov-receive-order";
    private final RunningHub hub = RunningHub.get();

    @Test
    void five_orders_are_five_more_on_the_counter_of_their_route() throws Exception {
        assertThat(post()).isEqualTo(201);
        try (var page = new HawtioPage(hub.adminAddress().toString())) {
            Operator operator = hub.bean(Operator.class);
            page.login(
                    operator.user(),
                    Files.readString(operator.passwordFile().orElseThrow()).strip());
            page.openRoutes(RunningHub.CAMEL);
            long before = page.exchangesTotal(ROUTE);
            for (int i = 0; i < ORDERS; i++) {
                assertThat(post()).isEqualTo(201);
            }
            page.until("the counter of " + ROUTE + " rise", () -> page.exchangesTotal(ROUTE) >= before + ORDERS);
            assertThat(page.exchangesTotal(ROUTE)).isEqualTo(before + ORDERS);
            page.showRow(ROUTE);
            page.screenshot(Path.of("target/hub-hawtio-routes.png"));

            page.selectRoute("gov", ROUTE);
            page.tab("Attributes");
            page.until("the description in two languages", () -> page.text()
                    .contains("接收政务服务网推送的订单（R06、R21） / takes the orders that the government network pushes"));
            page.screenshot(Path.of("target/hub-hawtio-route.png"));
            page.tab("Route Diagram");
            page.until("the diagram with its counters", () -> page.text()
                    .contains((before + ORDERS) + "\nTo fact:record"));
            page.screenshot(Path.of("target/hub-hawtio-diagram.png"));
            assertThat(page.complaints()).isEmpty();
        }
    }

    private int post() {
        return hub.post("gov", "/api/v1/orders", RunningHub.order().toString()).statusCode();
    }
}
