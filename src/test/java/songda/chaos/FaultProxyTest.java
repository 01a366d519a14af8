package songda.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that says yes, seen through the proxy. */
class FaultProxyTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final FaultProxy proxy = new FaultProxy("test");
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            asked.incrementAndGet();
            byte[] yes =
                    "{\"code\":\"00000\",\"answer\":\"yes, and a little more of it\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, yes.length);
            exchange.getResponseBody().write(yes);
            exchange.close();
        });
        server.start();
        proxy.to(server.getAddress().getPort());
    }

    @AfterEach
    void leave() {
        proxy.close();
        server.stop(0);
    }

    /** On a new connection: one that was kept may break before the client knows, which is another error. */
    private HttpResponse<String> ask() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/"))
                                .timeout(Duration.ofSeconds(2))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"question\": 1}"))
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void it_passes_until_told_otherwise_and_again_afterwards() throws Exception {
        assertThat(ask().statusCode()).isEqualTo(200);
        proxy.down();
        assertThatThrownBy(this::ask).isInstanceOf(ConnectException.class);
        proxy.up();
        assertThat(ask().body()).endsWith("of it\"}");
    }

    @Test
    void the_answer_is_lost_after_the_work_was_done() {
        proxy.mode(Mode.of(Mode.Kind.DROP_ANSWER));
        assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
        assertThat(asked.get()).isPositive();
    }

    @Test
    void it_answers_itself_and_the_partner_hears_nothing() throws Exception {
        proxy.mode(Mode.answering(List.of(PartnerFaults.http("503 Service Unavailable", "Retry-After: 2\r\n", "{}"))));
        HttpResponse<String> answer = ask();
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(asked.get()).isZero();
        assertThat(proxy.answered()).isEqualTo(1);
    }

    @Test
    void nothing_gets_through_a_black_hole_and_what_was_held_goes_on_afterwards() throws Exception {
        ask();
        Mode hole = Mode.of(Mode.Kind.BLACK_HOLE);
        proxy.mode(hole);
        assertThatThrownBy(this::ask).isInstanceOf(HttpTimeoutException.class);
        assertThat(asked.get()).isEqualTo(1);
        proxy.mode(Mode.PASS);
        assertThat(ask().statusCode()).isEqualTo(200);
    }

    @Test
    void it_is_late_cuts_garbles_and_resets() throws Exception {
        proxy.mode(Mode.late(300, 1));
        long from = System.nanoTime();
        assertThat(ask().statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(500));
        for (Mode.Kind kind : List.of(Mode.Kind.CUT_ANSWER, Mode.Kind.GARBLE, Mode.Kind.HALF_CLOSE, Mode.Kind.RESET)) {
            proxy.mode(Mode.of(kind));
            assertThatThrownBy(this::ask).as(kind.name()).isInstanceOf(IOException.class);
        }
        assertThat(proxy.hits()).isGreaterThan(3);
    }
}
