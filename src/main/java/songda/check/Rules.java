package songda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The catalogue of rules: {@code songda/check/rules.yaml} is the only place that words them. */
public final class Rules {

    private static final Map<String, Rule> ALL = read();

    private Rules() {}

    private static Map<String, Rule> read() {
        try (InputStream in = Rules.class.getResourceAsStream("/songda/check/rules.yaml")) {
            Map<String, Rule> rules = new TreeMap<>();
            new YAMLMapper()
                    .readTree(in)
                    .properties()
                    .forEach(e -> rules.put(e.getKey(), rule(e.getKey(), e.getValue())));
            return rules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rule rule(String id, JsonNode node) {
        return new Rule(
                id,
                Rule.Severity.valueOf(node.path("severity").asText().toUpperCase(Locale.ROOT)),
                words(node),
                words(node.path("why")),
                node.path("bad").asText().strip(),
                node.path("good").asText().strip());
    }

    private static Rule.Words words(JsonNode node) {
        return new Rule.Words(node.path("zh").asText(), node.path("en").asText());
    }

    /** In the order of their ids. */
    public static Collection<Rule> all() {
        return ALL.values();
    }

    /** @param id {@code SONGDA-R104}, {@code R104} or {@code r104} */
    public static Optional<Rule> find(String id) {
        String full = id.toUpperCase(Locale.ROOT);
        return Optional.ofNullable(ALL.get(full.startsWith("SONGDA-") ? full : "SONGDA-" + full));
    }

    static Rule get(String number) {
        return find(number).orElseThrow(() -> new IllegalStateException("no rule " + number + " in rules.yaml"));
    }
}
