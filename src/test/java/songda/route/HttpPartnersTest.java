package songda.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two partners over HTTP, and what one of them can do to the hub or to the other. */
class HttpPartnersTest {

    private static final int MORE_THAN_A_POOL = 30;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final ExecutorService hands = Executors.newCachedThreadPool();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private HttpServer slow;
    private HttpServer other;

    @BeforeEach
    void two_partners() throws Exception {
        slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        slow.setExecutor(hands);
        other.setExecutor(hands);
        slow.createContext("/held", exchange -> {
            await();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        slow.createContext("/moved", exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", "http://127.0.0.1:" + other.getAddress().getPort() + "/trap");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        other.createContext("/", exchange -> {
            heard.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        slow.start();
        other.start();
        camel.addComponent("http", new HttpConfiguration().httpComponent());
        camel.start();
    }

    private void await() {
        try {
            open.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Exchange call(HttpServer partner, String path) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody("{}");
        exchange.getMessage().setHeader("Authorization", "Bearer of-the-first");
        return camel.createProducerTemplate()
                .send("http:127.0.0.1:" + partner.getAddress().getPort() + path, exchange);
    }

    @Test
    void a_redirect_to_another_host_is_an_error_and_hands_no_credentials_over() {
        assertThat(call(slow, "/moved").getException()).hasMessageContaining("307");
        assertThat(heard).isEmpty();
    }

    @Test
    void a_partner_that_lets_everybody_wait_fills_its_own_pool_only() {
        List<CompletableFuture<Exchange>> waiting = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_A_POOL; i++) {
            waiting.add(CompletableFuture.supplyAsync(() -> call(slow, "/held"), hands));
        }
        assertThat(CompletableFuture.supplyAsync(() -> call(other, "/known"), hands))
                .succeedsWithin(4, TimeUnit.SECONDS)
                .satisfies(answer -> assertThat(answer.getException()).isNull());
        open.countDown();
        waiting.forEach(CompletableFuture::join);
    }

    @Test
    void nothing_is_waited_for_without_end() {
        HttpComponent http = camel.getComponent("http", HttpComponent.class);
        assertThat(List.of(http.getConnectionRequestTimeout(), http.getConnectTimeout(), http.getResponseTimeout()))
                .allMatch(millis -> millis > 0 && millis <= 10_000);
        assertThat(http.getClientConnectionManager()).as("one for all partners").isNull();
    }

    @AfterEach
    void goodbye() {
        open.countDown();
        camel.stop();
        slow.stop(0);
        other.stop(0);
        hands.shutdownNow();
    }
}
