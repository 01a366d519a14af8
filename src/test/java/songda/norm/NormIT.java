package songda.norm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import songda.command.SheetMutants;
import songda.mapping.MappingMutants;
import songda.norm.Norm.Rule;
import songda.settlement.LedgerMutants;
import songda.timeline.Mutants;
import songda.timeline.Rehearsal;
import songda.timeline.TimelineFiles;

/**
 * Which rule of the norm is enforced where, and which test fails when it is not: every duration, calendar, door, role, rung, guard, refusal, limit and
 * price, every title and word of an imported sheet and the SQL of the books is made wrong once. The edits are listed in {@code target/mutants.txt}, the rules in {@code target/norm.html} and {@code src/docs/norm.md}
 * ({@code -Dsongda.norm.write=true} writes that one).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NormIT {

    private static final Path ROUTES = Path.of("routes");
    private static final Path MAPPINGS = Path.of("mappings");
    private static final Path PAGE = Path.of("src", "docs", "norm.md");
    private final List<Edit> edits = new ArrayList<>();
    private Norm norm;

    @BeforeAll
    void make_everything_wrong_once(@TempDir Path folder) throws IOException {
        try (var ground = Rehearsal.ground(folder.resolve("data"))) {
            new Mutants(ground, ROUTES, folder.resolve("routes"))
                    .play(TimelineFiles.read(ROUTES), fate -> {})
                    .forEach(fate ->
                            edits.add(new Edit(fate.rules(), fate.file(), fate.line(), fate.what(), fate.killedBy())));
        }
        edits.addAll(new MappingMutants(MAPPINGS, folder.resolve("mappings")).all());
        edits.addAll(new SheetMutants(MAPPINGS, folder.resolve("sheets")).all());
        edits.addAll(new LedgerMutants(folder.resolve("ledger")).all());
        norm = new Norm(edits);
        String list = edits.stream().map(Edit::text).collect(Collectors.joining("\n"));
        Files.writeString(Path.of("target", "mutants.txt"), list + "\n");
        Files.writeString(Path.of("target", "norm.html"), norm.html());
        if (Boolean.getBoolean("songda.norm.write")) {
            Files.writeString(PAGE, norm.markdown());
        }
    }

    @Test
    void every_wrong_edit_is_noticed() {
        assertThat(edits).hasSizeGreaterThan(600);
        assertThat(edits.stream().filter(edit -> edit.killedBy().isEmpty()).map(Edit::text))
                .isEmpty();
    }

    @Test
    void every_rule_has_a_test_that_fails_when_it_is_broken_or_says_why_not() {
        assertThat(norm.rules()).hasSize(98);
        assertThat(norm.rules().stream()
                        .filter(rule -> !norm.proven(rule) && rule.unproven().isBlank())
                        .map(Rule::id))
                .as("no wrong edit of them was noticed")
                .isEmpty();
        assertThat(norm.rules().stream()
                        .filter(rule -> norm.proven(rule) && !rule.unproven().isBlank())
                        .map(Rule::id))
                .as("src/docs/norm/rules.csv says that these are unproven, and they are proven")
                .isEmpty();
    }

    /** Lines move with every edit of a file and are not in it. */
    @Test
    void the_page_is_of_today() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("mvn verify -Dit.test=NormIT -Dsongda.norm.write=true writes it")
                .isEqualTo(norm.markdown());
    }
}
