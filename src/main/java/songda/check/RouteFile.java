package songda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One {@code *.camel.yaml}.
 *
 * @param folder {@code flow}, {@code kit}, {@code ladder} {@code edge/<system>} or {@code edge/<system>/<dialect>}
 * @param uses every {@code uri} of the file, in order
 */
record RouteFile(Path path, String folder, YamlText yaml, List<Use> uses) {

    static final String END = ".camel.yaml";

    static RouteFile of(Path path, String folder, YamlText yaml) {
        List<Use> uses = new ArrayList<>();
        collect(yaml.file(), "", yaml.root(), uses);
        return new RouteFile(path, folder, yaml, List.copyOf(uses));
    }

    private static void collect(String file, String key, Node node, List<Use> uses) {
        if (node instanceof MappingNode map) {
            if (YamlText.below(map, "uri") instanceof ScalarNode uri) {
                uses.add(Use.of(file, key.equals("from"), map, uri));
            }
            for (NodeTuple entry : map.getValue()) {
                collect(
                        file,
                        entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "",
                        entry.getValueNode(),
                        uses);
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> collect(file, key, item, uses));
        }
    }

    String name() {
        String file = path.getFileName().toString();
        return file.substring(0, file.length() - END.length());
    }

    boolean in(String room) {
        return folder.equals(room) || folder.startsWith(room + "/");
    }

    String room() {
        return folder.replaceFirst("/.*", "");
    }

    /** {@code gov} for {@code edge/gov} and for a dialect's {@code edge/gov/<dialect>}, else the folder's own name. */
    String group() {
        String[] folders = folder.split("/");
        return folders[Math.min(1, folders.length - 1)];
    }

    /** {@code rt} for {@code edge/ticket/rt}, or nothing. */
    String dialect() {
        String[] folders = folder.split("/");
        return folders.length > 2 ? folders[2] : "";
    }

    /** Whether both can be loaded at once: of the dialects of one system a site chooses one. */
    boolean besides(RouteFile other) {
        return !group().equals(other.group())
                || dialect().isEmpty()
                || other.dialect().isEmpty()
                || dialect().equals(other.dialect());
    }

    /** {@code route}, {@code routeTemplate}, {@code templatedRoute}, {@code routeConfiguration} … */
    String kind() {
        JsonNode tree = yaml.tree();
        return tree.isArray()
                        && tree.size() == 1
                        && tree.get(0).isObject()
                        && tree.get(0).size() == 1
                ? tree.get(0).fieldNames().next()
                : "";
    }

    JsonNode body() {
        return kind().isEmpty() ? MissingNode.getInstance() : yaml.tree().get(0).get(kind());
    }

    /** Where a part of the route stands: {@code group}, {@code from/uri}. */
    Place at(String part) {
        return yaml.at("/0/" + kind() + (part.isEmpty() ? "" : "/" + part));
    }

    Place start() {
        return Place.start(yaml.file());
    }

    Optional<JsonNode> route() {
        return kind().equals("route") ? Optional.of(body()) : Optional.empty();
    }

    /** The URI that the route starts from, without options. */
    String from() {
        String uri = body().path("from").path("uri").asText();
        return uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
    }

    /** A parameter of {@code from}, or nothing. */
    String parameter(String name) {
        return uses.stream()
                .filter(Use::from)
                .map(u -> u.option(name))
                .findFirst()
                .orElse("");
    }

    /** What is used by this scheme; templates' placeholders are left out. */
    Stream<Use> uses(String scheme) {
        return uses.stream().filter(u -> u.names(scheme));
    }
}
