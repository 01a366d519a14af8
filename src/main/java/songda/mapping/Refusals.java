package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import songda.failure.Problem.Field;

/**
 * What one run of a mapping has refused so far: a guard goes on after the first refusal, so that the sender hears all
 * at once.
 */
final class Refusals {

    private final ThreadLocal<List<Field>> said = new ThreadLocal<>();

    JsonNode add(String path, String message) {
        List<Field> fields = said.get();
        if (fields == null) {
            fields = new ArrayList<>();
            said.set(fields);
        }
        fields.add(new Field(Names.pointer(path), message));
        return NullNode.instance;
    }

    /** Empties the list, so that the thread's next message starts clean. */
    List<Field> take() {
        List<Field> fields = said.get();
        if (fields == null) {
            return List.of();
        }
        said.remove();
        return List.copyOf(fields);
    }
}
