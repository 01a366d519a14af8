package songda.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import songda.HubTest;
import songda.TopicReader;

/** One trace from the order that came in to every call that follows from it, hours and nodes between them or not. */
@ExtendWith(OutputCaptureExtension.class)
class TraceTest extends HubTest {

    private Answer ordered(String orderNo, Map<String, String> headers) {
        byte[] order = order(orderNo).toString().getBytes(StandardCharsets.UTF_8);
        return post(signer("zjzwfw"), ORDERS, order, headers);
    }

    private static String fresh() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Test
    void what_follows_from_an_order_stays_in_the_trace_of_who_sent_it() {
        String orderNo = newOrderNo();
        String trace = fresh();
        Answer answer = ordered(orderNo, Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers().get("x-correlation-id")).containsExactly(trace);
        awaiting(() -> assertThat(PARTNERS.calls("/gov/status", orderNo)).isNotEmpty());
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        List<String> sent = List.of("/gov/status", "/postal/020003").stream()
                .flatMap(path -> PARTNERS.calls(path, orderNo).stream())
                .map(call -> call.traceparent())
                .toList();
        assertThat(sent).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
        assertThat(sent).allSatisfy(header -> assertThat(traceOf(header)).contains(trace));
        try (TopicReader topic = new TopicReader("songda.gov-send-status", String.valueOf(id(orderNo)))) {
            awaiting(() -> assertThat(topic.read()).isNotEmpty());
            assertThat(topic.read()).allSatisfy(record -> assertThat(traceOf(new String(
                            record.headers().lastHeader("traceparent").value(), StandardCharsets.US_ASCII)))
                    .contains(trace));
        }
    }

    private static Optional<String> traceOf(String header) {
        return TraceContext.read(header).map(TraceContext::traceId);
    }

    @Test
    void a_correlation_id_goes_before_a_trace_and_a_broken_trace_is_as_none() {
        String trace = fresh();
        Answer both = ordered(
                newOrderNo(),
                Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01", "X-Correlation-Id", "shop-42"));
        assertThat(both.headers().get("x-correlation-id")).containsExactly("shop-42");
        Answer broken = ordered(newOrderNo(), Map.of("traceparent", "00-" + trace + "-01"));
        assertThat(broken.status()).isEqualTo(201);
        assertThat(broken.headers().get("x-correlation-id")).noneMatch(id -> id.contains(trace));
    }

    @Test
    void a_line_of_the_log_names_the_message_that_it_is_about(CapturedOutput output) {
        String correlation = "line-" + fresh();
        byte[] wrong = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(post(signer("zjzwfw"), ORDERS, wrong, Map.of("X-Correlation-Id", correlation))
                        .status())
                .isEqualTo(422);
        assertThat(output.getOut()).containsPattern("] " + correlation + " +songda\\.api\\.ProblemWriter +: 拒绝");
    }
}
