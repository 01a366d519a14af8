package songda.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueRuleTest {

    @ParameterizedTest
    @CsvSource({
        "end-of-day, P2D,    2026-09-30T15:00:00+08:00, 2026-10-02T23:59:59+08:00",
        "end-of-day, P2D,    2026-09-30T00:00:00+08:00, 2026-10-02T23:59:59+08:00",
        "end-of-day, P2D,    2026-09-30T23:59:59+08:00, 2026-10-02T23:59:59+08:00",
        "end-of-day, P2D,    2026-09-30T16:00:00Z,      2026-10-03T23:59:59+08:00",
        "end-of-day, P2D,    2026-09-30T15:59:59Z,      2026-10-02T23:59:59+08:00",
        "end-of-day, P1D,    2026-12-31T10:00:00+08:00, 2027-01-01T23:59:59+08:00",
        "end-of-day, P2D,    2028-02-27T10:00:00+08:00, 2028-02-29T23:59:59+08:00",
        "end-of-day, P1M,    2027-01-31T10:00:00+08:00, 2027-02-28T23:59:59+08:00",
        "hours,      PT24H,  2026-09-30T15:00:00+08:00, 2026-10-01T15:00:00+08:00",
        "hours,      PT72H,  2026-02-27T23:59:59+08:00, 2026-03-02T23:59:59+08:00",
        "hours,      PT120H, 2026-12-30T00:00:00+08:00, 2027-01-04T00:00:00+08:00"
    })
    void a_length_of_time_is_counted_by_its_calendar(String calendar, String after, String from, String due) {
        assertThat(DueRule.named(calendar).due(OffsetDateTime.parse(from).toInstant(), after))
                .isEqualTo(OffsetDateTime.parse(due).toInstant());
    }

    @Test
    void an_unknown_calendar_is_refused_and_the_known_ones_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DueRule.named("working-day"))
                .withMessageContaining("'working-day'")
                .withMessageContaining("hours, end-of-day");
    }
}
