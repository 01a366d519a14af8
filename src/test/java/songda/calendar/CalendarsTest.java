package songda.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarsTest {

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void good() throws IOException {
        write("2026.csv", "day,kind,holiday\n2026-10-01,off,国庆节\n2026-10-10,work,国庆节\n");
        write("hours.csv", "name,from,to\nquiet,21:00,08:00\n");
        write(
                "round.csv",
                "office,round,from,to,area\n*,AM,08:00,12:00,\n*,PM,14:00,18:00,\n330109,AM,07:30,11:00,RURAL\n");
    }

    @Test
    void a_schedule_says_what_differs_from_the_week() throws IOException {
        good();
        Calendars calendars = Calendars.read(folder);
        assertThat(calendars.works(LocalDate.parse("2026-10-01"))).isFalse();
        assertThat(calendars.works(LocalDate.parse("2026-10-02"))).isTrue();
        assertThat(calendars.works(LocalDate.parse("2026-10-10"))).isTrue();
        assertThat(calendars.works(LocalDate.parse("2026-10-11"))).isFalse();
        assertThat(calendars.knows(2026)).isTrue();
        assertThat(calendars.knows(2027)).isFalse();
    }

    @Test
    void hours_may_go_over_midnight_and_an_office_may_have_rounds_of_its_own() throws IOException {
        good();
        Calendars calendars = Calendars.read(folder);
        assertThat(calendars.hours("quiet").contains(LocalTime.of(23, 0))).isTrue();
        assertThat(calendars.hours("quiet").contains(LocalTime.of(7, 59))).isTrue();
        assertThat(calendars.hours("quiet").contains(LocalTime.of(8, 0))).isFalse();
        assertThat(calendars.rounds("330109")).hasSize(1);
        assertThat(calendars.rounds("330110")).hasSize(2);
    }

    @Test
    void an_edit_that_cannot_be_read_leaves_the_last_reading_in_force() throws IOException {
        good();
        Almanac almanac = new Almanac(folder);
        assertThat(almanac.reload()).isFalse();
        write("2026.csv", "day,kind,holiday\n2026-10-02,off,国庆节\n");
        assertThat(almanac.reload()).isTrue();
        write("2026.csv", "day,kind,holiday\n2026-10-02,free,国庆节\n");
        assertThatIllegalArgumentException().isThrownBy(almanac::reload);
        assertThat(almanac.now().works(LocalDate.parse("2026-10-02"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            2026.csv  | 2026-10-01,off  | 2026-10-32,off      | line 2: write days as
            2026.csv  | 2026-10-01,off  | 2027-10-01,off      | line 2: day: 2027-10-01 belongs to 2027.csv
            2026.csv  | 2026-10-01,off  | 2026-10-01,free     | line 2: kind: write work or off
            2026.csv  | 2026-10-10,work | 2026-10-01,off      | line 3: day: 2026-10-01 stands there already
            2026.csv  | 2026-10-10,work | 2026-10-12,work     | line 3: day: 2026-10-12 is no Saturday or Sunday
            hours.csv | 08:00           | 21:00               | line 2: to: must differ
            hours.csv | 08:00           | 8                   | line 2: write days as
            round.csv | 14:00,18:00     | 11:00,18:00         | line 3: from: rounds of one office follow each other
            round.csv | *,              | 330110,             | write the rounds of all offices
            round.csv | RURAL           | TOWN                | has one round a day, and towns have two (R37)
            round.csv | RURAL           | VILLAGE             | line 4: area: write TOWN or RURAL
            """)
    void a_bad_file_is_refused_with_file_line_and_reason(String file, String good, String bad, String reason)
            throws IOException {
        good();
        write(file, Files.readString(folder.resolve(file)).replace(good, bad));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calendars.read(folder))
                .withMessageContaining(file)
                .withMessageContaining(reason);
    }

    @Test
    void a_file_of_another_name_is_refused() throws IOException {
        good();
        write("holidays.csv", "day\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calendars.read(folder))
                .withMessageContaining("write <year>.csv");
    }
}
