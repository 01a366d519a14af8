package songda.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import songda.HubTest;
import songda.TopicReader;
import songda.clock.HubClock;

/** Kafka is built again from PostgreSQL. */
class RepublishTest extends HubTest {

    private static final String REPUBLISH = "/api/v1/republish";

    private static ObjectNode body(Instant from, boolean facts, String... doors) {
        ObjectNode body = JSON.createObjectNode()
                .put("from", HubClock.local(from))
                .put("facts", facts)
                .put("reason", "磁盘坏了，重建");
        List.of(doors).forEach(body.withArray("doors")::add);
        return body;
    }

    private JsonNode republished(ObjectNode body) {
        Answer answer = post("desk", REPUBLISH, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private String settled() {
        String orderNo = walked();
        awaiting(() -> assertThat(effects(orderNo)).allMatch(e -> e.endsWith("ACCEPTED")));
        return orderNo;
    }

    @Test
    void what_kafka_lost_is_relayed_again_and_what_was_accepted_is_not() {
        String lost = settled();
        String other = settled();
        Instant from = Instant.now().minusSeconds(2);
        int calls = PARTNERS.calls("/gov/status", other).size();
        int before = PARTNERS.calls("/gov/status", lost).size();
        db.sql(
                        "update effect set state = 'RELAYED', changed_at = clock_timestamp() where subject = ? and door = 'gov-send-status'")
                .param(id(lost))
                .update();
        JsonNode done = republished(body(from, false, "gov-send-status"));
        assertThat(done.at("/relayed/0/what").asText()).isEqualTo("gov-send-status");
        assertThat(done.at("/relayed/0/count").asInt()).isPositive();
        awaiting(() -> assertThat(effect(lost, "gov-send-status")).startsWith("ACCEPTED 2"));
        assertThat(PARTNERS.calls("/gov/status", lost)).hasSizeGreaterThan(before);
        assertThat(PARTNERS.calls("/gov/status", other)).hasSize(calls);
        assertThat(count("select count(*) from audit where what like 'republish%' and reason = '磁盘坏了，重建'"))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void what_is_being_sent_and_must_not_be_repeated_is_left() {
        String orderNo = settled();
        says("desk", "parcel.accepted", orderNo, clock.instant());
        awaiting(() -> assertThat(effect(orderNo, "sms-send-notice")).startsWith("ACCEPTED"));
        String sending =
                "update effect set state = ?, changed_at = clock_timestamp() where subject = ? and door = 'sms-send-notice'";
        Instant from = Instant.now().minusSeconds(2);
        db.sql(sending).params("SENDING", id(orderNo)).update();
        JsonNode done = republished(body(from, false, "sms-send-notice"));
        assertThat(done.path("left").asInt()).isEqualTo(1);
        assertThat(done.path("relayed")).isEmpty();
        assertThat(effect(orderNo, "sms-send-notice")).startsWith("SENDING");
        db.sql(sending).params("ACCEPTED", id(orderNo)).update();
    }

    @Test
    void facts_are_published_again_under_their_numbers_and_marked() {
        String orderNo = settled();
        String key = String.valueOf(id(orderNo));
        Instant from = clock.instant().minusSeconds(3600);
        int recorded = facts(orderNo).size();
        List<ConsumerRecord<String, String>> seen;
        try (TopicReader topic = new TopicReader("songda.facts", key)) {
            awaiting(() -> assertThat(topic.read()).hasSize(recorded));
            assertThat(topic.read()).noneMatch(RepublishTest::marked);
            assertThat(republished(body(from, true)).path("facts").asInt()).isGreaterThanOrEqualTo(recorded);
            awaiting(() -> assertThat(topic.read()).hasSize(2 * recorded));
            seen = topic.read();
        }
        assertThat(seen.subList(recorded, 2 * recorded)).allMatch(RepublishTest::marked);
        assertThat(seen.stream().map(RepublishTest::number).distinct()).hasSize(recorded);
    }

    private static boolean marked(ConsumerRecord<String, String> record) {
        return record.headers().lastHeader("songda_republished") != null;
    }

    private static String number(ConsumerRecord<String, String> record) {
        return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }

    @Test
    void only_the_desk_may_and_only_what_there_is() {
        Instant from = clock.instant();
        refused(post("ems", REPUBLISH, body(from, true)), 403, "desk-only");
        refused(post("desk", REPUBLISH, body(from, false)), 422, "invalid-republish");
        refused(post("desk", REPUBLISH, body(from, false, "no-such-door")), 422, "no-such-door");
        ObjectNode silent = body(from, true);
        silent.remove("reason");
        assertThat(post("desk", REPUBLISH, silent).status()).isEqualTo(422);
    }
}
