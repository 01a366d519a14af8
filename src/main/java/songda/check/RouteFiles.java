package songda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands under {@code routes/} and {@code mappings/}, read once.
 *
 * @param texts every file that is not refused for itself, by its path
 * @param yamls those of them that are YAML, readable or not
 * @param systems by the name of each folder below {@code edge/} that says what it is: its {@code system.yaml}
 */
record RouteFiles(
        Path routes,
        Path mappings,
        Map<Path, String> texts,
        Map<Path, YamlText> yamls,
        List<RouteFile> files,
        Map<String, YamlText> systems) {

    private static final Pattern IMPORT = Pattern.compile("\\bimport\\s+\"([^\"]+)\"");

    static RouteFiles read(Path routes, Path mappings, Findings out) {
        Map<Path, String> texts = new TreeMap<>();
        texts.putAll(FileRules.read(routes, FileRules.ROUTES, out));
        texts.putAll(FileRules.read(mappings, FileRules.MAPPINGS, out));
        Map<Path, YamlText> yamls = new TreeMap<>();
        texts.forEach((path, text) -> {
            if (path.toString().endsWith(".yaml")) {
                yamls.put(path, YamlText.read(path.toString(), text, out));
            }
        });
        List<RouteFile> files = yamls.entrySet().stream()
                .filter(e ->
                        e.getKey().startsWith(routes) && e.getKey().toString().endsWith(RouteFile.END))
                .filter(e -> e.getValue().readable())
                .map(e -> RouteFile.of(e.getKey(), folder(routes, e.getKey()), e.getValue()))
                .toList();
        return new RouteFiles(routes, mappings, texts, yamls, files, systems(routes, yamls));
    }

    /** Whether every route can be read: what one names or is named by can be told only then. */
    boolean complete() {
        return yamls.values().stream().allMatch(YamlText::readable)
                && files.stream().noneMatch(f -> f.kind().isEmpty());
    }

    private static String folder(Path routes, Path file) {
        return routes.relativize(file.getParent()).toString().replace('\\', '/');
    }

    Stream<RouteFile> in(String room) {
        return files.stream().filter(f -> f.in(room));
    }

    Path catalogue() {
        return routes.resolve("facts.yaml");
    }

    /** The catalogue: name to its entry; empty where it cannot be read. */
    JsonNode facts() {
        YamlText yaml = yamls.get(catalogue());
        JsonNode facts = yaml == null
                ? JsonNodeFactory.instance.objectNode()
                : yaml.tree().path("facts");
        return facts.isObject() ? facts : JsonNodeFactory.instance.objectNode();
    }

    private static Map<String, YamlText> systems(Path routes, Map<Path, YamlText> yamls) {
        Map<String, YamlText> systems = new TreeMap<>();
        yamls.forEach((path, yaml) -> {
            if (path.endsWith("system.yaml") && path.getParent().getParent().equals(routes.resolve("edge"))) {
                systems.put(path.getParent().getFileName().toString(), yaml);
            }
        });
        return systems;
    }

    /** Those that stand as this one. */
    Stream<String> standingAs(String system) {
        return systems().entrySet().stream()
                .filter(s -> s.getValue().tree().path("as").asText().equals(system))
                .map(Map.Entry::getKey);
    }

    /** The doors that an effect at this use may go to: by what the order names, those of all systems of the kind. */
    Stream<String> doors(Use use) {
        String[] name = use.name().split("-", 2);
        Stream<String> others = use.options().containsKey("by") && name.length == 2
                ? standingAs(name[0]).map(system -> system + "-" + name[1])
                : Stream.of();
        return Stream.concat(Stream.of(use.name()), others);
    }

    Set<String> factNames() {
        Set<String> names = new TreeSet<>();
        facts().fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The files of ladders, by their names. */
    Map<String, YamlText> ladders() {
        Map<String, YamlText> ladders = new TreeMap<>();
        yamls.forEach((path, yaml) -> {
            String name = path.getFileName().toString();
            if (path.getParent().equals(routes.resolve("ladder"))
                    && !name.endsWith(".test.yaml")
                    && !name.endsWith(RouteFile.END)) {
                ladders.put(name.replaceFirst("\\.yaml$", ""), yaml);
            }
        });
        return ladders;
    }

    boolean hasMapping(String name) {
        Path folder = mappings.resolve(name);
        return Files.exists(folder.resolve("map.jslt")) || Files.exists(folder.resolve("map.xsl"));
    }

    /** The edge file that takes this door's effects, by itself or by a template. */
    Stream<RouteFile> door(String id) {
        return in("edge")
                .filter(f -> f.name().equals(id))
                .filter(f -> f.kind().equals("templatedRoute") || f.from().equals("door:" + id));
    }

    boolean hasVerb(String direct) {
        return in("kit").anyMatch(f -> f.from().equals("direct:" + direct));
    }

    /** The text of a mapping's program; empty where it has none. */
    String program(String mapping) {
        Path folder = mappings.resolve(mapping);
        String own = whole(folder.resolve("map.jslt"), new HashSet<>());
        return own.isEmpty() ? texts.getOrDefault(folder.resolve("map.xsl"), "") : own;
    }

    /** A file and what it imports. */
    private String whole(Path file, Set<Path> seen) {
        StringBuilder text = new StringBuilder(texts.getOrDefault(file, ""));
        if (seen.add(file)) {
            Matcher imported = IMPORT.matcher(texts.getOrDefault(file, ""));
            while (imported.find()) {
                text.append('\n')
                        .append(whole(file.resolveSibling(imported.group(1)).normalize(), seen));
            }
        }
        return text.toString();
    }
}
