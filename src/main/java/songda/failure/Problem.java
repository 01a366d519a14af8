package songda.failure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One answer in the form of RFC 9457 (application/problem+json), Chinese first.
 *
 * @param status HTTP status, 400-599
 * @param type last part of the problem type, e.g. {@code invalid-order}; the full type is {@code /problems/<type>}
 * @param zh title for operators
 * @param en the same title in English
 * @param fields what is wrong where; never a value that came from outside
 */
public record Problem(int status, String type, String zh, String en, List<Field> fields) {

    /** @param path JSON pointer, header name or parameter; @param message what is wrong and what to write. */
    public record Field(String path, String message) {}

    public static Problem of(int status, String type, String zh, String en, Field... fields) {
        return new Problem(status, type, zh, en, List.of(fields));
    }

    /** The body to send; the correlation id is how an operator finds this answer in the log. */
    public ObjectNode toJson(String correlation) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", "/problems/" + type)
                .put("title", zh)
                .put("titleEn", en)
                .put("status", status);
        if (!fields.isEmpty()) {
            var list = body.putArray("errors");
            fields.forEach(f -> list.addObject().put("path", f.path()).put("message", f.message()));
        }
        return body.put("correlationId", correlation);
    }
}
