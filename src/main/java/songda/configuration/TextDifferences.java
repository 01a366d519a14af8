package songda.configuration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import java.util.stream.Stream;

/** Two configurations file by file, as lines that came and went. */
final class TextDifferences {

    private static final int AROUND = 3;
    private static final int MOST_LINES = 400;
    private static final int MOST_FILES = 300;
    /** People stand in the directory: of that only its name. */
    private static final String PEOPLE = "mappings/directory/";

    private TextDifferences() {}

    static Stream<ObjectNode> of(Configuration before, Configuration after) {
        return before.to(after).all().limit(MOST_FILES).map(name -> file(name, before, after));
    }

    private static ObjectNode file(String name, Configuration before, Configuration after) {
        boolean was = before.hashes().containsKey(name);
        boolean is = after.hashes().containsKey(name);
        ObjectNode one = JsonNodeFactory.instance
                .objectNode()
                .put("file", name)
                .put("what", was && is ? "changed" : is ? "added" : "removed");
        ArrayNode lines = one.putArray("lines");
        if (!name.startsWith(PEOPLE)) {
            unified(lines(before, name, was), lines(after, name, is)).forEach(lines::add);
        }
        return one;
    }

    private static List<String> lines(Configuration of, String name, boolean there) {
        return there ? of.text(name).lines().toList() : List.of();
    }

    /** Without its two lines of names. */
    private static Stream<String> unified(List<String> before, List<String> after) {
        return UnifiedDiffUtils.generateUnifiedDiff("", "", before, DiffUtils.diff(before, after), AROUND).stream()
                .skip(2)
                .limit(MOST_LINES);
    }
}
