package songda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deadlines fall due without a pause while hubs and their database are stopped and killed. By system property: {@code kills} (2; the full
 * form has 20), {@code still} seconds for which one of two hubs stands still (10; the full form has 60).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadlineFaultIT {

    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final Duration STILL = Duration.ofSeconds(Integer.getInteger("still", 10));
    private static final Duration START = Duration.ofMinutes(3);
    private DatabaseProcess database;
    private HubProcess first;
    private HubProcess second;
    private StandInsProcess partners;
    private Probes probes;

    @BeforeAll
    void two_hubs_on_one_database(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        database = new DatabaseProcess(folder.resolve("database")).start();
        Map<String, String> configuration = Probes.configuration(folder);
        Secrets secrets = new Secrets();
        first = hub(folder.resolve("first"), configuration, secrets);
        second = hub(folder.resolve("second"), configuration, secrets);
        partners = StandInsProcess.of(first, folder.resolve("journal"));
        first.with(partners.addresses())
                .with(Map.of("SONGDA_STOP_WITHIN", "PT8S"))
                .start()
                .awaitReady(START);
        second.with(partners.addresses()).start();
        probes = new Probes(new Tables(database::connect), partners);
        probes.orders(200);
        second.awaitReady(START);
    }

    private HubProcess hub(Path data, Map<String, String> configuration, Secrets secrets) {
        secrets.putInto(data);
        // A minute each in production; what stood still must be taken up while a test waits.
        return HubProcess.in(data)
                .with(configuration)
                .with(database.settings())
                .with(Map.of("SONGDA_DOOR_RELAYEDFOR", "PT10S", "SONGDA_DOOR_SENDINGFOR", "PT8S"))
                .with(Map.of("SONGDA_RECEIPT85_PATROL", "0/5 * * * * ?"));
    }

    @Test
    @Order(1)
    void of_two_hubs_each_deadline_is_fired_by_one_even_when_one_stands_still_and_comes_back() throws Exception {
        Duration over = STILL.plusSeconds(6);
        probes.load((int) over.toSeconds() * 60, over);
        await().atMost(Duration.ofMinutes(1)).until(() -> probes.fired() > 100);
        first.standStill();
        try {
            int before = probes.fired();
            Thread.sleep(STILL.toMillis()); // the time itself is what is tried out
            assertThat(probes.fired()).as("the other goes on").isGreaterThan(before + 100);
        } finally {
            first.goOn();
        }
        probes.awaitFired();
        probes.check("two hubs, one stood still for " + STILL.toSeconds() + " s");
    }

    @Test
    @Order(2)
    void killed_hubs_and_databases_lose_nothing_and_double_nothing() throws Exception {
        second.stop();
        probes.load(KILLS * 500, Duration.ofSeconds(KILLS * 9L));
        for (int kill = 0; kill < KILLS; kill++) {
            int fired = probes.fired();
            await().atMost(START).until(() -> probes.fired() > fired + 50);
            if (kill % 2 == 0) {
                first.kill9();
                first.start().awaitReady(START);
            } else {
                database.kill9();
                database.start();
            }
        }
        probes.awaitFired();
        probes.check(KILLS + " kills, of the hub and of the database in turn");
    }

    @Test
    @Order(3)
    void cron_ran_once_for_all_and_never_before_the_routes() throws Exception {
        Tables tables = new Tables(database::connect);
        assertThat(tables.count("select count(*) from fact where name = 'patrol.due'"))
                .isPositive();
        // One turn of the clock is one fact, also where Quartz fires it again after a kill; a pause of less than a
        // minute is caught up with, several at once: what counts is how many there were in all.
        assertThat(tables.count(
                        "select ceil(count(*) - extract(epoch from max(recorded_at) - min(recorded_at)) / 5)::int"
                                + " from fact where name = 'patrol.due'"))
                .as("fired beyond the times that there were: two nodes on one schedule")
                .isLessThanOrEqualTo(2);
        assertThat(first.logText() + second.logText()).doesNotContain("Cannot auto create component");
    }

    @Test
    @Order(4)
    void a_hub_that_cannot_stop_in_order_is_gone_all_the_same() throws Exception {
        database.standStill();
        try {
            assertThat(first.stop()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(25));
        } finally {
            database.goOn();
        }
        assertThat(first.logText()).contains("not stopped in order within 8 s");
    }

    @AfterAll
    void leave_nothing_running() throws Exception {
        second.close();
        first.close();
        partners.close();
        database.close();
    }
}
