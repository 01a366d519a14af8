package songda.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;

/** One text for one meaning: keys sorted, so that the same order posted with its fields in another order is the same. */
final class Canonical {

    private Canonical() {}

    static String text(JsonNode node) {
        StringBuilder out = new StringBuilder(512);
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
            out.append('{');
            sorted.forEach((key, value) -> {
                out.append(key).append(':');
                write(value, out);
                out.append(',');
            });
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            node.forEach(n -> {
                write(n, out);
                out.append(',');
            });
            out.append(']');
        } else {
            out.append(node);
        }
    }
}
