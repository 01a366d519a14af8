package songda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A hub that is killed in the middle of a bulk replay goes on with it when it is started again. */
@Tag("chaos")
class ReplayKillIT {

    private static final Duration START = Duration.ofMinutes(5);
    private static final int LETTERS = 60;
    private static final String SCAN =
            """
            {"serialNo":"K-%1$d","waybillNo":"1234567890123","opCode":"K01","opTime":"2026-11-24 15:21:%1$02d"}""";

    @Test
    void a_bulk_replay_outlives_a_kill_and_every_letter_arrives_once(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        Path mappings = folder.resolve("mappings");
        FileSystemUtils.copyRecursively(Path.of("mappings"), mappings);
        try (HubProcess hub = HubProcess.in(folder.resolve("data"))) {
            hub.with(Map.of(
                    "SONGDA_MAPPINGS",
                    mappings.toString(),
                    "SONGDA_DOOR_PAUSED",
                    "true",
                    "SONGDA_CONFIG_FROM",
                    "disk"));
            hub.start().awaitReady(START);
            SignedClient client = new SignedClient(hub);
            Tables tables = new Tables(hub);
            setAside(client, tables);
            hub.stop();

            Files.writeString(
                    mappings.resolve("postal/scan-to-fact/codes.csv"),
                    "K01,parcel.in-transit,新的操作码\n",
                    StandardOpenOption.APPEND);
            hub.start().awaitReady(START);
            String replay =
                    """
                    {"door":"postal-receive-scan","count":%d,"rate":10,"reason":"编码表已补上"}""";
            assertThat(post(client, "desk", "/api/v1/replays", replay.formatted(LETTERS)))
                    .isEqualTo(200);
            await().atMost(START)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> tables.count("select replayed from replay_job") >= 10);
            hub.kill9();
            hub.start().awaitReady(START);
            assertThat(tables.count("select replayed from replay_job")).isLessThan(LETTERS);
            await().atMost(START)
                    .until(() -> tables.text("select state from replay_job").equals("DONE"));
            assertThat(tables.rows("select letters, replayed, failed from replay_job"))
                    .containsExactly("60 60 0");
            assertThat(tables.rows("select state, attempts, count(*) from dead_letter group by state, attempts"))
                    .containsExactly("REPLAYED 1 60");
            assertThat(tables.count("select count(*) from fact where name = 'parcel.in-transit'"))
                    .isEqualTo(LETTERS);
            assertThat(tables.count(
                            "select count(*) from effect e join fact f on f.subject = e.subject and f.id = e.fact_id"
                                    + " where f.name = 'parcel.in-transit' and e.door = 'gov-send-status'"))
                    .isEqualTo(LETTERS);
        }
    }

    private static void setAside(SignedClient client, Tables tables) throws Exception {
        String order = Files.readString(Path.of("mappings/gov/order-to-fact/examples/only-what-must-be.in.json"));
        assertThat(post(client, "gov", "/api/v1/orders", order)).isEqualTo(201);
        String assigned =
                """
                {"id":"K-0","fact":"waybill.assigned","at":"2026-11-24T15:00:00+08:00","orderNo":"%s","data":{"waybillNo":"1234567890123"}}""";
        String event = assigned.formatted(tables.text("select order_no from orders"));
        assertThat(post(client, "postal", "/api/v1/events", event)).isEqualTo(200);
        for (int i = 0; i < LETTERS; i++) {
            assertThat(post(client, "postal", "/api/postal/scans", SCAN.formatted(i)))
                    .isEqualTo(202);
        }
    }

    private static int post(SignedClient client, String system, String path, String body) throws Exception {
        return client.send(system, "POST", path, body.getBytes(StandardCharsets.UTF_8));
    }
}
