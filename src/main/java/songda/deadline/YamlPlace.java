package songda.deadline;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class YamlPlace {

    private final Path file;
    private final Node node;

    private YamlPlace(Path file, Node node) {
        this.file = file;
        this.node = node;
    }

    public static YamlPlace read(Path file, String text) {
        Node root = compose(file, text);
        if (root instanceof MappingNode) {
            return new YamlPlace(file, root);
        }
        throw new IllegalArgumentException(file + ": line 1: write keys and values");
    }

    /** The elements of a file that is one list. */
    public static List<YamlPlace> readList(Path file, String text) {
        if (compose(file, text) instanceof SequenceNode list) {
            return elements(file, list);
        }
        throw new IllegalArgumentException(file + ": line 1: write a list: - name: …");
    }

    private static Node compose(Path file, String text) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
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
    public YamlPlace at(String key) {
        Node value = value(key);
        return value == null ? this : new YamlPlace(file, value);
    }

    public String text(String key, String unless) {
        return value(key) instanceof ScalarNode scalar ? scalar.getValue() : unless;
    }

    public List<YamlPlace> list(String key) {
        return value(key) instanceof SequenceNode list ? elements(file, list) : List.of();
    }

    private static List<YamlPlace> elements(Path file, SequenceNode list) {
        return list.getValue().stream().map(n -> new YamlPlace(file, n)).toList();
    }

    public boolean has(String key) {
        return value(key) != null;
    }

    /** The text of this very place; empty where it is none. */
    public String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** Keys and texts below this place, in their order. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        if (node instanceof MappingNode map) {
            map.getValue()
                    .forEach(e -> texts.put(
                            new YamlPlace(file, e.getKeyNode()).text(), new YamlPlace(file, e.getValueNode()).text()));
        }
        return texts;
    }

    /** Where it stands, from 1. */
    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** Where its text begins in the file, counted in characters. */
    public int begin() {
        return node.getStartMark().getIndex();
    }

    /** Where its text ends in the file, counted in characters. */
    public int end() {
        return node.getEndMark().getIndex();
    }

    public Path file() {
        return file;
    }

    /** What {@code reader} makes of the key's text; its complaint gets file and line. */
    public <T> T checked(String key, String before, Function<String, T> reader) {
        try {
            return reader.apply(text(key, ""));
        } catch (IllegalArgumentException e) {
            throw at(key).wrong(before + e.getMessage());
        }
    }

    public void only(Set<String> keys) {
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

    public IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(file + ": line " + line() + ": " + what);
    }
}
