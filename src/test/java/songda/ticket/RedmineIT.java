package songda.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.quartz.JobKey;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;
import songda.HubTest;
import songda.partners.Tickets;

/** The hub with the dialect of Redmine, against the stand-in, which is a program of its own and speaks over the network. */
@ContextConfiguration(initializers = RedmineIT.Dialect.class)
class RedmineIT extends HubTest {

    private static final Tickets REDMINE = Tickets.start();
    private static final int ENTRIES = 2;
    private static final int CLOSED_BY_HUB = 5;
    private final HttpClient http = HttpClient.newHttpClient();

    @Order(1)
    static final class Dialect implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "redmine",
                            Map.of(
                                    "songda.ticket.dialect", "redmine",
                                    "songda.ticket.address", REDMINE.address(),
                                    "songda.door.ask-after", "PT0.2S",
                                    "songda.door.ask-again", "PT0.2S")));
        }
    }

    @AfterAll
    static void goodbye() throws InterruptedException {
        REDMINE.close();
    }

    /** What the hub wrote about this order's task, as the issue fields that it sent. */
    private List<JsonNode> written(String orderNo, String op) {
        return REDMINE.heard(orderNo + "-anomaly", op).stream()
                .map(line -> line.at("/body/issue"))
                .toList();
    }

    private static String custom(JsonNode issue, int field) {
        for (JsonNode one : issue.path("custom_fields")) {
            if (one.path("id").asInt() == field) {
                return one.path("value").asText();
            }
        }
        return "";
    }

    /** The issue as somebody sees it who looks it up there. */
    private JsonNode issue(String orderNo) {
        JsonNode found = call("GET", "/issues.json?status_id=*&cf_1=" + orderNo + "-anomaly", null);
        assertThat(found.path("issues")).hasSize(1);
        return found.at("/issues/0");
    }

    /** Somebody who is no hub. */
    private JsonNode call(String method, String path, String body) {
        String login = Base64.getEncoder().encodeToString("hz-gm:of no worth".getBytes(StandardCharsets.US_ASCII));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + REDMINE.address() + path))
                .header("Authorization", "Basic " + login)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 299);
            return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void closedThere(String orderNo) {
        call("PUT", "/issues/" + issue(orderNo).path("id").asInt() + ".json", "{\"issue\":{\"status_id\":5}}");
    }

    private void look() throws Exception {
        camel.getComponent("quartz", QuartzComponent.class)
                .getScheduler()
                .triggerJob(JobKey.jobKey("ticket-changes", "songda"));
    }

    private void done(String step, String orderNo) {
        assertThat(says("desk", "remedy." + step, orderNo, clock.instant()).status())
                .isEqualTo(200);
    }

    private String damaged(String phone) {
        String orderNo = walkedTo(phone);
        assertThat(says("desk", "parcel.damaged", orderNo, clock.instant()).status())
                .isEqualTo(200);
        awaiting(() -> assertThat(written(orderNo, "ticket")).hasSize(1));
        return orderNo;
    }

    private void settled(String orderNo) {
        awaiting(() -> assertThat(effects(orderNo))
                .filteredOn(e -> e.startsWith("ticket-send-entry"))
                .isNotEmpty()
                .allMatch(e -> e.endsWith(":ACCEPTED")));
    }

    @Test
    void an_issue_is_searched_for_opened_raised_and_closed_when_its_three_steps_are_done() throws Exception {
        String orderNo = damaged("13730000001");
        assertThat(REDMINE.heard(orderNo + "-anomaly", "search", "ticket"))
                .extracting(line -> line.path("op").asText())
                .startsWith("search", "ticket");
        JsonNode opened = written(orderNo, "ticket").get(0);
        assertThat(opened.path("project_id").asText()).isEqualTo("songda");
        assertThat(opened.path("subject").asText()).isEqualTo("邮件损毁 " + waybill(orderNo));
        assertThat(opened.path("priority_id").asInt()).isEqualTo(3);
        assertThat(opened.path("due_date").asText()).matches("\\d{4}-\\d\\d-\\d\\d");

        done("apologised", orderNo);
        awaiting(() -> assertThat(written(orderNo, "comment"))
                .extracting(c -> c.path("notes").asText())
                .containsExactly("登门道歉已完成"));

        clock.set(clock.instant().plus(Duration.ofHours(25)), 0);
        awaiting(() -> assertThat(written(orderNo, "comment")).hasSize(2));
        JsonNode raised = written(orderNo, "comment").get(1);
        assertThat(raised.path("subject").asText()).startsWith("三级预案");
        assertThat(raised.path("assigned_to_id").asInt()).isEqualTo(5);
        assertThat(raised.path("priority_id").asInt()).isEqualTo(3);

        closedThere(orderNo);
        String firstClosed = issue(orderNo).path("closed_on").asText();
        look();
        awaiting(() -> assertThat(facts(orderNo)).contains("ticket.resolved", "ticket.close-refused"));
        awaiting(() -> assertThat(written(orderNo, "comment")).hasSize(3));
        assertThat(written(orderNo, "comment").get(2).path("notes").asText()).isEqualTo("还不能办结：退回邮资、证照补办");
        assertThat(issue(orderNo).at("/status/id").asInt()).isEqualTo(2);

        done("refunded", orderNo);
        done("reissued", orderNo);
        settled(orderNo);
        // Redmine keeps seconds: two closings of one second would be one.
        await().until(() -> Instant.now().isAfter(Instant.parse(firstClosed).plusSeconds(1)));
        closedThere(orderNo);
        look();
        awaiting(() -> assertThat(facts(orderNo)).contains("anomaly.resolved", "feedback.given"));
        awaiting(() -> assertThat(written(orderNo, "comment")).last().satisfies(last -> {
            assertThat(last.path("notes").asText()).isEqualTo("处理完毕，结果已反馈办证部门对接人，办结");
            assertThat(custom(last, CLOSED_BY_HUB)).isEqualTo("1");
        }));
        look();
        settled(orderNo);
        assertThat(facts(orderNo)).filteredOn("ticket.resolved"::equals).hasSize(2);
        assertThat(written(orderNo, "ticket")).hasSize(1);
        // The number of each entry stands in the issue, each once.
        assertThat(custom(issue(orderNo), ENTRIES).strip().split("\\s+"))
                .doesNotHaveDuplicates()
                .hasSize(7);
    }

    @Test
    void a_login_page_instead_of_an_answer_opens_nothing_twice() throws Exception {
        String orderNo = walkedTo("13730000002");
        REDMINE.behave("{\"mode\":\"login-page\",\"count\":2,\"path\":\"/issues.json\"}");
        assertThat(says("desk", "parcel.damaged", orderNo, clock.instant()).status())
                .isEqualTo(200);
        settled(orderNo);
        assertThat(written(orderNo, "ticket")).hasSize(1);
        assertThat(count("select attempt from effect where subject = ? and door = 'ticket-send-entry'", id(orderNo)))
                .isGreaterThan(1);
        look();
        assertThat(count("select count(*) from dead_letter where door = 'ticket-fetch-changes'"))
                .isZero();
    }

    @Test
    void an_entry_whose_answer_is_lost_is_found_by_its_number_and_not_written_again() throws Exception {
        String orderNo = damaged("13730000003");
        settled(orderNo);
        int number = issue(orderNo).path("id").asInt();
        REDMINE.behave("{\"mode\":\"drop-answer\",\"count\":1,\"path\":\"/issues/" + number + ".json\"}");
        done("apologised", orderNo);
        awaiting(() -> assertThat(REDMINE.heard(orderNo + "-anomaly", "comment"))
                .singleElement()
                .satisfies(line -> assertThat(line.path("end").asText()).isEqualTo("dropped")));
        settled(orderNo);
        assertThat(written(orderNo, "comment")).hasSize(1);
        ObjectNode looked = (ObjectNode) issue(orderNo);
        assertThat(custom(looked, ENTRIES).strip().split("\\s+")).hasSize(2);
    }
}
