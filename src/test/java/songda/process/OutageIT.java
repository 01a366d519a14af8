package songda.process;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Partners and Kafka go away while orders come in: orders are taken meanwhile, and everything arrives afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("chaos")
class OutageIT {

    /** Decides how long each outage lasts: a quarter of a minute; with {@code -Doutage.orders=800} a whole one. */
    private static final int ORDERS = Integer.getInteger("outage.orders", 200);

    private static final int AWAY = ORDERS * 3 / 10;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Pattern COMPLAINT = Pattern.compile("^\\S+ +(?:WARN|ERROR) .*?\\] ([\\w.$\\[\\]/]+) +: .*");
    private static final Pattern OURS = Pattern.compile("songda\\..*");
    private HubProcess hub;
    private StandInsProcess partners;
    private KafkaProcess kafka;
    private Tables tables;

    @BeforeAll
    void start_a_hub_with_a_kafka_of_its_own(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        kafka = new KafkaProcess(folder.resolve("kafka")).start();
        hub = HubProcess.in(folder.resolve("data"));
        partners = StandInsProcess.of(hub, folder.resolve("journal"));
        // Ten minutes in production: the last of many attempts would come long after the test.
        hub.with(partners.addresses())
                .with(Map.of(
                        "SONGDA_KAFKA_BROKERS",
                        kafka.brokers(),
                        "SONGDA_DOOR_RETRYMOST",
                        "PT4S",
                        "SONGDA_DOOR_ATTEMPTS",
                        "1000",
                        "SONGDA_DOOR_BREAKERMOST",
                        "PT4S"));
        tables = new Tables(hub);
        hub.start().awaitReady(PATIENCE);
    }

    @Test
    void a_partner_that_is_away_delays_its_own_effects_and_nothing_else() throws Exception {
        partners.control("/control/printer/stop", "{}");
        partners.control("/control/postal/stop", "{}");
        JsonNode pushed = partners.control(
                "/control/gov/push", "{\"count\":%d,\"prefix\":\"AWAY\",\"connections\":4,\"rate\":4}".formatted(AWAY));
        assertThat(pushed.path("accepted").asInt()).isEqualTo(AWAY);
        await("numbers wait").atMost(PATIENCE).until(() -> waiting("postal-send-order") == AWAY);

        partners.control("/control/postal/start", "{}");
        await("labels wait").atMost(PATIENCE).until(() -> waiting("printer-print-label") == AWAY);
        assertThat(partners.journal("printer")).isEmpty();

        partners.control("/control/printer/start", "{}");
        everythingArrives("AWAY");
        assertThat(labels("AWAY"))
                .hasSize(AWAY)
                .allSatisfy((waybill, times) -> assertThat(times).as(waybill).isEqualTo(1));
    }

    private int waiting(String door) throws Exception {
        return tables.count(
                "select count(distinct subject) from effect where state in ('PENDING', 'RETRY', 'RELAYED', 'SENDING')"
                        + " and door = '" + door + "'");
    }

    @Test
    void without_kafka_orders_are_taken_and_the_stream_of_facts_is_complete_afterwards() throws Exception {
        Map<String, Long> before = complaints();
        partners.control(
                "/control/gov/push",
                "{\"count\":%d,\"prefix\":\"DEAF\",\"connections\":4,\"rate\":12,\"wait\":false}".formatted(ORDERS));
        await().atMost(PATIENCE).until(() -> pushed().path("accepted").asInt() >= 30);
        kafka.kill9();
        long from = System.nanoTime();
        await().atMost(PATIENCE).until(() -> pushed().path("done").asBoolean());
        System.out.printf("Kafka was away for %.1f s%n", (System.nanoTime() - from) / 1e9);
        assertThat(pushed().path("accepted").asInt()).isEqualTo(ORDERS);
        assertThat(answers("DEAF")).containsOnlyKeys(201);

        kafka.start();
        everythingArrives("DEAF");
        Set<String> facts = Set.copyOf(tables.texts("select id::text from fact"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(published()).containsAll(facts));
        Map<String, Long> after = complaints();
        before.forEach((logger, lines) -> after.merge(logger, -lines, Long::sum));
        System.out.println("warnings and errors by logger: " + after);
        assertThat(after.entrySet().stream()
                        .filter(it -> OURS.matcher(it.getKey()).matches())
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .as("a line for each change of state, not for each failure: " + after)
                .isLessThan(10);
    }

    private void everythingArrives(String prefix) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        tables.rows("select e.state, e.door, count(*) from effect e join orders o on o.id = e.subject"
                                + " where o.order_no like '" + prefix
                                + "%' and e.state <> 'ACCEPTED' group by e.state, e.door"))
                .isEmpty());
    }

    private JsonNode pushed() throws IOException, InterruptedException {
        return partners.control("/control/gov/push");
    }

    private Map<Integer, Long> answers(String prefix) throws IOException {
        return partners.journal("gov").stream()
                .filter(it -> it.path("op").asText().equals("order")
                        && it.path("key").asText().startsWith(prefix))
                .collect(groupingBy(it -> it.path("status").asInt(), counting()));
    }

    private Map<String, Long> labels(String prefix) throws Exception {
        List<String> waybills = tables.texts("select waybill_no from orders where order_no like '" + prefix + "%'");
        return partners.journal("printer").stream()
                .map(it -> it.path("key").asText())
                .filter(waybills::contains)
                .collect(groupingBy(it -> it, counting()));
    }

    private Set<String> published() throws Exception {
        Set<String> ids = new HashSet<>();
        KafkaProcess.read(
                kafka.brokers(),
                "songda.facts",
                it -> ids.add(new String(it.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8)));
        return ids;
    }

    private Map<String, Long> complaints() {
        return hub.logText()
                .lines()
                .map(COMPLAINT::matcher)
                .filter(Matcher::matches)
                .collect(groupingBy(it -> it.group(1), TreeMap::new, counting()));
    }

    @AfterAll
    void leave_nothing_running() throws Exception {
        hub.close();
        partners.close();
        kafka.close();
    }
}
