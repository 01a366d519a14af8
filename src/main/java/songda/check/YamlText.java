package songda.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file as values and as places.
 *
 * @param tree missing where the text is no YAML
 * @param root null where the text is no YAML, or empty
 */
record YamlText(String file, String text, JsonNode tree, Node root) {

    private static final YAMLMapper MAPPER = new YAMLMapper();

    /** Tells of what is no YAML, of tabs, and of keys that stand there twice. */
    static YamlText read(String file, String text, Findings out) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            int before = out.count();
            twice(file, root, out);
            // Of a key that stands there twice Jackson would silently take the last.
            return out.count() > before ? none(file, text) : new YamlText(file, text, MAPPER.readTree(text), root);
        } catch (MarkedYAMLException e) {
            Place place = Place.of(file, e.getProblemMark());
            boolean tab = String.valueOf(e.getProblem()).contains("TAB")
                    || lineOf(text, place).matches("\\s*\\t.*");
            if (tab) {
                out.add("R002", place);
            } else {
                out.add("R001", place, e.getProblem());
            }
        } catch (YAMLException | JsonProcessingException e) {
            out.add(
                    "R001",
                    Place.start(file),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return none(file, text);
    }

    private static YamlText none(String file, String text) {
        return new YamlText(file, text, MissingNode.getInstance(), null);
    }

    private static String lineOf(String text, Place place) {
        return text.lines().skip(place.line() - 1L).findFirst().orElse("");
    }

    private static void twice(String file, Node node, Findings out) {
        if (node instanceof MappingNode map) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
                    out.add("R003", Place.of(file, key.getStartMark()), key.getValue());
                }
                twice(file, entry.getValueNode(), out);
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> twice(file, item, out));
        }
    }

    boolean readable() {
        return !tree.isMissingNode();
    }

    /** @param pointer {@code /0/route/from/uri}; the nearest place above it where it is missing */
    Place at(String pointer) {
        Node node = root;
        for (String step : pointer.substring(Math.min(1, pointer.length())).split("/")) {
            Node next =
                    step.isEmpty() ? null : below(node, step.replace("~1", "/").replace("~0", "~"));
            if (next == null) {
                break;
            }
            node = next;
        }
        return node == null ? Place.start(file) : Place.of(file, node.getStartMark());
    }

    /** Where a key stands, not its value. */
    Place atKey(String pointer, String name) {
        Node node = root;
        for (String step : pointer.substring(Math.min(1, pointer.length())).split("/")) {
            node = node == null || step.isEmpty() ? node : below(node, step);
        }
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name)) {
                    return Place.of(file, key.getStartMark());
                }
            }
        }
        return at(pointer);
    }

    static Node below(Node node, String step) {
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(step)) {
                    return entry.getValueNode();
                }
            }
        } else if (node instanceof SequenceNode list && step.matches("\\d{1,6}")) {
            int at = Integer.parseInt(step);
            return at < list.getValue().size() ? list.getValue().get(at) : null;
        }
        return null;
    }
}
