package songda.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What watches over the deadlines sees that the engine stands still, says so three ways, and sees that it runs again. */
class DeadlineWatchTest {

    private static final String ENGINE = "kit-report-due";
    private final RunningHub hub = RunningHub.get();
    private final JdbcTemplate db = hub.bean(JdbcTemplate.class);
    private final CamelContext camel = hub.bean(CamelContext.class);
    private final DeadlineWatch watch = hub.bean(DeadlineWatch.class);

    /** About no order, unless it is named: then nothing can report it. */
    private void due(long subject, String coveredBy, int state, String ago) {
        db.update(
                """
                insert into deadline (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, covered_by, state, wake_at, opened_at)
                values (?, nextval('songda_id'), 'test', 'x', 'v', 0, hub_now(), hub_now() - ?::interval, 'anomaly.reached-level-3', ?, ?,
                  now() + interval '1 day', hub_now())""",
                subject,
                ago,
                coveredBy,
                state);
    }

    @AfterEach
    void clean() throws Exception {
        db.update("delete from deadline where subject < 0");
        db.update("delete from coverage where system = 'never-asked'");
        camel.getRouteController().startRoute(ENGINE);
        soon().until(() -> watch.state() == DeadlineWatch.State.IN_TIME);
    }

    @Test
    void an_engine_that_stands_still_is_seen_and_its_recovery_too() throws Exception {
        assertThat(hub.post("gov", "/api/v1/orders", RunningHub.order().toString())
                        .statusCode())
                .isEqualTo(201);
        long order = db.queryForObject("select max(id) from orders", Long.class);
        camel.getRouteController().stopRoute(ENGINE);
        due(order, null, 0, "2 minutes");
        soon().untilAsserted(() -> assertThat(readiness()).contains("\"deadlines\":\"LATE\"", "\"status\":\"UP\""));
        assertThat(metric("songda_deadline_overdue_seconds")).isBetween(119.0, 300.0);
        assertThat(health()).contains("\"status\":\"DOWN\"");
        camel.getRouteController().startRoute(ENGINE);
        soon().untilAsserted(() -> assertThat(readiness()).contains("\"deadlines\":\"IN_TIME\""));
        assertThat(metric("songda_deadline_overdue_seconds")).isZero();
        assertThat(db.queryForObject(
                        "select count(*) from fact where subject = ? and name = 'anomaly.reached-level-3'",
                        Long.class,
                        order))
                .isEqualTo(1);
    }

    @Test
    void what_waits_for_a_system_is_not_late_but_counted_apart() {
        due(-1, "never-asked", 0, "1 hour");
        assertThat(watch.read().uncovered()).isBetween(3600.0, 3700.0);
        assertThat(watch.read().state()).isEqualTo(DeadlineWatch.State.IN_TIME);
        db.update("insert into coverage values ('never-asked', hub_now() - interval '2 hours')");
        due(-2, "never-asked", 0, "3 hours");
        assertThat(watch.read().overdue()).isBetween(10_800.0, 10_900.0);
        assertThat(watch.read().uncovered()).isBetween(3600.0, 3700.0);
    }

    @Test
    void what_is_parked_is_counted_and_not_late() {
        due(-1, null, 2, "1 hour");
        assertThat(watch.read().parked()).isPositive();
        assertThat(watch.read().overdue()).isZero();
    }

    @Test
    void a_clock_that_nobody_agreed_with_is_seen() {
        db.update("update clock_watch set frozen_at = now(), frozen_why = 'a test'");
        soon().untilAsserted(() -> assertThat(readiness()).contains("\"deadlines\":\"FROZEN\"", "\"status\":\"UP\""));
        assertThat(metric("songda_deadline_frozen")).isEqualTo(1);
        db.update("update clock_watch set frozen_at = null, agreed = agreed + 1");
        soon().untilAsserted(() -> assertThat(metric("songda_deadline_frozen")).isZero());
    }

    private String readiness() {
        return get(hub.address().resolve("/readyz"));
    }

    private String health() {
        return get(hub.adminAddress().resolve("/actuator/health"));
    }

    private String get(java.net.URI uri) {
        return hub.send(HttpRequest.newBuilder(uri).GET()).body();
    }

    private double metric(String name) {
        return hub.metrics()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
