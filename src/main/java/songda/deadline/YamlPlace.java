package songda.deadline;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A place in a YAML file that knows its line, so that what is said about it can name it. */
final class YamlPlace {

    private final Path file;
    private final Node node;

    private YamlPlace(Path file, Node node) {
        this.file = file;
        this.node = node;
    }

    static YamlPlace read(Path file, String text) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            if (root instanceof MappingNode) {
                return new YamlPlace(file, root);
            }
            throw new IllegalArgumentException(file + ": line 1: write keys and values");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new IllegalArgumentException(file + ": line " + line + ": is not YAML: " + e.getProblem(), e);
        }
    }

    private Node value(String key) {
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key)) {
                    return entry.getValueNode();
                }
            }
        }
        return null;
    }

    /** Where this key stands; here, where it is missing. */
    YamlPlace at(String key) {
        Node value = value(key);
        return value == null ? this : new YamlPlace(file, value);
    }

    String text(String key, String unless) {
        return value(key) instanceof ScalarNode scalar ? scalar.getValue() : unless;
    }

    List<YamlPlace> list(String key) {
        return value(key) instanceof SequenceNode list
                ? list.getValue().stream().map(n -> new YamlPlace(file, n)).toList()
                : List.of();
    }

    /** What {@code reader} makes of the key's text; its complaint gets file and line. */
    <T> T checked(String key, String before, Function<String, T> reader) {
        try {
            return reader.apply(text(key, ""));
        } catch (IllegalArgumentException e) {
            throw at(key).wrong(before + e.getMessage());
        }
    }

    void only(Set<String> keys) {
        if (!(node instanceof MappingNode map)) {
            throw wrong("write keys and values, one of " + keys);
        }
        for (NodeTuple entry : map.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
            if (!keys.contains(key)) {
                throw new YamlPlace(file, entry.getKeyNode())
                        .wrong("unknown key '" + key + "', use one of "
                                + keys.stream().sorted().toList());
            }
        }
    }

    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                file + ": line " + (node.getStartMark().getLine() + 1) + ": " + what);
    }
}
