package songda.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole hub's metrics, probes and closed doors. No partner is there. */
class HubWatchTest {

    private static final String ORDERS = "/api/v1/orders";
    private final RunningHub hub = RunningHub.get();
    private final JdbcTemplate db = hub.bean(JdbcTemplate.class);

    @Test
    void facts_attempts_and_what_is_owed_are_counted() {
        String received = "songda_facts_total{fact=\"order.received\",system=\"gov\"}";
        String owed = "songda_effects{door=\"postal-send-order\",state=\"%s\"}";
        String tried = "songda_door_attempts_total{door=\"postal-send-order\",verdict=\"RETRY\"}";
        double before = metric(received);
        // The gauges of a door are there from the first look on.
        soon().untilAsserted(() -> assertThat(metrics()).contains(owed.formatted("RETRY"), owed.formatted("RELAYED")));
        double retries = metric(owed.formatted("RETRY")) + metric(owed.formatted("RELAYED"));
        String order = RunningHub.order().toString();
        assertThat(hub.post("gov", ORDERS, order).statusCode()).isEqualTo(201);
        assertThat(hub.post("gov", ORDERS, order).statusCode()).isEqualTo(200);
        assertThat(metric(received)).isEqualTo(before + 1);
        soon().untilAsserted(() -> assertThat(metrics()).contains(tried));
        soon().untilAsserted(() -> assertThat(metric(owed.formatted("RETRY")) + metric(owed.formatted("RELAYED")))
                .isGreaterThan(retries));
        soon().untilAsserted(
                        () -> assertThat(metric("songda_effect_oldest_pending_seconds{door=\"postal-send-order\"}"))
                                .isPositive());
        soon().untilAsserted(() -> assertThat(metric("songda_fact_stream_lag")).isZero());
    }

    @Test
    void what_waits_for_a_person_is_counted() {
        double letters = metric("songda_dead_letters");
        assertThat(hub.post("postal", "/api/postal/scans", "{\"opCode\":\"ZZ\"}")
                        .statusCode())
                .isEqualTo(202);
        soon().untilAsserted(() -> assertThat(metric("songda_dead_letters")).isEqualTo(letters + 1));
        db.update(
                """
                insert into effect (subject, id, fact_id, door, addressee, args, state, planned_at)
                values (-1, -1, -1, 'sms-send-notice', '', '{}', 'DEAD', hub_now())""");
        soon().untilAsserted(() -> assertThat(metric("songda_effects{door=\"sms-send-notice\",state=\"DEAD\"}"))
                .isEqualTo(1));
        db.update("delete from effect where subject = -1");
    }

    @Test
    void looking_uses_the_indexes_over_open_rows() {
        db.execute((org.springframework.jdbc.core.ConnectionCallback<Void>) c -> {
            try (var statement = c.createStatement()) {
                statement.execute("set enable_seqscan = off");
                assertThat(plan(statement, "watch-effects")).contains("effect_unsettled", "effect_dead");
                assertThat(plan(statement, "watch-others")).contains("dead_letter_open", "fact_stream_order");
                assertThat(plan(statement, "watch-deadlines"))
                        .contains("deadline_due ", "deadline_due_covered", "deadline_due_named", "deadline_parked")
                        .doesNotContain("Seq Scan on deadline");
                statement.execute("reset enable_seqscan");
            }
            return null;
        });
    }

    private static String plan(java.sql.Statement statement, String file) throws java.sql.SQLException {
        StringBuilder plan = new StringBuilder();
        try (var rows = statement.executeQuery("explain " + songda.store.Sql.file(file))) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    @Test
    void the_hub_says_that_it_is_ready() {
        assertThat(get(hub.address(), "/readyz")).contains("200", "\"missing\":[]", "\"status\":\"UP\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/apix",
                "/livez/x",
                "/readyz/",
                "/openapi.yaml/x",
                "/problems/nothing",
                "/problems/",
                "/static/openapi.yaml",
                "/login",
                "/error",
                "/actuator",
                "/hawtio/",
                "/favicon.ico"
            })
    void an_unknown_address_is_404_on_the_public_port(String path) {
        assertThat(get(hub.address(), path)).contains("404", "application/problem+json", "/problems/not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api/v1/orders", "/openapi.yaml", "/readyz", "/problems/x", "/error"})
    void an_unknown_address_is_404_on_the_admin_port(String path) {
        assertThat(get(hub.adminAddress(), path)).contains("404", "application/problem+json", "/problems/not-found");
    }

    @Test
    void an_unknown_address_under_api_is_told_to_partners_only() {
        assertThat(get(hub.address(), "/api/v1/nothing")).contains("401", "application/problem+json");
        var answer = hub.get("gov", "/api/v1/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("/problems/not-found");
    }

    @Test
    void another_method_is_no_way_around() {
        for (String method : Arrays.asList("POST", "PUT", "DELETE", "OPTIONS")) {
            var request = HttpRequest.newBuilder(hub.address().resolve("/nothing"))
                    .method(method, HttpRequest.BodyPublishers.noBody());
            assertThat(hub.send(request).statusCode()).as(method).isEqualTo(404);
        }
    }

    private String get(URI base, String path) {
        var answer = hub.send(HttpRequest.newBuilder(base.resolve(path)).GET());
        return answer.statusCode() + " "
                + answer.headers().firstValue("content-type").orElse("") + " " + answer.body();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }

    private String metrics() {
        return hub.metrics();
    }

    private double metric(String name) {
        var line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE)
                .matcher(metrics());
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
