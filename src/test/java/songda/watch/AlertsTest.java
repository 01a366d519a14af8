package songda.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an alert asks for is there, and what to do about it is written. */
class AlertsTest {

    private static final Path RULES = Path.of("docker/prometheus/alerts.yaml");
    private static final Path TESTS = Path.of("docker/prometheus/alerts.test.yaml");
    private static final Path WORDS = Path.of("src/docs/operate/alerts.md");
    private static final Path METRICS = Path.of("src/docs/operate/metrics.md");
    private static final Pattern METRIC = Pattern.compile("(songda|hikaricp)_[a-z_]+");

    private static JsonNode rules() throws IOException {
        return new YAMLMapper().readTree(RULES.toFile()).at("/groups/0/rules");
    }

    @Test
    void each_alert_says_how_urgent_it_is_in_both_languages_and_what_to_do() throws IOException {
        String words = Files.readString(WORDS);
        assertThat(rules()).hasSizeGreaterThanOrEqualTo(20);
        for (JsonNode rule : rules()) {
            String name = rule.path("alert").asText();
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("page", "ticket");
            assertThat(rule.at("/annotations/summary").asText())
                    .as(name)
                    .containsPattern("\\p{IsHan}")
                    .containsPattern(" / .*[a-z]");
            assertThat(rule.at("/annotations/runbook").asText()).isEqualTo(WORDS + "#" + name.toLowerCase(Locale.ROOT));
            assertThat(words).contains("\n## " + name + "\n\n");
        }
        assertThat(words.lines().filter(line -> line.startsWith("## "))).hasSize(rules().size());
    }

    @Test
    void each_metric_of_an_alert_is_one_that_the_hub_has() throws IOException {
        String metrics = Files.readString(METRICS);
        for (JsonNode rule : rules()) {
            Matcher metric = METRIC.matcher(rule.path("expr").asText());
            while (metric.find()) {
                assertThat(metrics).as(rule.path("alert").asText()).contains(metric.group());
            }
        }
    }

    @Test
    void each_alert_is_tried_where_it_fires_and_where_it_does_not() throws IOException {
        Set<String> fires = new HashSet<>();
        Set<String> quiet = new HashSet<>();
        for (JsonNode test : new YAMLMapper().readTree(TESTS.toFile()).path("tests")) {
            for (JsonNode one : test.path("alert_rule_test")) {
                (one.path("exp_alerts").isEmpty() ? quiet : fires)
                        .add(one.path("alertname").asText());
            }
        }
        List<String> all = rules().findValuesAsText("alert");
        assertThat(fires).containsExactlyInAnyOrderElementsOf(all);
        assertThat(quiet).containsExactlyInAnyOrderElementsOf(all);
    }
}
