package songda.postal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.soap.Charsets;

/**
 * The items of a {@code listexpressmail}, however it is written: XML or JSON, plain or in a SOAP envelope, there as elements or as text. What
 * the fields mean is a mapping's matter.
 *
 * @param items an object for each item, of texts
 */
record MailList(Form form, ArrayNode items) {

    /** How it came is how it is answered. */
    enum Form {
        JSON,
        XML,
        SOAP
    }

    static final String NAME = "listexpressmail";
    private static final int MOST = 50;
    /** GBK is read as GB18030, which has all of it. */
    private static final Set<Charset> AGREED_ON = Set.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws Refused 400 if it cannot be read, 422 if it has more than fifty items; nothing of it is repeated */
    static MailList read(byte[] body, String contentType) {
        String text = text(body, contentType == null ? "" : contentType);
        MailList list = isJson(contentType) ? json(text) : MailXml.read(text);
        if (list.items.size() > MOST) {
            throw new Refused(Problem.of(
                    422,
                    "too-many-mails",
                    "一次最多 50 件，请分开推送",
                    "At most fifty items a message: send more messages",
                    new Problem.Field("/" + NAME, "50")));
        }
        return list;
    }

    private static String text(byte[] body, String contentType) {
        Charset charset = Charsets.named(Charsets.declared(contentType, body))
                .filter(AGREED_ON::contains)
                .orElseThrow(() -> unreadable("字符集应为 UTF-8 或 GBK / the charset must be UTF-8 or GBK"));
        String text = Charsets.read(body, charset)
                .orElseThrow(() -> unreadable("内容不是所声明的字符集 / the bytes are not in the charset that is declared"));
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    static boolean isJson(String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static MailList json(String text) {
        try {
            JsonNode list = JSON.readTree(text).path(NAME);
            if (list instanceof ArrayNode items && allObjects(items)) {
                return new MailList(Form.JSON, items);
            }
        } catch (IOException e) {
            // said below, without what was read
        }
        throw unreadable("不是 " + NAME + " 报文 / is no " + NAME);
    }

    private static boolean allObjects(ArrayNode items) {
        for (JsonNode item : items) {
            if (!item.isObject()) {
                return false;
            }
        }
        return true;
    }

    static ArrayNode none() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static Refused unreadable(String why) {
        return new Refused(Problem.of(
                400,
                "malformed-push",
                "报文无法读取：" + why.replaceFirst(" / .*", ""),
                "The message cannot be read: " + why.replaceFirst(".* / ", ""),
                new Problem.Field("", why)));
    }
}
