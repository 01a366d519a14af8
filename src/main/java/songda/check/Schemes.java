package songda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which options a URI scheme has: Camel's from the description that each component's jar carries, so of the very version that runs;
 * ours from {@code songda/check/words.yaml}.
 */
final class Schemes {

    private static final JsonNode OURS = described();
    private static final Map<String, Optional<Scheme>> KNOWN = new ConcurrentHashMap<>();

    private Schemes() {}

    /**
     * @param type boolean, integer, number, duration, text
     * @param values what it may be, where not any
     * @param prefix begins every key of a group of options: {@code trigger.}
     */
    record Kind(String type, List<String> values, boolean required, boolean secret, String prefix) {

        /** What to write, or nothing where the value is right. */
        Optional<String> wrong(String value) {
            boolean right = values.isEmpty()
                    ? switch (type) {
                        case "boolean" -> value.matches("true|false");
                        case "integer" -> value.matches("-?\\d+");
                        case "number" -> value.matches("-?\\d+(\\.\\d+)?");
                        case "duration" ->
                            value.matches("\\d+|(\\d+(ms|h|m|s)\\s*)+|PT[0-9HMS.]+|P\\d+D(T[0-9HMS.]+)?");
                        default -> true;
                    }
                    : values.stream().anyMatch(v -> v.equalsIgnoreCase(value));
            return right ? Optional.empty() : Optional.of(values.isEmpty() ? type : String.join("|", values));
        }
    }

    /**
     * @param lenient what it does not know goes to the partner, or to the door's mapping
     * @param names what may stand behind the colon, a pattern; of a scheme of ours
     */
    record Scheme(String name, boolean lenient, String names, Map<String, Kind> from, Map<String, Kind> to) {

        Map<String, Kind> options(boolean starts) {
            return starts ? from : to;
        }

        Optional<Kind> option(boolean starts, String key) {
            Kind own = options(starts).get(key);
            return own != null
                    ? Optional.of(own)
                    : options(starts).values().stream()
                            .filter(k -> !k.prefix().isEmpty() && key.startsWith(k.prefix()))
                            .findFirst();
        }
    }

    static Set<String> ours() {
        Set<String> names = new TreeSet<>();
        OURS.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static Optional<Scheme> find(String scheme) {
        return KNOWN.computeIfAbsent(scheme, Schemes::read);
    }

    private static Optional<Scheme> read(String scheme) {
        if (OURS.has(scheme)) {
            JsonNode own = OURS.get(scheme);
            return Optional.of(new Scheme(
                    scheme,
                    own.path("lenient").asBoolean(),
                    own.path("names").asText(".+"),
                    ours(own.path("from")),
                    ours(own.path("to"))));
        }
        return scheme.matches("[a-z][a-z0-9+-]*") ? camels(scheme) : Optional.empty();
    }

    private static Map<String, Kind> ours(JsonNode options) {
        Map<String, Kind> kinds = new TreeMap<>();
        options.properties().forEach(e -> {
            String[] words = e.getValue().asText().split(" ");
            boolean choice = words[0].contains("|");
            kinds.put(
                    e.getKey(),
                    new Kind(
                            choice ? "enum" : words[0],
                            choice ? List.of(words[0].split("\\|")) : List.of(),
                            words.length > 1,
                            false,
                            ""));
        });
        return kinds;
    }

    private static Optional<Scheme> camels(String scheme) {
        String path = "/META-INF/services/org/apache/camel/component/" + scheme;
        try (InputStream in = Schemes.class.getResourceAsStream(path)) {
            if (in == null) {
                return Optional.empty();
            }
            Properties service = new Properties();
            service.load(in);
            String type = service.getProperty("class");
            String folder =
                    "/META-INF/" + type.substring(0, type.lastIndexOf('.')).replace('.', '/');
            return Optional.of(camels(scheme, folder + "/" + scheme + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scheme camels(String scheme, String path) throws IOException {
        try (InputStream in = Schemes.class.getResourceAsStream(path)) {
            JsonNode described = new ObjectMapper().readTree(in);
            Map<String, Kind> from = new HashMap<>();
            Map<String, Kind> to = new HashMap<>();
            described.path("properties").properties().stream()
                    .filter(e -> e.getValue().path("kind").asText().equals("parameter"))
                    .forEach(e -> {
                        String label = e.getValue().path("label").asText();
                        // What is marked for neither side is for both.
                        if (!label.contains("producer")) {
                            from.put(e.getKey(), camels(e.getValue()));
                        }
                        if (!label.contains("consumer")) {
                            to.put(e.getKey(), camels(e.getValue()));
                        }
                    });
            boolean lenient =
                    described.path("component").path("lenientProperties").asBoolean();
            return new Scheme(scheme, lenient, ".+", from, to);
        }
    }

    private static Kind camels(JsonNode option) {
        List<String> values = new ArrayList<>();
        option.path("enum").forEach(v -> values.add(v.asText()));
        return new Kind(
                option.path("type").asText(),
                values,
                option.path("required").asBoolean(),
                option.path("secret").asBoolean(),
                option.path("prefix").asText(""));
    }

    private static JsonNode described() {
        try (InputStream in = Schemes.class.getResourceAsStream("/songda/check/words.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
