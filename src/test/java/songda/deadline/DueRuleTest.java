package songda.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.calendar.Calendars;

class DueRuleTest {

    private static final Calendars CALENDARS = Calendars.read(Path.of("mappings", "calendar"));

    @ParameterizedTest
    @CsvSource({
        "end-of-day, P2D,    2026-09-30T15:00:00+08:00, 2026-10-02T23:59:59+08:00",
        "end-of-day, P2D,    2026-09-30T00:00:00+08:00, 2026-10-02T23:59:59+08:00",
        "end-of-day, P2D,    2026-09-30T23:59:59+08:00, 2026-10-02T23:59:59+08:00",
        "end-of-day, P2D,    2026-09-30T16:00:00Z,      2026-10-03T23:59:59+08:00",
        "end-of-day, P2D,    2026-09-30T15:59:59Z,      2026-10-02T23:59:59+08:00",
        "end-of-day, P1D,    2026-12-31T10:00:00+08:00, 2027-01-01T23:59:59+08:00",
        "end-of-day, P2D,    2028-02-27T10:00:00+08:00, 2028-02-29T23:59:59+08:00",
        "hours,      PT24H,  2026-09-30T15:00:00+08:00, 2026-10-01T15:00:00+08:00",
        "hours,      PT72H,  2026-02-27T23:59:59+08:00, 2026-03-02T23:59:59+08:00",
        "hours,      PT120H, 2026-12-30T00:00:00+08:00, 2027-01-04T00:00:00+08:00",
        "working-days, P5D,  2026-02-13T09:00:00+08:00, 2026-02-27T23:59:59+08:00",
        "working-days, P5D,  2026-09-24T23:59:59+08:00, 2026-10-09T23:59:59+08:00",
        "working-days, P5D,  2026-09-30T00:00:00+08:00, 2026-10-13T23:59:59+08:00",
        "working-days, P5D,  2026-11-23T10:00:00+08:00, 2026-11-30T23:59:59+08:00",
        "working-days, P1D,  2026-02-14T10:00:00+08:00, 2026-02-24T23:59:59+08:00",
        "working-days, P1D,  2026-10-09T10:00:00+08:00, 2026-10-10T23:59:59+08:00",
        "working-days, P3D,  2025-12-30T10:00:00+08:00, 2026-01-05T23:59:59+08:00",
        "round,      PT60M,  2026-09-30T10:00:00+08:00, 2026-09-30T19:00:00+08:00",
        "round,      PT60M,  2026-09-30T08:00:00+08:00, 2026-09-30T13:00:00+08:00",
        "round,      PT60M,  2026-09-30T14:00:01+08:00, 2026-10-01T13:00:00+08:00",
        "this-round, PT60M,  2026-09-30T10:00:00+08:00, 2026-09-30T13:00:00+08:00",
        "this-round, PT60M,  2026-09-30T07:59:59+08:00, 2026-09-30T13:00:00+08:00",
        "this-round, PT60M,  2026-09-30T11:59:59+08:00, 2026-09-30T13:00:00+08:00",
        "this-round, PT60M,  2026-09-30T12:00:00+08:00, 2026-09-30T19:00:00+08:00",
        "this-round, PT60M,  2026-09-30T18:00:00+08:00, 2026-10-01T13:00:00+08:00",
        "appointed,  PT4H,   2026-09-30T10:00:00+08:00, 2026-09-30T14:00:00+08:00",
        "appointed,  2026-09-30T11:30:00+08:00, 2026-09-30T10:00:00+08:00, 2026-09-30T11:30:00+08:00",
        "appointed,  2026-09-30T03:30:00Z, 2026-09-30T10:00:00+08:00, 2026-09-30T11:30:00+08:00",
        "service-hours, PT2H, 2026-09-30T19:00:00+08:00, 2026-10-01T09:00:00+08:00",
        "service-hours, PT2H, 2026-09-30T23:00:00+08:00, 2026-10-01T10:00:00+08:00",
        "service-hours, PT2H, 2026-09-30T18:00:00+08:00, 2026-09-30T20:00:00+08:00",
        "service-hours, PT26H, 2026-09-30T19:00:00+08:00, 2026-10-03T09:00:00+08:00"
    })
    void a_length_of_time_is_counted_by_its_calendar(String calendar, String after, String from, String due) {
        assertThat(DueRule.named(calendar).due(OffsetDateTime.parse(from).toInstant(), after, CALENDARS, "330109"))
                .isEqualTo(new DueRule.Due(OffsetDateTime.parse(due).toInstant(), false));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T16:59:59+08:00, 2026-09-30T16:59:59+08:00",
        "2026-09-30T17:00:00+08:00, 2026-09-30T17:00:00+08:00",
        "2026-09-30T17:00:01+08:00, 2026-10-01T00:00:00+08:00",
        "2026-09-30T23:59:59+08:00, 2026-10-01T00:00:00+08:00",
        "2026-10-01T00:00:00+08:00, 2026-10-01T00:00:00+08:00"
    })
    void what_happens_after_the_hour_of_cut_off_is_of_the_next_day(String from, String since) {
        assertThat(DueRule.since(OffsetDateTime.parse(from).toInstant(), LocalTime.of(17, 0)))
                .isEqualTo(OffsetDateTime.parse(since).toInstant());
    }

    @ParameterizedTest
    @CsvSource({"P0D", "-P1D", "PT24H", "P1M"})
    void a_length_that_is_none_is_refused(String after) {
        assertThatThrownBy(() -> DueRule.WORKING_DAYS.due(Instant.EPOCH, after, CALENDARS, ""))
                .isInstanceOf(DateTimeException.class);
    }

    /** Over the turn of a year whose schedule is not known the time is provisional, and only then. */
    @Test
    void a_year_without_a_schedule_gives_a_provisional_time() {
        Instant before = OffsetDateTime.parse("2026-12-28T10:00:00+08:00").toInstant();
        assertThat(DueRule.WORKING_DAYS.due(before, "P3D", CALENDARS, "").provisional())
                .isFalse();
        assertThat(DueRule.WORKING_DAYS.due(before, "P4D", CALENDARS, ""))
                .isEqualTo(new DueRule.Due(
                        OffsetDateTime.parse("2027-01-01T23:59:59+08:00").toInstant(), true));
    }

    /** Never before its beginning, and never earlier for a later beginning. */
    @ParameterizedTest
    @CsvSource({
        "end-of-day, P2D",
        "working-days, P5D",
        "round, PT60M",
        "this-round, PT60M",
        "appointed, PT4H",
        "service-hours, PT2H",
        "hours, PT24H"
    })
    void time_runs_forward(String calendar, String after) {
        DueRule rule = DueRule.named(calendar);
        Instant last = Instant.EPOCH;
        Instant from = Instant.parse("2023-12-25T00:00:00Z");
        for (; from.isBefore(Instant.parse("2027-01-10T00:00:00Z")); from = from.plusSeconds(7 * 3600 + 61)) {
            Instant due = rule.due(from, after, CALENDARS, "").at();
            assertThat(due).isAfter(from).isAfterOrEqualTo(last);
            last = due;
        }
    }

    @Test
    void an_unknown_calendar_is_refused_and_the_known_ones_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DueRule.named("working-day"))
                .withMessageContaining("'working-day'")
                .withMessageContaining("hours, end-of-day");
    }
}
