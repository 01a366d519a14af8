package songda.process;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** One hub is killed in the middle of some hundred orders, started again, and later stopped in order and started once more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillIT {

    private static final Pattern ITEM = Pattern.compile("邮件 (\\w+)[^\\n]*(超过\\d+小时)");

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration CONVERGENCE = Duration.ofMinutes(6);
    /** More than 400; a thousand by {@code -Dkill.orders=1000}. */
    private static final int ORDERS = Integer.getInteger("kill.orders", 500);
    /** These have their numbers when the others come, in the middle of which the hub dies. */
    private static final int FIRST = 350;

    private static final int ANOMALIES = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private HubProcess hub;
    private StandInsProcess partners;
    private Tables tables;
    private Set<Long> sendingAtTheKill;

    @BeforeAll
    void kill_it_in_the_middle_of_its_orders_and_start_it_again(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        hub = HubProcess.in(folder.resolve("data"));
        partners = StandInsProcess.of(hub, folder.resolve("journal"));
        // A minute each in production; what stood still must be taken up while a test waits.
        hub.with(partners.addresses())
                .with(Map.of("SONGDA_DOOR_RELAYEDFOR", "PT20S", "SONGDA_DOOR_SENDINGFOR", "PT20S"))
                .with(Map.of("SONGDA_DOOR_ASKAFTER", "PT2S", "SONGDA_DOOR_ASKAGAIN", "PT5S"));
        hub.with(Map.of("SONGDA_LOG_FORMAT", "ecs"));
        tables = new Tables(hub);
        report("first start", hub.start().awaitReady(START));

        partners.control("/control/sms/behave", "{\"mode\":\"slow\",\"millis\":3000}");
        push(1, FIRST, 0);
        await().atMost(CONVERGENCE).until(() -> accepted() == FIRST);
        await().atMost(CONVERGENCE)
                .until(() -> tables.count("select count(*) from orders where waybill_no is null") == 0);
        findSomethingWrongWith(ANOMALIES);
        // All of them reach level 3 at once; the message to their manager waits for its neighbours, and is under way
        // when the hub dies.
        later("25 hours");
        await().atMost(CONVERGENCE)
                .until(() -> tables.count("select count(*) from effect where door = 'sms-send-alert'") >= ANOMALIES);
        push(FIRST + 1, ORDERS - FIRST, 25);
        await().atMost(CONVERGENCE).until(() -> accepted() >= 50);
        later("2 minutes");
        await().pollInterval(Duration.ofMillis(20))
                .atMost(CONVERGENCE)
                .until(() ->
                        tables.count("select count(*) from effect where state = 'SENDING' and door = 'sms-send-alert'")
                                > 0);
        hub.kill9();

        sendingAtTheKill = Set.copyOf(tables.whenQuiet("select id from effect where state = 'SENDING'"));
        System.out.println("killed at " + answeredOrders().size() + " accepted orders, while sending: "
                + tables.rows("select door, count(*) from effect where state = 'SENDING' group by door"));
        partners.control("/control/sms/behave", "{\"mode\":\"ok\"}");
        report("start after kill -9", hub.start().awaitReady(START));
        long from = System.nanoTime();
        await().atMost(CONVERGENCE)
                .until(() -> partners.control("/control/gov/push").path("done").asBoolean());
        await().atMost(CONVERGENCE).untilAsserted(() -> assertThat(
                        tables.rows(
                                "select state, door, count(*) from effect"
                                        + " where state <> 'ACCEPTED' and (state <> 'UNKNOWN' or next_attempt_at is not null) group by state, door"))
                .isEmpty());
        report("converged after the start", Duration.ofNanos(System.nanoTime() - from));
    }

    private void later(String by) throws SQLException {
        tables.update("update hub_clock set hub_at = hub_now() + interval '" + by + "', wall_at = clock_timestamp()");
    }

    private void findSomethingWrongWith(int orders) throws Exception {
        String at = tables.text(
                "select to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+08:00\"')");
        for (JsonNode order : answeredOrders().stream().limit(orders).toList()) {
            String no = order.path("key").asText();
            JsonNode sent = partners.control(
                    "/control/desk/send",
                    """
                    {"target": "/api/v1/events",
                     "body": {"id": "wrong-%s", "fact": "receipt.wrong", "at": "%s", "orderNo": "%s"}}"""
                            .formatted(no, at, no));
            assertThat(sent.path("status").asInt()).as("event about " + no).isEqualTo(200);
        }
        await().atMost(CONVERGENCE)
                .until(() -> tables.count(
                                "select count(*) from deadline where ladder = 'anomaly-receipt' and rung = 'level-3'")
                        >= orders);
    }

    private void push(int first, int count, int rate) throws IOException, InterruptedException {
        partners.control(
                "/control/gov/push",
                """
                {"first": %d, "count": %d, "rate": %d, "prefix": "KILL", "connections": 8, "retries": 1000, "wait": false}"""
                        .formatted(first, count, rate));
    }

    private int accepted() throws IOException, InterruptedException {
        return partners.control("/control/gov/push").path("accepted").asInt();
    }

    private List<JsonNode> answeredOrders() throws IOException {
        return partners.journal("gov", "order").stream()
                .filter(it -> it.path("status").asInt() / 100 == 2)
                .toList();
    }

    @Test
    @Order(1)
    void every_order_that_was_answered_with_a_yes_is_there_once() throws Exception {
        Set<String> answered =
                answeredOrders().stream().map(it -> it.path("key").asText()).collect(toSet());
        assertThat(answered).hasSize(ORDERS);
        assertThat(tables.texts("select order_no from orders")).containsExactlyInAnyOrderElementsOf(answered);
        assertThat(tables.texts("select source_id from fact where name = 'order.received'"))
                .hasSize(ORDERS);
    }

    @Test
    @Order(2)
    void unknown_is_only_what_was_being_sent_and_must_not_be_sent_twice() throws Exception {
        // A printer that stays silent for longer than it is waited for is UNKNOWN too, and says so.
        Set<Long> unknown = Set.copyOf(tables.longs("select id from effect where state = 'UNKNOWN'"
                + " and not (door like 'printer-%' and coalesce(reason, '') like '%printed-or-not%')"));
        System.out.println("left for a question to the partner: "
                + tables.rows("select door, count(*) from effect where state = 'UNKNOWN' group by door"));
        assertThat(sendingAtTheKill).isNotEmpty().containsAll(unknown);
        assertThat(tables.texts("select distinct door from effect where state = 'UNKNOWN'"))
                .doesNotContainAnyElementsOf(Doors.repeatable())
                .doesNotContainAnyElementsOf(Doors.askable());
    }

    @Test
    @Order(3)
    void nothing_is_doubled_at_a_partner() throws Exception {
        assertThat(answers("postal", "order", "waybillNo"))
                .hasSize(ORDERS)
                .allSatisfy((order, numbers) -> assertThat(numbers).as(order).hasSize(1));
        assertThat(answers("ticket", "ticket", "id"))
                .hasSize(ANOMALIES)
                .allSatisfy((ref, numbers) -> assertThat(numbers).as(ref).hasSize(1));
        assertThat(keys("sms", "sms").values()).isNotEmpty().containsOnly(1L);
        assertThat(statuses())
                .allSatisfy((key, bodies) -> assertThat(bodies).as(key).hasSize(1));
        assertThat(statuses()).hasSize(tables.count("select count(*) from effect where door = 'gov-send-status'"));
        // Those that were being sent at the kill may have arrived or not.
        assertThat(mails().keySet())
                .hasSizeGreaterThanOrEqualTo(tables.count(
                        "select count(*) from effect where door = 'mail-send-escalation' and state = 'ACCEPTED'"))
                .noneMatch(it -> it.contains("null"));
        assertThat(mails().values())
                .as("mails to one person about one order and level")
                .containsOnly(1L);
    }

    @Test
    @Order(4)
    void a_second_label_of_a_waybill_is_marked_as_a_copy() throws Exception {
        Map<String, List<Boolean>> labels = partners.journal("printer", "label").stream()
                .filter(it -> it.path("body").path("whole").asBoolean())
                .collect(groupingBy(
                        it -> it.path("key").asText(),
                        mapping(it -> it.path("body").path("copy").asBoolean(), Collectors.toList())));
        assertThat(labels)
                .as("labels that the hub takes for printed")
                .containsKeys(tables.texts("select o.waybill_no from effect e join orders o on o.id = e.subject"
                                + " where e.door = 'printer-print-label' and e.state = 'ACCEPTED'")
                        .toArray(String[]::new));
        assertThat(labels)
                .allSatisfy((waybill, copies) -> assertThat(copies.stream().filter(copy -> !copy))
                        .as(waybill)
                        .hasSizeLessThanOrEqualTo(1));
    }

    /** Each line for a machine to read, and what belongs to a message says to which. */
    @Test
    @Order(5)
    void its_log_is_json_and_names_messages() throws Exception {
        JsonNode refused = partners.control(
                "/control/desk/send", "{\"target\": \"/api/v1/events\", \"body\": {\"fact\": \"no.such-fact\"}}");
        assertThat(refused.path("status").asInt()).isEqualTo(422);
        // Since the start after the kill, which may have cut the line before.
        String log = hub.logText();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : log.substring(log.lastIndexOf("\n", log.lastIndexOf("Starting Songda")) + 1)
                .lines()
                .toList()) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines).allMatch(line -> line.has("@timestamp") && line.has("message"));
        JsonNode last = lines.stream()
                .filter(line -> line.path("message").asText().startsWith("拒绝 / refused"))
                .reduce((one, next) -> next)
                .orElseThrow();
        assertThat(last.path("message").asText())
                .contains("correlation=" + last.path("correlation").asText() + " ");
        assertThat(last.path("traceId").asText()).matches("[0-9a-f]{32}");
    }

    @Test
    @Order(6)
    void it_stops_within_half_a_minute_and_starts_again_with_everything() throws Exception {
        // With those that came after the kill, hundreds in this JVM's life.
        partners.control("/control/gov/push", "{\"count\":200,\"prefix\":\"MORE\",\"connections\":8}");
        await().atMost(CONVERGENCE)
                .until(() ->
                        tables.count("select count(*) from effect where state not in ('ACCEPTED', 'UNKNOWN')") == 0);
        long resident = hub.residentKilobytes() / 1024;
        System.out.println("resident after all of them: " + resident + " MB");
        assertThat(resident).isLessThan(900);

        List<String> before = everything();
        Duration stop = hub.stop();
        report("stop", stop);
        assertThat(stop).isLessThan(Duration.ofSeconds(30));
        report("start after a stop", hub.start().awaitReady(START));
        assertThat(everything()).isEqualTo(before);
    }

    private List<String> everything() throws SQLException {
        return List.of(
                tables.text("select count(*) || ' orders, ' || count(waybill_no) || ' numbers' from orders"),
                tables.text("select count(*) || ' facts' from fact"),
                tables.text("select count(*) || ' effects' from effect"),
                tables.text(
                        "select (select count(*) from deadline) + (select count(*) from deadline_done) || ' deadlines'"));
    }

    private Map<String, Set<String>> answers(String partner, String op, String field) throws IOException {
        return partners.journal(partner).stream()
                .filter(it ->
                        it.path("op").asText().equals(op) && it.path("answer").has(field))
                .collect(groupingBy(
                        it -> it.path("key").asText(),
                        mapping(it -> it.path("answer").path(field).asText(), toSet())));
    }

    private Map<String, Long> keys(String partner, String op) throws IOException {
        return partners.journal(partner).stream()
                .filter(it -> it.path("op").asText().equals(op))
                .collect(groupingBy(it -> it.path("key").asText(), counting()));
    }

    /** What the letters say: a letter may be about several items. */
    private Map<String, Long> mails() throws IOException {
        return partners.journal("mail").stream()
                .flatMap(it -> ITEM.matcher(it.path("body").path("text").asText())
                        .results()
                        .map(item ->
                                it.path("key").asText().replaceAll(".*/", "") + " " + item.group(1) + item.group(2)))
                .collect(groupingBy(it -> it, counting()));
    }

    private Map<String, Set<String>> statuses() throws IOException {
        return partners.journal("gov", "status").stream()
                .collect(groupingBy(
                        it -> it.path("key").asText(),
                        mapping(it -> it.path("body").toString(), toSet())));
    }

    private static void report(String what, Duration time) {
        System.out.printf("%s: %.1f s%n", what, time.toMillis() / 1e3);
    }

    @AfterAll
    void leave_nothing_running() throws InterruptedException {
        hub.close();
        partners.close();
    }
}
