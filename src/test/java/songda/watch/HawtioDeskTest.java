package songda.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Tag("desk")
@SpringBootTest(classes = Slice.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = {"songda.admin-port=0", "camel.main.name=songda-desk-test", "management.health.db.enabled=false"})
class HawtioDeskTest {

    @TempDir
    static Path data;

    @Autowired
    Ports ports;

    @Autowired
    Operator operator;

    @Autowired
    CamelContext camel;

    @Autowired
    ProducerTemplate producer;

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry properties) {
        properties.add("songda.data", data::toString);
    }

    @Test
    void explore() throws Exception {
        Slice.load(camel, Slice.ROUTES);
        for (int i = 0; i < 3; i++) producer.sendBody("direct:orders-receive", "x");
        try (var page = new HawtioPage("http://127.0.0.1:" + ports.admin())) {
            page.openLogin();
            page.screenshot(Path.of("target/hawtio-login.png"));
            page.login(operator.user(), Files.readString(operator.passwordFile().orElseThrow()).strip());
            Thread.sleep(4000);
            page.screenshot(Path.of("target/hawtio-home.png"));
            System.out.println("URL " + page.browser().getCurrentUrl() + "\n" + page.text());
            page.openRoutes("songda-desk-test");
            Thread.sleep(6000);
            page.screenshot(Path.of("target/hawtio-routes.png"));
            System.out.println("URL " + page.browser().getCurrentUrl() + "\n" + page.text());
            page.all("nav a").forEach(a -> System.out.println("NAV " + a.getText() + " " + a.getDomAttribute("href")));
            Files.writeString(Path.of("target/hawtio.html"), page.browser().getPageSource());
            for (var e : page.browser().manage().logs().get("browser")) System.out.println("LOG " + e);
        }
    }
}
