package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A schema's breach in words, Chinese first. Only words and limits of the schema are used: the validator's own messages
 * may repeat the value. A pattern or a list of words is explained by the {@code "description": "中文 / English"} beside it.
 */
final class SchemaWords {

    private static final Set<String> EXPLAINED = Set.of("pattern", "enum");

    private SchemaWords() {}

    static String of(Error error, JsonNode schema) {
        String keyword = error.getKeyword();
        return EXPLAINED.contains(keyword)
                ? explained(keyword, error, schema)
                : general(keyword, error.getSchemaNode());
    }

    private static String explained(String keyword, Error error, JsonNode schema) {
        String place = error.getSchemaLocation().getFragment().toString().replaceFirst("/[a-z]+$", "/description");
        JsonNode description = schema.at(place);
        return description.isTextual() ? description.textValue() : general(keyword, error.getSchemaNode());
    }

    private static String general(String keyword, JsonNode limit) {
        return switch (keyword) {
            case "required" -> "缺少此项 / missing";
            case "additionalProperties", "unevaluatedProperties" -> "不认识此项 / unknown field";
            case "type" -> "类型应为 " + list(limit) + " / must be " + list(limit);
            case "enum" -> "只能是 " + list(limit) + " / must be one of " + list(limit);
            case "const" -> "只能是 " + list(limit) + " / must be " + list(limit);
            case "minLength" -> "至少 " + limit.asText() + " 字 / at least " + limit.asText() + " characters";
            case "maxLength" -> "最多 " + limit.asText() + " 字 / at most " + limit.asText() + " characters";
            case "minItems" -> "至少 " + limit.asText() + " 项 / at least " + limit.asText() + " items";
            case "maxItems" -> "最多 " + limit.asText() + " 项 / at most " + limit.asText() + " items";
            case "minimum" -> "不得小于 " + limit.asText() + " / at least " + limit.asText();
            case "maximum" -> "不得大于 " + limit.asText() + " / at most " + limit.asText();
            case "exclusiveMinimum" -> "须大于 " + limit.asText() + " / more than " + limit.asText();
            case "exclusiveMaximum" -> "须小于 " + limit.asText() + " / less than " + limit.asText();
            case "multipleOf" -> "须为 " + limit.asText() + " 的整数倍 / a multiple of " + limit.asText();
            case "pattern" -> "写法应符合 " + limit.asText() + " / must match " + limit.asText();
            case "format" -> format(limit.asText());
            case "uniqueItems" -> "不得重复 / items must differ";
            default -> "不符合约定（" + keyword + "） / breaks the contract (" + keyword + ")";
        };
    }

    private static String format(String format) {
        return format.equals("date-time")
                ? "应为带时区的时间，如 2026-11-23T10:00:00+08:00 / a time with offset, like 2026-11-23T10:00:00+08:00"
                : "格式应为 " + format + " / must be a " + format;
    }

    private static String list(JsonNode limit) {
        Iterator<JsonNode> words =
                limit.isArray() ? limit.elements() : java.util.List.of(limit).iterator();
        Iterable<JsonNode> each = () -> words;
        return StreamSupport.stream(each.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }
}
