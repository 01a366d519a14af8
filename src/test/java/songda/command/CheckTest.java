package songda.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import songda.check.Check;
import songda.check.DryRun;
import songda.check.Finding;
import songda.check.Guide;
import songda.check.Report;
import songda.check.Rule;
import songda.check.Rules;
import songda.configuration.Examination;
import songda.timeline.TimelineRules;

/**
 * Each rule has a bad house, {@code src/test/check/<rule>[-<more>]}: files laid over {@code base}, and {@code expected.txt} with the places where
 * exactly this rule has to be told (R128 with R302: a system that says nothing is no use to the catalogue either).
 */
class CheckTest {

    private static final Path CASES = Path.of("src/test/check");
    /** These have no bad file that a repository could hold, or need the process apart; see below. */
    private static final Set<String> ELSEWHERE = Set.of(
            "SONGDA-R005",
            "SONGDA-R006",
            "SONGDA-R009",
            "SONGDA-R411",
            "SONGDA-R412",
            "SONGDA-R415",
            "SONGDA-R501",
            "SONGDA-R502",
            "SONGDA-R503");

    @TempDir
    Path house;

    @Test
    void a_good_house_has_no_fault() throws IOException {
        lay(CASES.resolve("base"));
        assertThat(found()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> a_bad_house_is_told_of_in_its_place() throws IOException {
        return cases().stream()
                .map(bad -> dynamicTest(bad.getFileName().toString(), () -> {
                    FileSystemUtils.deleteRecursively(house);
                    lay(CASES.resolve("base"));
                    lay(bad);
                    assertThat(found())
                            .containsExactlyInAnyOrderElementsOf(Files.readAllLines(bad.resolve("expected.txt")));
                }));
    }

    @Test
    void every_rule_has_a_bad_house() throws IOException {
        Set<String> tried = new TreeSet<>(ELSEWHERE);
        for (Path bad : cases()) {
            tried.add(rule(bad));
        }
        assertThat(Rules.all()).extracting(Rule::id).containsExactlyElementsOf(tried);
    }

    @Test
    void a_link_out_of_the_folder_a_file_of_two_megabytes_and_no_folder_are_told_of() throws IOException {
        lay(CASES.resolve("base"));
        Path outside = Files.writeString(house.resolve("outside.csv"), "reason,text\nLATE,x\n");
        Files.createSymbolicLink(house.resolve("mappings/inquiry/chase/more.csv"), outside);
        Files.writeString(house.resolve("mappings/inquiry/chase/big.csv"), "code,text\n" + "#\n".repeat(1 << 20));
        assertThat(found())
                .contains(
                        "mappings/inquiry/chase/more.csv:1 SONGDA-R006",
                        "mappings/inquiry/chase/big.csv:1 SONGDA-R005");
        FileSystemUtils.deleteRecursively(house.resolve("mappings"));
        assertThat(found()).contains("mappings:1 SONGDA-R009");
    }

    @Test
    void what_never_ends_and_what_does_not_load_end_with_the_process_apart() throws IOException {
        lay(CASES.resolve("base"));
        Files.writeString(house.resolve("mappings/gov/order/map.jslt"), "def f(x) f($x + 1)\nf(1)\n");
        Path door = house.resolve("routes/edge/inquiry/inquiry-send-chase.camel.yaml");
        Files.writeString(
                door,
                Files.readString(door)
                        .replace(
                                "        - to:\n            uri: http",
                                "        - marshal:\n            json:\n              library: Jackson\n        - to:\n            uri: http"));
        assertThat(Check.of(house.resolve("routes"), house.resolve("mappings"))).isEmpty();
        List<Finding> apart =
                new DryRun(house.resolve("routes"), house.resolve("mappings"), Duration.ofMinutes(3)).findings();
        assertThat(apart)
                .extracting(this::shown)
                .containsExactlyInAnyOrder(
                        "mappings/gov/order/map.jslt:1 SONGDA-R411",
                        "routes/edge/inquiry/inquiry-send-chase.camel.yaml:1 SONGDA-R501");
        assertThat(new DryRun(house.resolve("routes"), house.resolve("mappings"), Duration.ofMillis(1)).findings())
                .extracting(this::shown)
                .containsExactly("routes:1 SONGDA-R502");
    }

    @Test
    void a_narrow_dry_run_compares_the_examples_of_what_was_touched_and_leaves_the_rest() throws IOException {
        lay(CASES.resolve("base"));
        Files.writeString(house.resolve("mappings/gov/order/map.jslt"), "{ \"something\": \"else\" }\n");
        Files.writeString(house.resolve("routes/edge/inquiry/inquiry-send-chase.camel.yaml"), "- route: [\n");
        DryRun narrow = new DryRun(house.resolve("routes"), house.resolve("mappings"), Duration.ofMinutes(3));
        assertThat(found(narrow, new DryRun.Extent(Set.of(), Set.of("gov/order"), false)))
                .extracting(this::shown)
                .containsExactly("mappings/gov/order/map.jslt:1 SONGDA-R412");
        assertThat(found(narrow, new DryRun.Extent(Set.of(), Set.of(), false))).isEmpty();
        assertThat(found(
                        narrow,
                        new DryRun.Extent(Set.of("edge/inquiry/inquiry-send-chase.camel.yaml"), Set.of(), false)))
                .extracting(this::shown)
                .containsExactly("routes/edge/inquiry/inquiry-send-chase.camel.yaml:1 SONGDA-R501");
        assertThat(found(narrow, new DryRun.Extent(Set.of("edge/gov/gov-receive-order.camel.yaml"), Set.of(), false)))
                .isEmpty();
    }

    @Test
    void timelines_are_played_where_they_are_asked_for() throws IOException {
        Path routes = house.resolve("routes");
        FileSystemUtils.copyRecursively(Path.of("routes"), routes);
        DryRun played = new DryRun(routes, Path.of("mappings"), Duration.ofMinutes(3));
        Path ladder = routes.resolve("ladder/complaint.yaml");
        Files.writeString(ladder, Files.readString(ladder).replace("early: PT30M", "early: PT40M"));
        List<Finding> found = played.timelines();
        assertThat(found).isNotEmpty().allSatisfy(finding -> assertThat(shown(finding))
                .matches("routes/ladder/complaint.test.yaml:[0-9]+ SONGDA-R415"));
        assertThat(found.get(0).found().get(1)).startsWith("expected, but did not happen:");
    }

    @Test
    void a_process_apart_that_breaks_down_is_told_of_with_its_last_words() throws IOException {
        lay(CASES.resolve("base"));
        String classes = System.getProperty("java.class.path");
        try {
            System.setProperty("java.class.path", "nowhere");
            List<Finding> found =
                    new DryRun(house.resolve("routes"), house.resolve("mappings"), Duration.ofMinutes(3)).findings();
            assertThat(found).extracting(this::shown).containsExactly("routes:1 SONGDA-R503");
            assertThat(found.get(0).found())
                    .containsExactly("1", "start", "Caused by: java.lang.ClassNotFoundException: songda.Songda");
        } finally {
            System.setProperty("java.class.path", classes);
        }
    }

    @Test
    void a_folder_may_be_written_with_a_dot() {
        assertThat(Examination.offline(Path.of("./routes"), Path.of("src/../mappings")))
                .isEmpty();
    }

    @Test
    void the_house_itself_loads() {
        assertThat(new DryRun(Path.of("routes"), Path.of("mappings"), Duration.ofMinutes(3)).findings())
                .isEmpty();
    }

    @Test
    void every_format_names_file_line_and_rule() {
        Finding finding = new Finding(
                Rules.find("r202").orElseThrow(),
                new songda.check.Place("routes/flow/a.camel.yaml", 4, 7),
                List.of("sms-x", "sms"));
        List<Finding> one = List.of(finding);
        assertThat(Report.TEXT.of(one, "zh"))
                .isEqualTo(
                        "routes/flow/a.camel.yaml:4:7 error SONGDA-R202 没有出口 'sms-x' → 写 routes/edge/sms/sms-x.camel.yaml，from: door:sms-x\n");
        assertThat(Report.JSON.of(one, "en")).contains("\"line\" : 4", "\"rule\" : \"SONGDA-R202\"");
        assertThat(Report.GITHUB.of(one, "en"))
                .startsWith("::error file=routes/flow/a.camel.yaml,line=4,col=7,title=SONGDA-R202::there is no door");
        assertThat(Report.JUNIT.of(one, "en"))
                .contains("failures=\"1\"", "<testcase classname=\"songda.check\" name=\"SONGDA-R202\"><failure");
    }

    @Test
    void the_page_of_rules_is_what_the_catalogue_says() throws IOException {
        assertThat(Files.readString(Path.of("src/docs/guide/check-rules.md"))).isEqualTo(Guide.page());
    }

    @Test
    void every_rule_says_why_in_both_languages_and_shows_both_ways() {
        assertThat(Rules.all()).allSatisfy(rule -> assertThat(List.of(
                        rule.say().zh(),
                        rule.say().en(),
                        rule.why().zh(),
                        rule.why().en(),
                        rule.bad(),
                        rule.good()))
                .noneMatch(String::isBlank));
    }

    private static List<Path> cases() throws IOException {
        try (Stream<Path> all = Files.list(CASES)) {
            return all.filter(p -> p.getFileName().toString().startsWith("SONGDA-"))
                    .sorted()
                    .toList();
        }
    }

    private static String rule(Path bad) {
        return bad.getFileName().toString().substring(0, "SONGDA-R000".length());
    }

    private void lay(Path files) throws IOException {
        for (String root : List.of("routes", "mappings")) {
            if (Files.exists(files.resolve(root))) {
                FileSystemUtils.copyRecursively(files.resolve(root), house.resolve(root));
            }
        }
    }

    private List<String> found() {
        List<Finding> found = new ArrayList<>(Check.of(house.resolve("routes"), house.resolve("mappings")));
        TimelineRules.check(house.resolve("routes"), found);
        return found.stream().map(this::shown).toList();
    }

    private static List<Finding> found(DryRun dryRun, DryRun.Extent extent) {
        try (DryRun.Running running = dryRun.start(extent)) {
            return running.findings();
        }
    }

    private String shown(Finding f) {
        String file = f.place().file();
        return (file.isEmpty() ? file : house.relativize(Path.of(file))) + ":"
                + f.place().line() + " " + f.rule().id();
    }
}
