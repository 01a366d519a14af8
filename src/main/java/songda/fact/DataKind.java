package songda.fact;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What a field of a fact's data may hold. Facts lie in clear in the store and in Kafka, so free text has no kind: a person could be
 * named in it.
 */
public enum DataKind {
    /** A number or code of some system: {@code ZW-330109/07}. */
    CODE("1 至 64 位字母、数字或 . _ : / + - / 1 to 64 letters, digits or . _ : / + -") {
        @Override
        boolean admits(JsonNode value) {
            return value.isValueNode() && LETTERS.matcher(value.asText()).matches();
        }
    },
    /** A list of such codes, e.g. the waybill numbers of a hand-over. */
    CODES("1 至 500 个代码的列表 / a list of 1 to 500 codes") {
        @Override
        boolean admits(JsonNode value) {
            boolean sized = value.isArray() && !value.isEmpty() && value.size() <= 500;
            return sized && StreamSupport.stream(value.spliterator(), false).allMatch(CODE::admits);
        }
    },
    /** A JSON number. */
    NUMBER("应为数字 / a number") {
        @Override
        boolean admits(JsonNode value) {
            return value.isNumber();
        }
    },
    /** An instant with its offset, ISO 8601. */
    TIME("时间须带时区，如 2026-11-23T10:00:00+08:00 / time with offset needed") {
        @Override
        boolean admits(JsonNode value) {
            try {
                return value.isTextual() && OffsetDateTime.parse(value.textValue()) != null;
            } catch (DateTimeException e) {
                return false;
            }
        }
    },
    /** What a mapping took from a code table, or the name of an office that it has checked; no number of a person fits in. */
    WORDS("至多 200 字，不含 7 位以上的号码 / at most 200 characters without a number of 7 digits or more") {
        @Override
        boolean admits(JsonNode value) {
            return value.isTextual()
                    && value.textValue().length() <= 200
                    && !LONG_NUMBER.matcher(value.textValue()).find();
        }
    };

    private static final Pattern LETTERS = Pattern.compile("[A-Za-z0-9._:/+-]{1,64}");
    private static final Pattern LONG_NUMBER =
            Pattern.compile("\\d{7,}|1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}|0\\d{2,3}[ -]?\\d{7}");

    private final String need;

    DataKind(String need) {
        this.need = need;
    }

    abstract boolean admits(JsonNode value);

    /** What to write instead, Chinese first. */
    String need() {
        return need;
    }

    /** As the catalogue writes it: {@code code}. */
    static DataKind named(String word) {
        for (DataKind kind : values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown kind '" + word + "', use one of code, codes, number, time, words");
    }
}
