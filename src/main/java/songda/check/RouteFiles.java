package songda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What stands under {@code routes/} and {@code mappings/}, read once.
 *
 * @param texts every file that is not refused for itself, by its path
 * @param yamls those of them that are YAML, readable or not
 */
record RouteFiles(
        Path routes, Path mappings, Map<Path, String> texts, Map<Path, YamlText> yamls, List<RouteFile> files) {

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
        return new RouteFiles(routes, mappings, texts, yamls, files);
    }

    /** A dialect has rooms as the house has. */
    private static String folder(Path routes, Path file) {
        return routes.relativize(file.getParent())
                .toString()
                .replace('\\', '/')
                .replaceFirst("^dialect/[a-z0-9-]+/", "");
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
        return texts.getOrDefault(folder.resolve("map.jslt"), texts.getOrDefault(folder.resolve("map.xsl"), ""));
    }
}
