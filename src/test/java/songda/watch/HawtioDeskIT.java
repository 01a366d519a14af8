package songda.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Hawtio with this package alone; needs Debian's chromium and chromium-driver and fails without them. */
@Tag("desk")
@SpringBootTest(
        classes = Slice.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"songda.admin-port=0", "camel.main.name=songda-desk-test", "management.health.db.enabled=false"})
class HawtioDeskIT {

    private static final int SENT = 5;

    @Autowired
    Ports ports;

    @Autowired
    Operator operator;

    @Autowired
    CamelContext camel;

    @Autowired
    ProducerTemplate producer;

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry properties) throws IOException {
        String data = Files.createTempDirectory(Path.of("target"), "watch").toString();
        properties.add("songda.data", () -> data);
    }

    @Test
    void a_routes_counter_rises_by_what_was_sent() throws Exception {
        Slice.load(camel, Slice.ROUTES);
        producer.sendBody("direct:orders-receive", "before");
        try (var page = new HawtioPage("http://127.0.0.1:" + ports.admin())) {
            page.openLogin();
            page.screenshot(Path.of("target/hawtio-login.png"));
            page.login(
                    operator.user(),
                    Files.readString(operator.passwordFile().orElseThrow()).strip());
            page.openRoutes("songda-desk-test");
            long before = page.exchangesTotal("orders-receive");
            for (int i = 0; i < SENT; i++) {
                producer.sendBody("direct:orders-receive", "an order");
            }
            page.until(
                    "the counter of orders-receive rise", () -> page.exchangesTotal("orders-receive") >= before + SENT);
            page.openRoutes("songda-desk-test");
            assertThat(page.exchangesTotal("orders-receive")).isEqualTo(before + SENT);
            page.screenshot(Path.of("target/hawtio-routes.png"));

            page.selectRoute("gov", "orders-receive");
            page.tab("Attributes");
            page.until("the route's description", () -> page.text().contains("收下政务服务网推来的订单"));
            page.screenshot(Path.of("target/hawtio-route.png"));
            page.tab("Operations");
            page.until("the operations", () -> page.text().contains("updateRouteFromXml"));
            page.screenshot(Path.of("target/hawtio-operations.png"));
            page.tab("Route Diagram");
            page.until("the diagram with its counter", () -> page.text().contains("record-order"));
            page.screenshot(Path.of("target/hawtio-diagram.png"));
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void a_wrong_password_is_said_in_chinese() {
        try (var page = new HawtioPage("http://127.0.0.1:" + ports.admin())) {
            page.tryLogin(operator.user(), "wrong");
            page.until("the refusal", () -> page.text().contains("口令不正确"));
            page.screenshot(Path.of("target/hawtio-refused.png"));
        }
    }
}
