package songda.process;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.TestFacts;

/** Partners that take messages and lose the answers, and partners that lose the messages: over real sockets, with journals. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostAnswerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int ORDERS = 30;
    private static final int LOST = 6;
    private HubProcess hub;
    private StandInsProcess partners;
    private Tables tables;

    /** A minute and five minutes in production: a sixtieth of it. */
    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        hub = HubProcess.in(folder.resolve("data"));
        partners = StandInsProcess.of(hub, folder.resolve("journal"));
        hub.with(partners.addresses()).with(Map.of("SONGDA_DOOR_ASKAFTER", "PT1S", "SONGDA_DOOR_ASKAGAIN", "PT5S"));
        tables = new Tables(hub);
        hub.start().awaitReady(PATIENCE);
    }

    @ParameterizedTest
    @CsvSource({"TAKEN, drop-answer, 0", "GONE, down, " + LOST})
    void each_message_arrives_once(String prefix, String mode, int sentAgain) throws Exception {
        behave("postal", mode, "020003");
        partners.control(
                "/control/gov/push", "{\"count\":%d,\"prefix\":\"%s\",\"connections\":4}".formatted(ORDERS, prefix));
        resolved(prefix, "postal-send-order", sentAgain);
        Set<String> orders =
                Set.copyOf(tables.texts("select order_no from orders where order_no like '" + prefix + "%'"));
        assertThat(taken("postal", "order", line -> line.path("key").asText()))
                .containsKeys(orders.toArray(String[]::new))
                .allSatisfy((order, times) -> assertThat(times).as(order).isEqualTo(1));

        behave("sms", mode, "SendSms");
        say("parcel.accepted", orders);
        resolved(prefix, "sms-send-notice", sentAgain);
        assertThat(taken("sms", "sms", line -> line.path("key").asText()))
                .hasSizeGreaterThanOrEqualTo(ORDERS)
                .allSatisfy((outId, times) -> assertThat(times).as(outId).isEqualTo(1));

        // The ticket may be there and its first entry not: that entry is written again, the ticket found and not
        // created.
        behave("ticket", mode, "/REST/2.0/ticket");
        say("complaint.received", orders);
        resolved(prefix, "ticket-send-entry", LOST);
        assertThat(taken("ticket", "ticket", line -> line.path("key").asText()))
                .hasSizeGreaterThanOrEqualTo(ORDERS)
                .allSatisfy((ref, times) -> assertThat(times).as(ref).isEqualTo(1));
        assertThat(taken("ticket", "comment", LostAnswerIT::own))
                .hasSizeGreaterThanOrEqualTo(ORDERS)
                .allSatisfy((entry, times) -> assertThat(times).as(entry).isEqualTo(1));
    }

    /** No mail server can be asked what it took. */
    @Test
    void a_letter_whose_answer_is_lost_is_sent_once_and_left_to_a_person() throws Exception {
        partners.control("/control/gov/push", "{\"count\":1,\"prefix\":\"LETTER\"}");
        Set<String> order = Set.copyOf(tables.texts("select order_no from orders where order_no like 'LETTER%'"));
        say("complaint.received", order);
        partners.control("/control/mail/behave", "{\"mode\":\"drop-answer\",\"count\":1}");
        say("responsibility.found", order);
        say("anomaly.resolved", order);
        String letter =
                "from effect e join orders o on o.id = e.subject where o.order_no like 'LETTER%' and door = 'mail-send-result'";
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        tables.texts("select state || ' ' || attempt || ' ' || (next_attempt_at is null) " + letter))
                .containsExactly("UNKNOWN 1 true"));
        assertThat(partners.journal("mail")).hasSize(1);
    }

    /** A comment writes the numbers of those before it again, and its own behind them. */
    private static String own(JsonNode comment) {
        JsonNode numbers = comment.path("body").path("CustomFields").path("SongdaEntry");
        return numbers.path(numbers.size() - 1).asText();
    }

    private void behave(String partner, String mode, String path) throws Exception {
        partners.control(
                "/control/" + partner + "/behave",
                "{\"mode\":\"%s\",\"path\":\"%s\",\"count\":%d}".formatted(mode, path, LOST));
    }

    /** All of a door's effects are accepted, and as many as had to be were sent a second time. */
    private void resolved(String prefix, String door, int sentAgain) throws Exception {
        String of = " from effect e join orders o on o.id = e.subject where o.order_no like '" + prefix
                + "%' and door = '" + door + "'";
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(tables.count("select count(*)" + of + " and state = 'ACCEPTED'"))
                    .isGreaterThanOrEqualTo(ORDERS);
            assertThat(tables.rows("select state, attempt, reason" + of + " and state <> 'ACCEPTED'"))
                    .isEmpty();
        });
        assertThat(tables.count("select count(*)" + of + " and attempt > 1"))
                .isBetween(Math.min(1, sentAgain), sentAgain);
    }

    private void say(String fact, Set<String> orders) throws Exception {
        String at = tables.text(
                "select to_char(hub_now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+08:00\"')");
        for (String order : orders) {
            JsonNode sent = partners.control(
                    "/control/desk/send",
                    """
                    {"target": "/api/v1/events", "body": {"id": "%s-%s", "fact": "%s", "at": "%s", "orderNo": "%s", "data": %s}}"""
                            .formatted(fact, order, fact, at, order, TestFacts.of(fact)));
            assertThat(sent.path("status").asInt()).as(fact + " of " + order).isEqualTo(200);
        }
    }

    /** What the partner took, whether its answer was lost or not. */
    private Map<String, Long> taken(String partner, String op, Function<JsonNode, String> by) throws IOException {
        return partners.journal(partner).stream()
                .filter(line -> line.path("op").asText().equals(op)
                        && line.path("status").asInt() / 100 == 2)
                .collect(groupingBy(by, counting()));
    }

    @AfterAll
    void leave_nothing_running() throws Exception {
        hub.close();
        partners.close();
    }
}
