package songda.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import songda.HubTest;
import songda.TopicReader;
import songda.trace.TraceContext;

/** What any other backend can read from Kafka. */
class FactStreamTest extends HubTest {

    @Test
    void every_fact_of_an_order_is_published_once_in_the_order_of_commits_without_personal_data() {
        String orderNo = walked();
        for (String fact : List.of("parcel.accepted", "parcel.arrived", "parcel.delivered", "receipt.returned")) {
            assertThat(says("desk", fact, orderNo, clock.instant()).status()).isEqualTo(200);
        }
        String key = String.valueOf(id(orderNo));
        List<String> recorded = db.sql("select name from fact where subject = ? order by xid, id")
                .param(id(orderNo))
                .query(String.class)
                .list();
        List<ConsumerRecord<String, String>> published;
        try (TopicReader topic = new TopicReader("songda.facts", key)) {
            awaiting(() -> assertThat(topic.read()).hasSizeGreaterThanOrEqualTo(recorded.size()));
            published = topic.read();
        }
        assertThat(published).extracting(r -> header(r, "ce_type")).containsExactlyElementsOf(recorded);
        for (ConsumerRecord<String, String> one : published) {
            assertThat(header(one, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(one, "ce_id")).matches("\\d+");
            assertThat(header(one, "ce_source")).startsWith("/songda/");
            assertThat(header(one, "ce_subject")).isEqualTo(orderNo);
            assertThat(header(one, "ce_time")).endsWith("+08:00");
            assertThat(header(one, "ce_datacontenttype")).isEqualTo("application/json");
            assertThat(header(one, "ce_correlation")).isNotBlank();
            assertThat(TraceContext.read(header(one, "traceparent")))
                    .contains(TraceContext.of(header(one, "ce_correlation"), Long.parseLong(header(one, "ce_id"))));
            assertThat(one.value() + one.headers())
                    .contains("\"orderNo\":\"" + orderNo + "\"")
                    .doesNotContain("张小三", "13812345678", "330109199003071235", "文一西路", "周敏", "82898888", "请先电话联系");
        }
        assertThat(published).extracting(r -> header(r, "ce_id")).doesNotHaveDuplicates();
    }

    private static String header(ConsumerRecord<String, String> one, String name) {
        return new String(one.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
