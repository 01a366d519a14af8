package songda.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineFilesTest {

    private static final String GOOD =
            """
            - name: a receipt in time
              rules: [R67, A03]
              order: { county: "330203" }
              start: 2026-09-29T15:00:00
              timeline:
                - { at: 0h, fact: parcel.delivered }
                - { at: 57h, pulled: receipt85, expect: [receipt.overdue] }
                - { at: +1s, down: PT48H, expect: [] }
                - { until: P30D, expect: [] }
            """;

    @TempDir
    Path folder;

    private List<Timeline> read(String text) throws IOException {
        Files.writeString(folder.resolve("receipt.test.yaml"), text);
        return TimelineFiles.read(folder);
    }

    @Test
    void a_good_file_is_read() throws IOException {
        Timeline one = read(GOOD).get(0);
        assertThat(one.title()).isEqualTo("receipt.test.yaml: a receipt in time");
        assertThat(one.order()).containsEntry("county", "330203").containsEntry("receipt", "PHYSICAL");
        assertThat(one.entries().stream().map(e -> Moments.text(e.end())))
                .containsExactly(
                        "2026-09-29T15:00:00", "2026-10-02T00:00:00", "2026-10-04T00:00:01", "2026-10-29T15:00:00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            rules: [R67, A03]      | rules: [67]              | line 2: rules: '67': write R67 or A03
            rules: [R67, A03]      | rules: []                | line 1: write name: a sentence, and rules: [R67]
            start: 2026-09-29T15:00:00 | start: 57h           | line 4: start: write 2026-09-29T15:00:00
            at: 57h                | at: noon                 | line 7: at: write 2026-09-29T15:00:00, 57h
            at: 57h                | at: 2026-09-28T15:00:00  | line 7: at: is before the entry above it
            down: PT48H            | down: long               | line 8: down: write PT48H or 2d
            pulled: receipt85      | pull: receipt85          | line 7: unknown key 'pull'
            down: PT48H            | down: PT48H, fact: x.y   | line 8: write one of fact, pulled and down
            until: P30D, expect: [] | until: P30D             | line 1: timeline: write entries, and expect:
            """)
    void a_wrong_one_is_refused_with_its_line(String good, String bad, String why) {
        assertThat(GOOD).contains(good);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(GOOD.replace(good, bad)))
                .withMessageContaining("receipt.test.yaml: " + why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            open chase                 | open chase/a 1;open chase/b 2    | true
            open chase/a               | open chase/a 1;open chase/b 2    | false
            sms city-manager;sms       | sms x;sms city-manager@33 t=1    | true
            sms city                   | sms city-manager@33              | false
            sms;sms                    | sms x                            | false
            receipt.overdue            | receipt.overdue 2026             | true
            """)
    void a_line_may_leave_out_its_end_and_stands_for_one(String expected, String got, boolean met) {
        assertThat(new Expectation(List.of(expected.split(";")), List.of(got.split(";"))).met())
                .isEqualTo(met);
    }
}
