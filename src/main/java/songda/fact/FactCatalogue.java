package songda.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code routes/facts.yaml}: every fact that there is. A fact that is not in it cannot be recorded. */
public final class FactCatalogue {

    private static final Set<String> KEYS = Set.of(
            "zh",
            "en",
            "rules",
            "stage",
            "from",
            "otherwise",
            "receipt",
            "anomaly",
            "counts",
            "of",
            "uncounts",
            "resets",
            "said-by",
            "data",
            "keeps",
            "covers",
            "seals",
            "silent");
    private volatile Map<String, FactType> types;

    private FactCatalogue(Map<String, FactType> types) {
        this.types = types;
    }

    /** @param file {@code routes/facts.yaml}; beside it {@code edge/} says which systems there are */
    public static FactCatalogue read(Path file) {
        Systems systems = Systems.read(file.toAbsolutePath().getParent());
        try {
            JsonNode facts =
                    new ObjectMapper(new YAMLFactory()).readTree(file.toFile()).path("facts");
            if (!facts.isObject()) {
                throw new IllegalArgumentException(file + ": write 'facts:' and the facts below it");
            }
            Map<String, FactType> types = new TreeMap<>();
            facts.properties().forEach(e -> types.put(e.getKey(), type(file, e.getKey(), e.getValue(), systems)));
            return new FactCatalogue(types);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static FactType type(Path file, String name, JsonNode node, Systems systems) {
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        file + ": " + name + ": unknown key '" + key + "', use one of " + KEYS);
            }
        });
        for (String key : List.of("rules", "said-by", "keeps", "from")) {
            if (node.has(key) && !node.get(key).isArray()) {
                throw new IllegalArgumentException(file + ": " + name + ": " + key + ": write a list, like [postal]");
            }
        }
        Map<String, DataKind> data = data(file, name, node.path("data"));
        List<String> keeps = texts(node.path("keeps"));
        if (!data.keySet().containsAll(keeps)) {
            throw new IllegalArgumentException(
                    file + ": " + name + ": keeps: write each of " + keeps + " under data: with its kind, too");
        }
        return new FactType(
                name,
                node.path("zh").asText(),
                node.path("en").asText(),
                texts(node.path("rules")),
                node.path("stage").asText(null),
                Set.copyOf(texts(node.path("from"))),
                refusedOtherwise(file, name, node),
                node.path("receipt").asText(null),
                node.path("anomaly").asText(null),
                node.path("counts").asText(null),
                ofRecipient(file, name, node),
                node.path("uncounts").asText(null),
                resets(node.path("resets")),
                saidBy(node, systems),
                data,
                keeps,
                node.path("covers").asText(null),
                seals(file, name, node.path("seals").asText(null)),
                node.path("silent").asBoolean());
    }

    private static String seals(Path file, String name, String part) {
        if (part != null && !part.equals("redirect")) {
            throw new IllegalArgumentException(
                    file + ": " + name + ": seals: orders have a sealed column for 'redirect' only");
        }
        return part;
    }

    /** Whoever stands as another system may say what that one may. */
    private static Set<String> saidBy(JsonNode node, Systems systems) {
        Set<String> all = new TreeSet<>();
        for (String system : texts(node.path("said-by"))) {
            all.add(system);
            all.addAll(systems.standingAs(system));
        }
        return Set.copyOf(all);
    }

    private static boolean refusedOtherwise(Path file, String name, JsonNode node) {
        if (node.has("otherwise")
                && !(node.has("from") && node.path("otherwise").asText().equals("refused"))) {
            throw new IllegalArgumentException(
                    file + ": " + name + ": otherwise: write 'otherwise: refused' beside from:");
        }
        return node.has("otherwise");
    }

    private static boolean ofRecipient(Path file, String name, JsonNode node) {
        if (node.has("of") && !(node.has("counts") && node.path("of").asText().equals("recipient"))) {
            throw new IllegalArgumentException(file + ": " + name + ": of: write 'of: recipient' beside counts:");
        }
        return node.has("of");
    }

    private static Map<String, DataKind> data(Path file, String name, JsonNode node) {
        Map<String, DataKind> data = new TreeMap<>();
        try {
            node.properties()
                    .forEach(e ->
                            data.put(e.getKey(), DataKind.named(e.getValue().asText())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + name + ": data: " + e.getMessage(), e);
        }
        return Map.copyOf(data);
    }

    /** One name, or a list of them. */
    private static List<String> resets(JsonNode node) {
        return node.isTextual() ? List.of(node.textValue()) : texts(node);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(t -> texts.add(t.asText()));
        return List.copyOf(texts);
    }

    /** Each has what the other had: the newer one is in force, and the former at hand. */
    public void swap(FactCatalogue other) {
        Map<String, FactType> mine = types;
        types = other.types;
        other.types = mine;
    }

    /** The type, or null where the catalogue has no such fact. */
    public FactType find(String name) {
        return types.get(name);
    }

    public FactType get(String name) {
        FactType type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("unknown fact '" + name + "': add it to routes/facts.yaml");
        }
        return type;
    }

    public Set<String> names() {
        return types.keySet();
    }
}
