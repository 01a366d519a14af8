package songda.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house rules on the routes of this repository; and, on a small house apart, that each rule can find its fault. */
class HouseRulesTest {

    private static final String STEP =
            """
            # why this file is here
            - route:
                id: chase-on-overdue
                description: 回执逾期即催单（R67） / an overdue receipt is chased (R67)
                group: flow
                from:
                  uri: fact:receipt.overdue
                  steps:
                    - to:
                        uri: door:inquiry-open-chase
                    - to:
                        uri: deadline:open/anomaly
            """;
    private static final String DOOR =
            """
            - route:
                id: inquiry-open-chase
                description: 向查验平台催单（R67） / opens a chase at the inquiry platform (R67)
                group: inquiry
                from:
                  uri: door:inquiry-open-chase
                  steps:
                    - to:
                        uri: mapping:inquiry/chase
                    - to:
                        uri: direct:tell
                    - to:
                        uri: http:{{songda.inquiry.url}}/chases
            """;
    private static final String KIT =
            """
            - route:
                id: tell
                description: 通知 / tells
                group: kit
                from:
                  uri: direct:tell
                  steps:
                    - to:
                        uri: log:tell
            """;
    private static final String FACTS =
            """
            facts:
              receipt.overdue: { zh: 回执逾期, en: overdue, rules: [R67], stage: DELIVERED, said-by: [kit] }
              parcel.arrived: { zh: 到达, en: arrived, rules: [R32], stage: ARRIVED, said-by: [postal], silent: true }
            """;

    @TempDir
    Path house;

