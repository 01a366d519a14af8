package songda.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.calendar.Calendars;
import songda.fact.FactCatalogue;

class LaddersTest {

    private static final String GOOD =
            """
            ladder: receipt
            description: x
            rules: [R67]
            rungs:
              - { rung: first, after: P1D, calendar: end-of-day, reports: receipt.overdue, covered-by: receipt85 }
              - { rung: second, after: P2D, calendar: end-of-day, reports: receipt.overdue }
            """;

    @TempDir
    Path folder;

    private FactCatalogue catalogue;

    @BeforeEach
    void facts() throws IOException {
        Path facts = folder.resolve("facts.txt");
        Files.writeString(
                facts,
                "facts: { receipt.overdue: { said-by: [kit] }, receipts.pulled: { said-by: [receipt85], covers: receipt85 } }");
        catalogue = FactCatalogue.read(facts);
    }

    private Ladders read(String text) throws IOException {
        Files.writeString(folder.resolve("receipt.yaml"), text);
        return Ladders.read(folder, catalogue, Calendars.read(Path.of("mappings", "calendar")));
    }

    @Test
    void a_good_file_is_read_and_its_version_follows_its_text() throws IOException {
        Ladder one = read(GOOD).get("receipt");
        assertThat(one.rungs()).extracting(Ladder.Rung::name).containsExactly("first", "second");
        assertThat(read(GOOD).get("receipt").version()).isEqualTo(one.version());
        assertThat(read(GOOD.replace("P2D", "P3D")).get("receipt").version()).isNotEqualTo(one.version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ladder: receipt       | ladder: receit          | must be the file's name
            rules: [R67]          | rule: [R67]             | unknown key 'rule'
            rung: first           | rong: first             | line 5: unknown key 'rong'
            rung: second          | rung: first             | a name of its own
            rung: second,         |                         | a name of its own
            after: P2D            | after: P0D              | line 6: rung 'second': end-of-day: after: write P2D (days)
            after: P2D            | after: -P2D             | line 6: rung 'second': end-of-day: after: write P2D (days)
            after: P2D,           | 'after: P2D, early: soon,'  | line 6: rung 'second': end-of-day: after: write P2D (days)
            after: P2D,           | 'after: P2D, early: PT99H,' | line 6: rung 'second': early: write less than the time itself
            rules: [R67]          | again: sometimes        | line 3: again: write one of [beside, keep, restart]
            rules: [R67]          | from: delivered         | line 3: from: write happened or recorded
            after: P2D            | after: P1D              | longer than that of the rung before
            after: P2D            | after: 2 days           | write P2D (days)
            after: P2D            | after: PT48H            | write P2D (days)
            calendar: end-of-day  | calendar: end_of_day    | unknown calendar 'end_of_day'
            'P2D, calendar: end-of-day' | 'PT48H, cutoff-of: cutoff, calendar: hours' | line 6: rung 'second': cutoff-of: only days
            reports: receipt.overdue | reports: receipt.overdu | unknown fact 'receipt.overdu'
            covered-by: receipt85 | covered-by: receipt58   | no fact in routes/facts.yaml covers 'receipt58'
            rungs:                | rungs: ]                | is not YAML
            """)
    void a_bad_file_is_refused_with_file_and_reason(String good, String bad, String reason) {
        assertThat(GOOD).contains(good);
        String text = GOOD.replace(good, bad == null ? "" : bad);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text))
                .withMessageContaining("receipt.yaml")
                .withMessageContaining(reason);
    }

    @Test
    void a_reading_that_fails_leaves_the_former_ladders_in_force() throws IOException {
        Ladders ladders = read(GOOD);
        Calendars calendars = Calendars.read(Path.of("mappings", "calendar"));
        String version = ladders.get("receipt").version();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladders.reload(catalogue, calendars, fact -> false))
                .withMessageContaining("receipt.yaml: line 5: rung 'first': no step waits for receipt.overdue");
        Files.writeString(folder.resolve("receipt.yaml"), GOOD.replace("P2D", "P0D"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladders.reload(catalogue, calendars, fact -> true))
                .withMessageContaining("line 6");
        Files.delete(folder.resolve("receipt.yaml"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladders.reload(catalogue, calendars, fact -> true))
                .withMessageContaining("receipt.yaml: is gone");
        assertThat(ladders.get("receipt").version()).isEqualTo(version);
        Files.writeString(folder.resolve("receipt.yaml"), GOOD.replace("P2D", "P3D"));
        ladders.reload(catalogue, calendars, fact -> true);
        assertThat(ladders.get("receipt").version()).isNotEqualTo(version);
    }

    @Test
    void a_ladder_without_rungs_and_an_unknown_one_are_refused() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("ladder: receipt"))
                .withMessageContaining("at least one");
        Ladders ladders = read(GOOD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladders.get("anomaly"))
                .withMessageContaining("write routes/ladder/anomaly.yaml");
    }
}
