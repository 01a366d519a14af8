package songda.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** The example of the W3C's recommendation, and a later version with more behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-later"
            })
    void is_read_as_the_recommendation_says(String header) {
        assertThat(TraceContext.read(header)).contains(new TraceContext(TRACE, "00f067aa0ba902b7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-13812345678-00f067aa0ba902b7-01"
            })
    void what_is_none_is_as_if_it_had_not_been_sent(String header) {
        assertThat(TraceContext.read(header)).isEmpty();
    }

    /** The third by {@code printf shop-42 | sha256sum}. */
    @ParameterizedTest
    @CsvSource({
        "4bf92f3577b34da6a3ce929d0e0e4736, 4bf92f3577b34da6a3ce929d0e0e4736",
        "0f8fad5b-d9cb-469f-a165-70867728950e, 0f8fad5bd9cb469fa16570867728950e",
        "shop-42, eb9883a7850b239032e6b842ca91999b"
    })
    void the_trace_is_the_correlation_id_in_other_words(String correlation, String trace) {
        assertThat(TraceContext.of(correlation, 255)).isEqualTo(new TraceContext(trace, "00000000000000ff"));
        assertThat(TraceContext.read(TraceContext.of(correlation).header()).map(TraceContext::traceId))
                .contains(trace);
    }

    @Test
    void a_thread_follows_the_innermost_message_and_then_the_one_before() {
        assertThat(Followed.header()).isEmpty();
        try (Followed outer = Followed.message(TRACE, null)) {
            assertThat(Followed.header().flatMap(TraceContext::read).map(TraceContext::traceId))
                    .contains(TRACE);
            try (Followed inner = Followed.message("file-1-2", "ORDER-1")) {
                assertThat(MDC.get("correlation")).isEqualTo("file-1-2");
                assertThat(MDC.get("order")).isEqualTo("ORDER-1");
            }
            assertThat(MDC.get("correlation")).isEqualTo(TRACE);
            assertThat(MDC.get("order")).isNull();
        }
        assertThat(Followed.header()).isEqualTo(Optional.empty());
    }
}
