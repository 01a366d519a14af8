package songda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import songda.TestFacts;

/** A real Request Tracker 5, set up by docker/partners/request-tracker.sh; what people do there is done over its own interface. */
@Tag("rt")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestTrackerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private Process tracker;
    private URI rest;
    private HubProcess hub;
    private StandInsProcess partners;
    private Tables tables;
    private String order;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        int port = HubProcess.freePort();
        rest = URI.create("http://127.0.0.1:" + port + "/REST/2.0/");
        Path log = Path.of("target", "request-tracker.log");
        tracker = new ProcessBuilder(
                        "docker/partners/request-tracker.sh",
                        folder.resolve("rt").toString(),
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        hub = HubProcess.in(folder.resolve("data"));
        partners = StandInsProcess.of(hub, folder.resolve("journal"));
        hub.with(partners.addresses())
                .with(Map.of(
                        "SONGDA_TICKET_ADDRESS", "127.0.0.1:" + port,
                        "SONGDA_TICKET_POLL", "0/2 * * * * ?",
                        "SONGDA_DOOR_ASKAFTER", "PT1S",
                        "SONGDA_DOOR_ASKAGAIN", "PT2S"));
        tables = new Tables(hub);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .failFast("see " + log, () -> !tracker.isAlive())
                .ignoreExceptions()
                .until(() -> call("GET", "rt", "songda", null)
                        .path("Version")
                        .asText()
                        .startsWith("5."));
        hub.start().awaitReady(PATIENCE);
        partners.control("/control/gov/push", "{\"count\":1,\"prefix\":\"RT\",\"connections\":1}");
        await().atMost(PATIENCE)
                .until(() -> tables.count("select count(*) from fact where name = 'pickup.requested'") == 1);
        order = tables.text("select order_no from orders");
    }

    private JsonNode call(String method, String path, String user, String body)
            throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString((user + ":stand-in").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(rest.resolve(path))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    /** The tickets of this task as a person sees them, the newest first. */
    private List<JsonNode> tickets(String task) throws Exception {
        String query = URLEncoder.encode("'CF.{SongdaRef}' = '" + order + "-" + task + "'", StandardCharsets.UTF_8);
        List<JsonNode> all = new ArrayList<>();
        call(
                        "GET",
                        "tickets?fields=Subject,Status,Owner,Priority,Due&orderby=id&order=DESC&query=" + query,
                        "zj-desk",
                        null)
                .path("items")
                .forEach(all::add);
        return all;
    }

    private JsonNode ticket() throws Exception {
        List<JsonNode> found = tickets("anomaly");
        assertThat(found).as("tickets of " + order).isNotEmpty();
        return found.get(0);
    }

    /** What was written into it. */
    private List<String> comments() throws Exception {
        List<String> all = new ArrayList<>();
        JsonNode history = call(
                "GET", "ticket/" + ticket().path("id").asText() + "/history?per_page=100&fields=Type", "zj-desk", null);
        for (JsonNode transaction : history.path("items")) {
            if (transaction.path("Type").asText().equals("Comment")) {
                JsonNode attachments = call(
                        "GET",
                        "transaction/" + transaction.path("id").asText() + "/attachments?fields=Content",
                        "zj-desk",
                        null);
                attachments
                        .path("items")
                        .forEach(a -> all.add(written(a.path("Content").asText())));
            }
        }
        return all;
    }

    /** Request Tracker gives it in Base64 or as it is, by its version; what the hub writes is Chinese. */
    private static String written(String content) {
        return content.matches("[A-Za-z0-9+/=\\s]*")
                ? new String(Base64.getMimeDecoder().decode(content), StandardCharsets.UTF_8)
                : content;
    }

    private void says(String fact) throws Exception {
        String at = tables.text(
                "select to_char(hub_now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+08:00\"')");
        JsonNode sent = partners.control(
                "/control/desk/send",
                """
                {"target": "/api/v1/events", "body": {"id": "%s-%s", "fact": "%s", "at": "%s", "orderNo": "%s", "data": %s}}"""
                        .formatted(fact, order, fact, at, order, TestFacts.of(fact)));
        assertThat(sent.path("status").asInt()).as(fact).isEqualTo(200);
    }

    private static void awaiting(ThrowingRunnable condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(condition);
    }

    private List<String> facts() throws Exception {
        return tables.texts(
                "select name from fact where name like 'ticket.%' or name like 'anomaly.%' or name like 'feedback.%' order by id");
    }

    @Test
    void opened_commented_escalated_resolved_there_and_the_fact_is_back() throws Exception {
        says("parcel.damaged");
        awaiting(() -> assertThat(comments()).hasSize(1));
        assertThat(ticket().path("Subject").asText()).startsWith("邮件损毁 ");
        assertThat(ticket().path("Priority").asInt()).isEqualTo(50);
        says("remedy.apologised");
        awaiting(() -> assertThat(comments()).contains("登门道歉已完成"));
        an_entry_whose_answer_is_lost_is_found_by_its_number();

        tables.update("update hub_clock set hub_at = hub_now() + interval '24 hours', wall_at = clock_timestamp()");
        awaiting(() -> assertThat(ticket().path("Priority").asInt()).isEqualTo(60));
        awaiting(() -> assertThat(comments()).anyMatch(c -> c.startsWith("超过24小时未妥善处理")));
        String owner = tables.text(
                "select substr(addressee, 9) from effect where door = 'ticket-send-entry' and args ->> 'level' = '3'");
        assertThat(ticket().path("Owner").path("id").asText()).isEqualTo(owner);

        String path = "ticket/" + ticket().path("id").asText();
        call("PUT", path, owner, "{\"Status\": \"resolved\"}");
        awaiting(() -> assertThat(facts()).contains("ticket.resolved", "ticket.close-refused"));
        awaiting(() -> assertThat(ticket().path("Status").asText()).isEqualTo("open"));
        assertThat(comments()).contains("还不能办结：退回邮资、证照补办");

        call("PUT", path, owner, "{\"Owner\": \"nb-gm\"}");
        awaiting(() -> assertThat(tables.texts("select data ->> 'owner' from fact where name = 'ticket.reassigned'"))
                .containsExactly("nb-gm"));

        for (String step : List.of("remedy.refunded", "remedy.reissued")) {
            says(step);
        }
        awaiting(() -> assertThat(comments()).contains("邮资已退回", "证照已补办"));
        call("PUT", path, "nb-gm", "{\"Status\": \"resolved\"}");
        awaiting(() -> assertThat(facts()).contains("anomaly.resolved", "feedback.given"));
        awaiting(() -> assertThat(comments()).contains("处理完毕，结果已反馈办证部门对接人，办结"));
        assertThat(ticket().path("Status").asText()).isEqualTo("resolved");
        assertThat(tickets("anomaly")).hasSize(1);
        assertThat(facts().stream().filter("ticket.resolved"::equals)).hasSize(2);
        assertThat(tables.rows(
                        "select door, state, reason from effect where state <> 'ACCEPTED' and door like 'ticket-%'"))
                .isEmpty();
        assertThat(tables.count("select count(*) from dead_letter")).isZero();
    }

    /** As if the answer to the last entry had been lost: the hub asks, and writes nothing. */
    private void an_entry_whose_answer_is_lost_is_found_by_its_number() throws Exception {
        String entry = "(select max(id) from effect where door = 'ticket-send-entry')";
        awaiting(() -> assertThat(state(entry)).isEqualTo("ACCEPTED 1"));
        int before = comments().size();
        tables.update("update effect set state = 'UNKNOWN', next_attempt_at = now() where id = " + entry);
        awaiting(() -> assertThat(state(entry)).isEqualTo("ACCEPTED 1"));
        assertThat(comments()).hasSize(before);
    }

    private String state(String entry) throws Exception {
        return tables.text("select state || ' ' || attempt from effect where id = " + entry);
    }

    @AfterAll
    void leave_nothing_running() throws Exception {
        hub.close();
        partners.close();
        Stream.concat(Stream.of(tracker.toHandle()), tracker.descendants())
                .toList()
                .forEach(ProcessHandle::destroy);
    }
}
