package songda.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import songda.failure.Refused;

/**
 * One parameter of an operation in openapi.yaml.
 *
 * @param fallback the schema's default, or null
 * @param allowed the schema's enum; empty when there is none
 * @param minimum null unless it is an integer; so is maximum
 */
record Parameter(
        String name,
        boolean required,
        String fallback,
        Pattern pattern,
        List<String> allowed,
        Long minimum,
        Long maximum) {

    private static final String INTEGER = "-?\\d{1,9}";
    private static final String TEXT = "[^\\p{Cntrl}]{0,512}";

    static Parameter of(JsonNode node) {
        JsonNode schema = node.path("schema");
        List<String> allowed = new ArrayList<>();
        schema.path("enum").forEach(value -> allowed.add(value.asText()));
        boolean integer = schema.path("type").asText().equals("integer");
        return new Parameter(
                node.path("name").asText(),
                node.path("required").asBoolean(),
                schema.has("default") ? schema.path("default").asText() : null,
                Pattern.compile(schema.path("pattern").asText(integer ? INTEGER : TEXT)),
                allowed,
                integer ? schema.path("minimum").asLong(Long.MIN_VALUE) : null,
                integer ? schema.path("maximum").asLong(Long.MAX_VALUE) : null);
    }

    /** @return the value, or the default when there is none; may be null; @throws Refused 400 if it is not as the schema says */
    String accept(String value) {
        if (value == null) {
            if (required) {
                throw new Refused(Problems.badParameter(name, "is missing"));
            }
            return fallback;
        }
        if (!pattern.matcher(value).matches() || !(allowed.isEmpty() || allowed.contains(value)) || !inRange(value)) {
            throw new Refused(Problems.badParameter(name, "is not as /openapi.yaml says"));
        }
        return value;
    }

    private boolean inRange(String value) {
        return minimum == null || (Long.parseLong(value) >= minimum && Long.parseLong(value) <= maximum);
    }
}
