package songda.house;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What stands under {@code routes/} and {@code mappings/}, read once and judged by {@link HouseRules}.
 *
 * @param facts the catalogue: name to its entry; empty where there is no {@code facts.yaml} yet
 */
record RouteFiles(Path routes, Path mappings, List<RouteFile> files, JsonNode facts) {

    private static final YAMLMapper YAML = new YAMLMapper();

    static RouteFiles read(Path root) {
        Path routes = root.resolve("routes");
        Path catalogue = routes.resolve("facts.yaml");
        JsonNode facts =
                Files.exists(catalogue) ? yaml(text(catalogue)).path("facts") : JsonNodeFactory.instance.objectNode();
        return new RouteFiles(routes, root.resolve("mappings"), files(routes), facts);
    }

    private static List<RouteFile> files(Path routes) {
        if (!Files.isDirectory(routes)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(routes)) {
            return all.filter(f -> f.toString().endsWith(RouteFile.END))
                    .sorted()
                    .map(f -> file(routes, f))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RouteFile file(Path routes, Path file) {
        String folder = routes.relativize(file.getParent()).toString().replace('\\', '/');
        String text = text(file);
        return new RouteFile(file, folder, text, yaml(text));
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<RouteFile> in(String room) {
        return files.stream().filter(f -> f.in(room));
    }

    Set<String> factNames() {
        Set<String> names = new TreeSet<>();
        facts.fieldNames().forEachRemaining(names::add);
        return names;
    }

    boolean hasMapping(String name) {
        Path folder = mappings.resolve(name);
        return Files.exists(folder.resolve("map.jslt")) || Files.exists(folder.resolve("map.xsl"));
    }

    /** A ladder is one file whose name begins with its own. */
    boolean hasLadder(String name) {
        Path folder = routes.resolve("ladder");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> ladders = Files.list(folder)) {
            return ladders.anyMatch(f -> f.getFileName().toString().startsWith(name + "."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A door is the edge file of its name that takes its effects, by itself or by a template. */
    boolean hasDoor(String id) {
        return in("edge")
                .filter(f -> f.name().equals(id))
                .anyMatch(f -> f.kind().equals("templatedRoute")
                        || f.from().replaceFirst("\\?.*", "").equals("door:" + id));
    }

    boolean hasVerb(String direct) {
        return in("kit").anyMatch(f -> f.from().replaceFirst("\\?.*", "").equals("direct:" + direct));
    }
}
