package songda.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two trees are not the same, field by field. */
final class Differences {

    /** @param path JSON pointer; @param before, after missing where there is none */
    record Difference(String path, JsonNode before, JsonNode after) {

        /** The last name in the path that is no index. */
        String field() {
            String field = "";
            for (String name : path.split("/")) {
                field = name.matches("\\d*") ? field : name;
            }
            return field;
        }
    }

    private Differences() {}

    static List<Difference> of(JsonNode before, JsonNode after) {
        List<Difference> found = new ArrayList<>();
        compare("", before, after, found);
        return found;
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Difference> found) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "/" + name, at(before, name), at(after, name), found));
        } else if (before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + "/" + i, at(before, i), at(after, i), found);
            }
        } else {
            found.add(new Difference(path, before, after));
        }
    }

    private static JsonNode at(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null ? MissingNode.getInstance() : value;
    }

    private static JsonNode at(JsonNode array, int index) {
        return index < array.size() ? array.get(index) : MissingNode.getInstance();
    }
}
