package songda.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/** Who is let in while there is too much to do, and what the others hear. */
class LoadFilterTest {

    private static final String ORDERS = "/api/v1/orders";
    private static final String EVENTS = "/api/v1/events";
    private static final ApiSettings SETTINGS = new ApiSettings(
            DataSize.ofMegabytes(1),
            Duration.ofSeconds(15),
            2,
            1,
            1,
            DataSize.ofMegabytes(2000),
            DataSize.ofMegabytes(500),
            Duration.ZERO);
    private final AtomicLong free = new AtomicLong(DataSize.ofGigabytes(10).toBytes());
    private final DiskRoom disk = new DiskRoom(free::get, SETTINGS);
    private final Drain drain = new Drain(Duration.ZERO);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LoadFilter filter = new LoadFilter(SETTINGS, drain, disk, new Shedding(meters), new ProblemWriter());

    private MockHttpServletResponse ask(String method, String path, FilterChain chain) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        MockHttpServletResponse response = new MockHttpServletResponse();
        new CorrelationFilterChain(filter).run(request, response, chain);
        return response;
    }

    /** As the filters stand in the hub: each request has its correlation id when this one sees it. */
    private record CorrelationFilterChain(LoadFilter filter) {

        void run(MockHttpServletRequest request, MockHttpServletResponse response, FilterChain chain) {
            try {
                new CorrelationFilter(new ProblemWriter())
                        .doFilter(request, response, (q, a) -> filter.doFilter(q, a, chain));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static FilterChain answering(int status) {
        return (request, response) -> ((HttpServletResponse) response).setStatus(status);
    }

    private int status(String method, String path) {
        return ask(method, path, answering(200)).getStatus();
    }

    @Test
    void one_more_than_the_hub_can_work_on_is_told_to_come_back_and_other_lanes_stay_open() {
        int[] within = new int[4];
        MockHttpServletResponse first = ask("POST", ORDERS, (q, a) -> {
            MockHttpServletResponse second = ask("POST", ORDERS, (q2, a2) -> {
                MockHttpServletResponse third = ask("POST", ORDERS, answering(201));
                within[0] = third.getStatus();
                within[1] = Integer.parseInt(third.getHeader("Retry-After"));
                within[2] = status("POST", EVENTS);
                within[3] = status("GET", ORDERS);
                assertThat(third.getContentType()).isEqualTo("application/problem+json");
            });
            assertThat(second.getStatus()).isEqualTo(200);
        });
        assertThat(first.getStatus()).isEqualTo(200);
        assertThat(within[0]).isEqualTo(429);
        assertThat(within[1]).isBetween(3, 7);
        assertThat(within[2]).isEqualTo(200);
        assertThat(within[3]).isEqualTo(200);
        assertThat(status("POST", ORDERS)).isEqualTo(200);
        assertThat(meters.get("songda.requests.turned.away")
                        .tags("lane", "orders", "reason", "too-many-requests")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void while_the_database_is_away_one_tries_and_the_others_hear_it_at_once() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask("POST", ORDERS, answering(503)).getStatus()).isEqualTo(503);
        }
        int[] other = new int[1];
        ask("POST", ORDERS, (q, a) -> {
            other[0] = status("POST", EVENTS);
            ((HttpServletResponse) a).setStatus(503);
        });
        assertThat(other[0]).isEqualTo(503);
        assertThat(status("POST", ORDERS)).isEqualTo(200);
        assertThat(ask("POST", ORDERS, (q, a) -> other[0] = status("POST", EVENTS))
                        .getStatus())
                .isEqualTo(200);
        assertThat(other[0]).isEqualTo(200);
    }

    @Test
    void a_disk_that_fills_up_keeps_new_orders_out_first_and_then_all_but_questions() {
        free.set(DataSize.ofMegabytes(1999).toBytes());
        disk.look();
        MockHttpServletResponse order = ask("POST", ORDERS, answering(201));
        assertThat(order.getStatus()).isEqualTo(503);
        assertThat(order.getHeader("Retry-After")).isNotNull();
        assertThat(status("POST", EVENTS)).isEqualTo(200);
        free.set(DataSize.ofMegabytes(499).toBytes());
        disk.look();
        assertThat(status("POST", EVENTS)).isEqualTo(503);
        assertThat(status("GET", ORDERS)).isEqualTo(200);
        free.set(DataSize.ofMegabytes(2000).toBytes());
        disk.look();
        assertThat(status("POST", ORDERS)).isEqualTo(200);
    }

    @Test
    void a_hub_that_stops_answers_and_ends_connections_and_then_sends_everybody_on() {
        drain.start();
        assertThat(ask("POST", ORDERS, answering(201)).getHeader("Connection")).isNull();
        drain.stop();
        MockHttpServletResponse late = ask("POST", ORDERS, answering(201));
        assertThat(late.getStatus()).isEqualTo(503);
        assertThat(late.getHeader("Connection")).isEqualTo("close");
    }
}
