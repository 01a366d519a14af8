package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
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
