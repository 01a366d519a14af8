package songda.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a partner wants to be left alone. */
class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Verdict.Patience PATIENCE =
            new Verdict.Patience(false, Duration.ofSeconds(2), Duration.ofMinutes(10), 60, null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            120                           | PT2M
            0                             | PT0S
            ' 7 '                         | PT7S
            86400                         | PT1H
            Mon, 23 Nov 2026 10:00:30 GMT | PT30S
            Mon, 23 Nov 2026 09:00:00 GMT | PT0S
            Tue, 24 Nov 2026 10:00:00 GMT | PT1H
            """)
    void it_is_said_in_seconds_or_as_a_date_and_an_hour_at_most(String header, Duration wait) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "99999999999999999999", "2026-11-23T10:00:30Z"})
    void what_cannot_be_read_says_nothing(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }

    @Test
    void the_next_attempt_comes_then_or_a_tenth_later() {
        for (int i = 0; i < 100; i++) {
            assertThat(Verdict.of(new PartnerSaidNo(429, Duration.ofMinutes(10)), true, false, 1, PATIENCE)
                            .after())
                    .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        }
    }

    @ParameterizedTest
    @CsvSource({"500, RETRY", "503, RETRY", "429, RETRY", "502, UNKNOWN", "504, UNKNOWN", "400, DEAD", "404, DEAD"})
    void a_gateway_in_between_does_not_know_what_became_of_the_message(int status, String state) {
        assertThat(Verdict.of(new PartnerSaidNo(status, null), true, false, 1, PATIENCE)
                        .state())
                .isEqualTo(state);
    }
}
