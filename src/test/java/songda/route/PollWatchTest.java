package songda.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PollWatchTest {

    @Test
    void a_source_that_is_away_is_said_once_and_once_when_it_is_back(CapturedOutput output) throws Exception {
        PollWatch watch = new PollWatch();
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:source?delay=3600000").routeId("fetch-things").log("-");
                }
            });
            camel.start();
            Consumer consumer = camel.getRoute("fetch-things").getConsumer();
            Exception failure = new IllegalStateException(
                    "outer", new SQLException("Key (rcv_name)=(张小三) already exists", "23505"));
            for (int i = 0; i < 3; i++) {
                assertThat(watch.begin(consumer, consumer.getEndpoint())).isTrue();
                assertThat(watch.rollback(consumer, consumer.getEndpoint(), 0, failure))
                        .isFalse();
            }
            watch.commit(consumer, consumer.getEndpoint(), 0);
            watch.commit(consumer, consumer.getEndpoint(), 7);
        }
        assertThat(output.getOut().split("tried again later: fetch-things \\(SQLException 23505\\)", -1))
                .hasSize(2);
        assertThat(output.getOut().split("can be fetched again: fetch-things", -1))
                .hasSize(2);
        assertThat(output.getOut()).doesNotContain("张小三");
    }

    @Test
    void a_route_by_the_clock_that_fails_says_so_each_time_in_one_line(CapturedOutput output) throws Exception {
        PollWatch watch = new PollWatch();
        try (CamelContext camel = new DefaultCamelContext()) {
            assertThat(watch.createRoutePolicy(camel, "kit-purge", new RouteDefinition("quartz:songda/purge")))
                    .isSameAs(watch);
            assertThat(watch.createRoutePolicy(camel, "gov-fetch-orders", new RouteDefinition("sql:select 1")))
                    .isNull();
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(Exception.class).logExhausted(false);
                    from("direct:purge")
                            .routeId("kit-purge")
                            .routePolicy(watch)
                            .throwException(new SQLException("Key (rcv_name)=(张小三) already exists", "57P01"));
                }
            });
            camel.start();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> camel.createProducerTemplate().sendBody("direct:purge", ""))
                        .hasRootCauseInstanceOf(SQLException.class);
            }
        }
        assertThat(output.getOut().split("a route by the clock failed: kit-purge \\(SQLException 57P01\\)", -1))
                .hasSize(3);
        assertThat(output.getOut()).doesNotContain("张小三");
    }
}
