package songda.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One {@code *.camel.yaml}.
 *
 * @param folder {@code flow}, {@code kit}, {@code ladder} or {@code edge/<system>}
 * @param tree the file's list of elements; missing where it is no YAML
 */
record RouteFile(Path path, String folder, String text, JsonNode tree) {

    static final String END = ".camel.yaml";

    String name() {
        String file = path.getFileName().toString();
        return file.substring(0, file.length() - END.length());
    }

    /** How the file is named in a fault. */
    String shown() {
        return "routes/" + folder + "/" + path.getFileName();
    }

    boolean in(String room) {
        return folder.equals(room) || folder.startsWith(room + "/");
    }

    /** {@code gov} for {@code edge/gov}, else the folder's own name. */
    String group() {
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /** {@code route}, {@code routeTemplate}, {@code templatedRoute}, {@code routeConfiguration} … */
    String kind() {
        return tree.size() == 1 && tree.get(0).isObject() && tree.get(0).size() == 1
                ? tree.get(0).fieldNames().next()
                : "";
    }

    JsonNode body() {
        return kind().isEmpty() ? MissingNode.getInstance() : tree.get(0).get(kind());
    }

    Optional<JsonNode> route() {
        return kind().equals("route") ? Optional.of(body()) : Optional.empty();
    }

    String from() {
        return body().path("from").path("uri").asText();
    }

    /** A parameter of {@code from}, or nothing. */
    String parameter(String name) {
        return body().path("from").path("parameters").path(name).asText("");
    }

    /** Every {@code uri} of the file, in order, the one of {@code from} too. */
    List<String> uris() {
        List<String> uris = new ArrayList<>();
        walk(tree, (key, value) -> {
            if (key.equals("uri") && value.isTextual()) {
                uris.add(value.textValue());
            }
        });
        return uris;
    }

    /** {@code a.b} for {@code fact:a.b?x=y}, of all URIs with this scheme; templates' placeholders are left out. */
    List<String> names(String scheme) {
        return uris().stream()
                .filter(uri -> uri.startsWith(scheme + ":") && !uri.contains("{{"))
                .map(uri -> uri.substring(scheme.length() + 1)
                        .replaceFirst("^//", "")
                        .replaceFirst("\\?.*", ""))
                .distinct()
                .toList();
    }

    /** Visits each key with its value, everywhere in the file. */
    void each(BiConsumer<String, JsonNode> visitor) {
        walk(tree, visitor);
    }

    private static void walk(JsonNode node, BiConsumer<String, JsonNode> visitor) {
        node.properties().forEach(field -> {
            visitor.accept(field.getKey(), field.getValue());
            walk(field.getValue(), visitor);
        });
        if (node.isArray()) {
            node.forEach(item -> walk(item, visitor));
        }
    }
}
