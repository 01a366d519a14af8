package songda.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * One {@code uri:} of a route with its {@code parameters:}.
 *
 * @param from whether the route starts there
 * @param options what stands behind {@code ?} and below {@code parameters:}
 */
record Use(String uri, boolean from, Place place, Map<String, Option> options) {

    record Option(String value, Place place) {

        /** What only the installation knows, or a bean, can be of any kind. */
        boolean open() {
            return value.contains("{{") || value.startsWith("#");
        }
    }

    static Use of(String file, boolean from, MappingNode step, ScalarNode uri) {
        Place place = Place.of(file, uri.getStartMark());
        Map<String, Option> options = new LinkedHashMap<>();
        String text = uri.getValue();
        // A question mark of SQL is none of Camel's.
        if (text.contains("?") && !text.startsWith("sql:")) {
            for (String pair : text.substring(text.indexOf('?') + 1).split("&")) {
                String[] halves = pair.split("=", 2);
                options.put(halves[0], new Option(halves.length > 1 ? halves[1] : "", place));
            }
        }
        if (YamlText.below(step, "parameters") instanceof MappingNode parameters) {
            for (NodeTuple entry : parameters.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    options.put(key.getValue(), option(file, key, entry.getValueNode()));
                }
            }
        }
        return new Use(text, from, place, options);
    }

    private static Option option(String file, ScalarNode key, Node value) {
        return new Option(
                value instanceof ScalarNode scalar ? scalar.getValue() : "", Place.of(file, key.getStartMark()));
    }

    String scheme() {
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }

    /** {@code a.b} of {@code fact:a.b?x=y}. */
    String name() {
        String rest = uri.substring(uri.indexOf(':') < 0 ? uri.length() : uri.indexOf(':') + 1);
        String name = rest.startsWith("//") ? rest.substring(2) : rest;
        return name.contains("?") ? name.substring(0, name.indexOf('?')) : name;
    }

    boolean names(String scheme) {
        return uri.startsWith(scheme)
                && (uri.length() == scheme.length() || uri.charAt(scheme.length()) == ':')
                && !uri.contains("{{");
    }

    String option(String name) {
        return options.containsKey(name) ? options.get(name).value() : "";
    }
}
