package songda.deadletter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import songda.failure.Problem;
import songda.failure.Refused;

/**
 * Which letters are meant; null: it does not matter.
 *
 * @param since ISO 8601 with offset, business time; so is until, which itself is left out
 */
public record Which(String fingerprint, String door, String system, String since, String until) {

    public static final Which ALL = new Which(null, null, null, null, null);

    public Which {
        instant("since", since);
        instant("until", until);
    }

    /** A day that there is not passes every pattern. */
    private static void instant(String name, String text) {
        try {
            if (text != null) {
                OffsetDateTime.parse(text);
            }
        } catch (DateTimeException e) {
            throw new Refused(Problem.of(
                    400,
                    "invalid-parameter",
                    "参数不正确",
                    "A parameter is wrong",
                    new Problem.Field(name, "没有这个时刻 / there is no such instant")));
        }
    }

    /** Parameters of the statements {@code letter-*}. */
    public Map<String, Object> parameters() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("fingerprint", fingerprint);
        all.put("door", door);
        all.put("system", system);
        all.put("since", since);
        all.put("until", until);
        return all;
    }

    public boolean isAll() {
        return equals(ALL);
    }

    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        parameters().forEach((name, value) -> {
            if (value != null) {
                json.put(name, value.toString());
            }
        });
        return json;
    }
}
