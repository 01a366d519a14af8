package songda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The database's clock jumps while deadlines fire: PostgreSQL runs under libfaketime, the hub on the machine's own clock. */
@Tag("desk")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClockJumpIT {

    private static final String FREE =
            "update clock_watch set frozen_at = null, frozen_why = null, seen_at = now(), agreed = agreed + 1";
    private final HttpClient http = HttpClient.newHttpClient();
    private Path offset;
    private DatabaseProcess database;
    private HubProcess hub;
    private StandInsProcess partners;
    private Tables tables;
    private Probes probes;

    @BeforeAll
    void a_hub_on_a_database_whose_clock_can_be_moved(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        offset = Files.writeString(folder.resolve("offset"), "+0s");
        database = new DatabaseProcess(folder.resolve("database"))
                .with(WrongClock.movable(offset))
                .start();
        hub = HubProcess.in(folder.resolve("data"));
        new Secrets().putInto(hub.data());
        partners = StandInsProcess.of(hub, folder.resolve("journal"));
        hub.with(Probes.configuration(folder))
                .with(database.settings())
                .with(partners.addresses())
                .with(Map.of("SONGDA_WATCH_REFRESH", "PT0.5S"))
                .start()
                .awaitReady(Duration.ofMinutes(3));
        tables = new Tables(database::connect);
        probes = new Probes(tables, partners);
        probes.orders(20);
    }

    @Test
    @Order(1)
    void a_jump_stops_the_firing_until_somebody_agrees() throws Exception {
        probes.load(800, Duration.ofSeconds(80));
        soon().until(() -> probes.fired() > 30);

        jump("+65s");
        assertThat(tables.text("select frozen_why from clock_watch")).matches("forward by 6[345] s");
        // Of what became due by the jump alone, nothing fired.
        assertThat(tables.query(
                                "select max(p.due_at) from probe p join fact f on f.source_id = 'deadline-' || p.id",
                                row -> row.getTimestamp(1).toInstant())
                        .get(0))
                .isBefore(Instant.now());
        int before = probes.fired();
        agree();
        soon().until(() -> probes.fired() > before + 400);

        jump("+55s");
        assertThat(tables.text("select frozen_why from clock_watch")).matches("back by ([89]|10) s");
        agree();
        probes.awaitFired();
        probes.count("the clock jumped 65 s ahead and 10 s back");
    }

    /** F33, F34: a wrong date, and back to about the right one. */
    @Test
    @Order(2)
    void a_wrong_date_and_its_correction_wait_for_somebody_who_agrees() throws Exception {
        probes.load(200, Duration.ofSeconds(60));
        soon().until(() -> probes.fired() > 0);
        jump("+176455s");
        assertThat(tables.text("select frozen_why from clock_watch")).matches("forward by 176(39|40)\\d s");
        agree();
        probes.awaitFired();

        jump("+165655s");
        assertThat(tables.text("select frozen_why from clock_watch")).matches("back by 10(79|80)\\d s");
        agree();
        probes.load(200, Duration.ofSeconds(5));
        probes.awaitFired();
        probes.count("the clock jumped 49 h ahead and 3 h back");
    }

    /** Frozen, said in four places, and nothing fires. */
    private void jump(String to) throws Exception {
        int lines = lines();
        Files.writeString(offset, to);
        soon().untilAsserted(() -> assertThat(
                        get(hub.adminUrl().resolve("/actuator/prometheus").toString()))
                .contains("songda_deadline_frozen 1.0"));
        soon().untilAsserted(() -> assertThat(get(hub.url().resolve("/readyz").toString()))
                .contains("\"deadlines\":\"FROZEN\"", "\"status\":\"UP\""));
        assertThat(get(hub.adminUrl().resolve("/actuator/health").toString())).contains("\"status\":\"DOWN\"");
        assertThat(lines()).as("lines of the log").isEqualTo(lines + 1);
        int fired = probes.fired();
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> probes.fired() == fired);
    }

    private int lines() {
        return hub.logText().split("the database's clock jumped", -1).length - 1;
    }

    /** As the runbook says. */
    private void agree() throws Exception {
        tables.update(FREE);
        soon().untilAsserted(() -> assertThat(
                        get(hub.adminUrl().resolve("/actuator/prometheus").toString()))
                .contains("songda_deadline_frozen 0.0"));
    }

    private String get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(java.net.URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(100));
    }

    @AfterAll
    void leave_nothing_running() throws Exception {
        hub.close();
        partners.close();
        database.close();
    }
}
