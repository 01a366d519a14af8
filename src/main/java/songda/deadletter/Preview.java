package songda.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.regex.Pattern;
import songda.person.Mask;

/**
 * How a message is built, with its codes, numbers of things and instants. Whatever could be about a person is masked, and where it is not
 * known what something is, less is shown, not more.
 */
public final class Preview {

    private static final String HIDDEN = "****";
    private static final int MOST_ITEMS = 20;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern FIELD = Pattern.compile("(?!.*[0-9]{7})[A-Za-z_][A-Za-z0-9_.-]{0,39}");
    private static final Pattern PHONES = Pattern.compile("(?i).*(phone|mobile|tel).*");
    private static final Pattern IDS = Pattern.compile("(?i).*(idno|idcard|certno|identity|passport).*");
    private static final Pattern ADDRESSES = Pattern.compile("(?i).*addr.*");
    private static final Pattern NAMES = Pattern.compile("(?i).*name.*");
    private static final Pattern THINGS = Pattern.compile(
            "(?i)(.*(id|no|code|ref|type|kind|fact|state|stage|status|at|time|until)|county|destCounty|service|payer|receipt|version)");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._:/+-]{1,64}");
    private static final Pattern SHORT = Pattern.compile("[A-Za-z0-9]{1,2}|[0-9.-]{1,6}");
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d[0-9:.+Z-]{0,20}");
    private static final Pattern PERSON =
            Pattern.compile("(?<!\\d)1[3-9]\\d{9}(?!\\d)|(?<!\\d)0\\d{2,3}-\\d{7,8}(?!\\d)"
                    + "|\\d{6}(19|20)\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])\\d{3}[0-9Xx]");

    private Preview() {}

    /** @return null where the bytes are no JSON: then only their length and hash are shown */
    static JsonNode of(byte[] raw) {
        try {
            JsonNode tree = JSON.readTree(raw);
            return tree == null || !tree.isContainerNode() ? null : masked("", tree);
        } catch (IOException e) {
            return null;
        }
    }

    /** One value of a field of this name, as far as it may be seen. */
    public static String shown(String field, JsonNode value) {
        return value.isContainerNode()
                ? masked(field, value).toString()
                : masked(field, value).asText();
    }

    private static JsonNode masked(String field, JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(e -> {
                String name = FIELD.matcher(e.getKey()).matches() ? e.getKey() : HIDDEN + object.size();
                object.set(name, masked(e.getKey(), e.getValue()));
            });
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < Math.min(value.size(), MOST_ITEMS); i++) {
                array.add(masked(field, value.get(i)));
            }
            return value.size() > MOST_ITEMS ? array.add("… " + value.size()) : array;
        }
        if (value.isTextual()) {
            return TextNode.valueOf(masked(field, value.textValue()));
        }
        return value.isNumber() && !SHORT.matcher(value.asText()).matches()
                ? TextNode.valueOf(masked(field, value.asText()))
                : value;
    }

    private static String masked(String field, String text) {
        if (text.isEmpty()) {
            return "";
        } else if (PHONES.matcher(field).matches()) {
            return Mask.phone(text);
        } else if (IDS.matcher(field).matches()) {
            return Mask.id(text);
        } else if (ADDRESSES.matcher(field).matches()) {
            return Mask.address(text);
        } else if (NAMES.matcher(field).matches()) {
            return Mask.name(text);
        } else if (PERSON.matcher(text).find()) {
            return HIDDEN;
        }
        boolean thing = THINGS.matcher(field).matches() && CODE.matcher(text).matches();
        boolean harmless =
                INSTANT.matcher(text).matches() || SHORT.matcher(text).matches();
        return thing || harmless ? text : HIDDEN;
    }
}
