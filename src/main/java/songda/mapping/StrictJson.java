package songda.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON as RFC 8259 and I-JSON want it: UTF-8 without BOM, no duplicate keys, no NUL, no lone surrogates, and
 * within limits that no honest message reaches. Numbers stay exact, with their zeros.
 */
final class StrictJson {

    static final int MAX_BYTES = 2 * 1024 * 1024;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_STRING = 100_000;
    private static final int MAX_DIGITS = 50;
    private static final int MAX_NAME = 256;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(MAX_DIGITS)
                            .maxNameLength(MAX_NAME)
                            .maxDocumentLength(MAX_BYTES)
                            .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class);

    private StrictJson() {}

    static JsonNode read(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw Breach.tooLarge(MAX_BYTES);
        }
        refuseForeignEncoding(body);
        return parse(decode(body));
    }

    static JsonNode read(String body) {
        if (body.length() > MAX_BYTES) {
            throw Breach.tooLarge(MAX_BYTES);
        }
        return parse(CharBuffer.wrap(body.toCharArray()));
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree that cannot be written", e);
        }
    }

    /** A tree that came from elsewhere in the hub is held to the same rules for its text. */
    static JsonNode checked(JsonNode tree) {
        TextRules.check(tree);
        return tree;
    }

    private static void refuseForeignEncoding(byte[] b) {
        boolean bom = b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF;
        if (bom) {
            throw unreadable("BOM at the start", "请使用不带 BOM 的 UTF-8 / send UTF-8 without a byte order mark");
        }
        boolean wide = b.length >= 2 && (b[0] == 0 || b[1] == 0 || (b[0] & 0xFE) == 0xFE && (b[1] & 0xFE) == 0xFE);
        if (wide) {
            throw unreadable("UTF-16 or UTF-32", "请使用 UTF-8，而非 UTF-16/32 / send UTF-8, not UTF-16 or UTF-32");
        }
    }

    private static CharBuffer decode(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw unreadable("bytes that are not UTF-8", "不是有效的 UTF-8（GBK 请先转码） / not valid UTF-8 (convert GBK first)");
        }
    }

    private static JsonNode parse(CharBuffer text) {
        try (var parser = MAPPER.getFactory().createParser(text.array(), text.arrayOffset(), text.remaining())) {
            JsonNode tree = READER.readTree(parser);
            if (tree == null || tree.isMissingNode()) {
                throw unreadable("empty body", "报文为空 / the body is empty");
            }
            return checked(tree);
        } catch (NumberFormatException e) {
            // An exponent that not even BigDecimal holds; the message repeats it.
            throw unreadable("number out of range", "数字超出范围 / number out of range");
        } catch (StreamConstraintsException e) {
            throw overLimit(e);
        } catch (MismatchedInputException e) {
            throw mismatched(e);
        } catch (JsonProcessingException e) {
            throw notJson(at(e));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /** Jackson has one exception for a key that stands twice and for text after the end. */
    private static Breach mismatched(MismatchedInputException e) {
        return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")
                ? unreadable("duplicate key", "同一对象中字段重复 / a key stands twice in one object")
                : notJson(at(e));
    }

    private static Breach notJson(String at) {
        return unreadable("not valid JSON", "不是有效的 JSON" + at + " / not valid JSON" + at);
    }

    private static Breach overLimit(StreamConstraintsException e) {
        String limit = String.valueOf(e.getOriginalMessage()).toLowerCase(java.util.Locale.ROOT);
        String what;
        if (limit.contains("depth")) {
            what = "嵌套最多 " + MAX_DEPTH + " 层 / at most " + MAX_DEPTH + " levels deep";
        } else if (limit.contains("number")) {
            what = "数字最多 " + MAX_DIGITS + " 位 / a number has at most " + MAX_DIGITS + " digits";
        } else if (limit.contains("name")) {
            what = "字段名最长 " + MAX_NAME + " 字 / a field name has at most " + MAX_NAME + " characters";
        } else {
            what = "文本最长 " + MAX_STRING + " 字 / a text has at most " + MAX_STRING + " characters";
        }
        return unreadable("over the limits of a message", what);
    }

    private static String at(JsonProcessingException e) {
        var place = e.getLocation();
        return place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }

    static Breach unreadable(String reason, String message) {
        return Breach.unreadable(reason, "", message);
    }
}
