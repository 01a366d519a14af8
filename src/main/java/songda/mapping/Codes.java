package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks codes up; an unknown one is never defaulted. */
record Codes(Place place, Tables tables) {

    /** {@code code(table, key, column, path?)} */
    JsonNode known(JsonNode... a) {
        return find(a).orElseThrow(
                        () -> unknown(tables.get(a[0].asText()), a[1].asText(), a.length > 3 ? a[3].asText() : ""));
    }

    /** {@code code-or-null(table, key, column)} */
    JsonNode orNull(JsonNode... a) {
        return find(a).orElse(NullNode.instance);
    }

    /** {@code rows(table)}: all of them, as objects, in their order. */
    JsonNode rows(JsonNode... a) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table = tables.get(a[0].asText());
        table.rows().forEach((key, cells) -> {
            tables.look(a[0].asText(), key);
            all.addObject().setAll(cells);
        });
        return all;
    }

    /**
     * {@code row-on(table, day, column, value, …)}: the row with these cells that is valid on that day, by its {@code validFrom} and {@code
     * validTo}, both included; an empty one is no limit, and a value that is absent asks for an empty cell. Null where there is none.
     */
    JsonNode on(JsonNode... a) {
        Table table = tables.get(a[0].asText());
        List<Map<String, JsonNode>> found = table.with(a[2].asText(), text(a[3])).stream()
                .filter(row -> matches(table, row, a) && validOn(row, a[1].asText()))
                .toList();
        if (found.isEmpty()) {
            return NullNode.instance;
        }
        String key = found.get(0).get(table.columns().get(0)).asText();
        if (found.size() > 1) {
            String other = found.get(1).get(table.columns().get(0)).asText();
            throw Breach.ours(table.file() + ": rows '" + key + "' and '" + other
                    + "' are valid on the same day: end one before the other begins");
        }
        tables.look(a[0].asText(), key);
        return JsonNodeFactory.instance.objectNode().setAll(found.get(0));
    }

    private static boolean matches(Table table, Map<String, JsonNode> row, JsonNode... a) {
        for (int i = 2; i + 1 < a.length; i += 2) {
            JsonNode cell = row.get(a[i].asText());
            if (cell == null) {
                throw Breach.ours(table.file() + " has no column '" + a[i].asText() + "', only " + table.columns());
            }
            if (!text(cell).equals(text(a[i + 1]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean validOn(Map<String, JsonNode> row, String day) {
        String from = text(row.get("validFrom"));
        String to = text(row.get("validTo"));
        return from.compareTo(day) <= 0 && (to.isEmpty() || day.compareTo(to) <= 0);
    }

    private static String text(JsonNode cell) {
        return cell == null || cell.isNull() || cell.isMissingNode() ? "" : cell.asText();
    }

    private Optional<JsonNode> find(JsonNode... a) {
        return tables.look(a[0].asText(), a[1].asText()).cell(a[1].asText(), a[2].asText());
    }

    private Breach unknown(Table table, String key, String path) {
        String what = Names.looksLikeCode(key) ? "code '" + key + "'" : "code";
        String where = path.isEmpty() ? "" : " in " + path;
        return Breach.unknownCode(
                "unknown " + place.system() + " " + what + where + ": add it to " + table.file(), Names.pointer(path));
    }
}