    @TestFactory
    Stream<DynamicTest> the_routes_of_this_repository_keep() {
        RouteFiles files = RouteFiles.read(Path.of(""));
        return HouseRules.all().entrySet().stream()
                .map(rule -> dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue().apply(files)).isEmpty()));
    }

    @Test
    void a_test_file_of_a_step_and_every_folder_have_a_room() throws IOException {
        try (var all = Files.walk(Path.of("routes"))) {
            assertThat(all.filter(f -> f.toString().endsWith(RouteFile.END))
                            .map(f -> Path.of("routes").relativize(f).toString()))
                    .allMatch(f -> f.matches("(flow|kit|ladder|edge/[a-z0-9]+)/[^/]+"));
        }
    }

    @BeforeEach
    void build() throws IOException {
        write("routes/flow/chase-on-overdue.camel.yaml", STEP);
        write("routes/edge/inquiry/inquiry-open-chase.camel.yaml", DOOR);
        write("routes/kit/tell.camel.yaml", KIT);
        write("routes/facts.yaml", FACTS);
        write("routes/ladder/anomaly.yaml", "");
        write("mappings/inquiry/chase/map.jslt", ".");
    }

    @Test
    void a_good_house_has_no_fault() {
        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            id: chase-on-overdue       | id: chase                       | id is 'chase', not 'chase-on-overdue'
            group: flow                | group: inquiry                  | group must be 'flow'
            group: flow                | routeConfigurationId: mine      | write '[*],
            R67                        | 67                              | description names no rule
            uri: door:inquiry-open-chase | uri: door:inquiry-opne-chase  | no door: routes/edge has no inquiry-opne
            uri: deadline:open/anomaly | uri: deadline:opne/anomaly      | names no ladder
            uri: deadline:open/anomaly | uri: deadline:open/anomaiy      | names no ladder
            uri: deadline:open/anomaly | uri: mapping:inquiry/nothing    | no folder mappings/inquiry/nothing
            uri: deadline:open/anomaly | uri: kafka:x                    | 'kafka:' has no place in flow
            uri: deadline:open/anomaly | uri: timer:x                    | 'timer:' has no place in flow
            uri: deadline:open/anomaly | uri: direct:tell                | 'direct:' has no place in flow
            uri: fact:receipt.overdue  | uri: fact:receipt.overdeu       | no fact 'receipt.overdeu'
            uri: fact:receipt.overdue  | uri: door:inquiry-open-chase    | a step starts from: fact:<name>
            uri: fact:receipt.overdue  | uri: fact:receipt.overdue # why | comment on line 7
            """)
    void a_step_that_breaks_a_rule_is_found(String good, String bad, String fault) throws IOException {
        assertThat(STEP).contains(good);
        write("routes/flow/chase-on-overdue.camel.yaml", STEP.replace(good, bad));
        assertThat(String.join("\n", faults())).contains("routes/", fault);
    }

    @Test
    void a_route_without_words_is_found() throws IOException {
        write(
                "routes/flow/chase-on-overdue.camel.yaml",
                STEP.replace("回执逾期即催单（R67） / an overdue receipt is chased (R67)", "chased (R67)"));
        assertThat(faults())
                .containsExactly("routes/flow/chase-on-overdue.camel.yaml: description must be '中文 / English'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            toD      | { uri: 'http:x' }
            bean     | { ref: x }
            delay    | { expression: { constant: { expression: '1' } } }
            setBody  | { expression: { groovy: { expression: '1' } } }
            setBody  | { expression: { simple: { expression: '${body.foo()}' } } }
            """)
    void a_program_in_a_route_is_found(String step, String body) throws IOException {
        write("routes/edge/inquiry/inquiry-open-chase.camel.yaml", DOOR + "        - " + step + ": " + body + "\n");
        assertThat(HouseRules.all().get("no program in a route").apply(RouteFiles.read(house)))
                .isNotEmpty();
    }

    @Test
    void the_compact_notation_is_found() throws IOException {
        write(
                "routes/kit/tell.camel.yaml",
                KIT.replace("        - to:\n            uri: log:tell", "        - to: log:tell"));
        assertThat(String.join("\n", faults()))
                .contains("routes/kit/tell.camel.yaml: not canonical at /0/route/from/steps/0/to");
    }

    @Test
    void two_routes_a_second_dot_and_a_long_file_are_found() throws IOException {
        write("routes/kit/tell.camel.yaml", KIT + KIT.replace("id: tell", "id: tell2") + "\n".repeat(60));
        write("routes/kit/a.b.camel.yaml", KIT.replace("id: tell", "id: a.b"));
        assertThat(String.join("\n", faults()))
                .contains(
                        "tell.camel.yaml: must be a list of one element",
                        "lines: make it two routes",
                        "a.b.camel.yaml: a second dot");
    }

    @Test
    void a_misspelled_direct_is_found() throws IOException {
        write("routes/edge/inquiry/inquiry-open-chase.camel.yaml", DOOR.replace("direct:tell", "direct:tel"));
        assertThat(faults())
                .containsExactly("routes/edge/inquiry/inquiry-open-chase.camel.yaml: no direct:tel in routes/kit");
    }

    @Test
    void a_question_that_no_door_asks_and_one_that_is_nowhere_are_found() throws IOException {
        String question = DOOR.replace("id: inquiry-open-chase", "id: inquiry-fetch-chase")
                .replace("uri: door:inquiry-open-chase", "uri: ask:inquiry-fetch-chase");
        write("routes/edge/inquiry/inquiry-fetch-chase.camel.yaml", question);
        assertThat(faults())
                .containsExactly(
                        "routes/edge/inquiry/inquiry-fetch-chase.camel.yaml: no door of routes/edge/inquiry says ask: inquiry-fetch-chase");
        String door = "uri: door:inquiry-open-chase\n      parameters:\n        ask: ";
        write(
                "routes/edge/inquiry/inquiry-open-chase.camel.yaml",
                DOOR.replace("uri: door:inquiry-open-chase", door + "inquiry-fetch-chase"));
        assertThat(faults()).isEmpty();
        write(
                "routes/edge/inquiry/inquiry-open-chase.camel.yaml",
                DOOR.replace("uri: door:inquiry-open-chase", door + "inquiry-fetch-chasm"));
        assertThat(String.join("\n", faults()))
                .contains("has no inquiry-fetch-chasm.camel.yaml from: ask:inquiry-fetch-chasm");
    }

    @Test
    void a_misnamed_door_is_found() throws IOException {
        write(
                "routes/edge/inquiry/inquiry-shout-chase.camel.yaml",
                DOOR.replace("inquiry-open-chase", "inquiry-shout-chase"));
        assertThat(String.join("\n", faults()))
                .contains("inquiry-shout-chase.camel.yaml: must be named inquiry-<verb>-<object>");
    }

    @Test
    void a_fact_that_nobody_hears_and_one_that_is_not_described_are_found() throws IOException {
        write(
                "routes/facts.yaml",
                FACTS.replace(", silent: true", "")
                        .replace("zh: 回执逾期", "zh: overdue")
                        .replace("[kit]", "[nobody]"));
        assertThat(faults())
                .containsExactlyInAnyOrder(
                        "routes/facts.yaml: 'parcel.arrived' has no step: write one in routes/flow or silent: true",
                        "routes/facts.yaml: 'receipt.overdue' says no zh",
                        "routes/facts.yaml: 'receipt.overdue' said-by names no system");
    }

    @Test
    void a_template_s_placeholders_are_not_resolved() throws IOException {
        write(
                "routes/kit/send.camel.yaml",
                """
                - routeTemplate:
                    id: send
                    parameters:
                      - name: door
                    route:
                      from:
                        uri: door:{{door}}
                        steps:
                          - to:
                              uri: log:x
                """);
        assertThat(faults()).isEmpty();
    }

    private List<String> faults() {
        RouteFiles files = RouteFiles.read(house);
        return HouseRules.all().entrySet().stream()
                .map(Map.Entry::getValue)
                .flatMap(rule -> rule.apply(files).stream())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = house.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
