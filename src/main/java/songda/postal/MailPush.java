package songda.postal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import songda.failure.Problem;
import songda.failure.Refused;

/**
 * The post's older push: up to fifty events in a {@code listexpressmail}. The header {@code authenticate} holds the secret that was agreed on;
 * while none is, the door is closed. The answer has the form of the question.
 */
@Component
public final class MailPush {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_ANSWER = "系统内部错误 / the hub has failed";
    private final byte[] secret;

    MailPush(@Value("${songda.postal.mails-secret}") String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What was pushed.
     *
     * @param content the items as a JSON list
     * @param numbers of the items, for an answer that says no to all of them
     */
    public record Opened(byte[] content, List<String> numbers, String type) {}

    /** @throws Refused 401 without the secret, 400 or 422 if it is no list of at most fifty */
    public Opened open(byte[] body, String contentType, String authenticate) {
        byte[] given = String.valueOf(authenticate).getBytes(StandardCharsets.UTF_8);
        if (secret.length == 0 || !MessageDigest.isEqual(secret, given)) {
            throw new Refused(Problem.of(
                    401,
                    "unauthorised",
                    "authenticate 不是约定的口令",
                    "The header authenticate is not the secret that was agreed on"));
        }
        MailList list = MailList.read(body, contentType);
        return new Opened(
                list.items().toString().getBytes(StandardCharsets.UTF_8),
                StreamSupport.stream(list.items().spliterator(), false)
                        .map(item -> item.path("mailnum").asText())
                        .toList(),
                list.form().name());
    }

    /** @param answer the route's: {@code {"response": {"success", "failmailnums", "remark"}}} */
    public byte[] taken(Opened push, byte[] answer) {
        return written(MailList.Form.valueOf(push.type()), read(answer).path("response"));
    }

    /**
     * Nothing was recorded: all come again.
     *
     * @param push null where it could not be read
     * @param problem as problem+json, or anything else
     */
    public byte[] notTaken(Opened push, String contentType, byte[] problem) {
        MailList.Form form = push != null
                ? MailList.Form.valueOf(push.type())
                : MailList.isJson(contentType) ? MailList.Form.JSON : MailList.Form.XML;
        JsonNode why = read(problem);
        ObjectNode no = JsonNodeFactory.instance
                .objectNode()
                .put("success", "0")
                .put("failmailnums", push == null ? "" : String.join(",", push.numbers()));
        no.put(
                "remark",
                why.has("title")
                        ? why.path("title").asText() + " / "
                                + why.path("titleEn").asText()
                        : NO_ANSWER);
        return written(form, no);
    }

    /** How an answer to this push is labelled. */
    public String contentType(Opened push, String contentType) {
        boolean json = push == null ? MailList.isJson(contentType) : push.type().equals(MailList.Form.JSON.name());
        return json ? "application/json" : "text/xml;charset=UTF-8";
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static byte[] written(MailList.Form form, JsonNode response) {
        String fields = response.properties().stream()
                .map(f -> "<" + f.getKey() + ">" + escaped(f.getValue().asText()) + "</" + f.getKey() + ">")
                .collect(Collectors.joining());
        String xml = "<response>" + fields + "</response>";
        String text =
                switch (form) {
                    case JSON ->
                        JsonNodeFactory.instance
                                .objectNode()
                                .set("response", response)
                                .toString();
                    case XML -> "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml;
                    case SOAP ->
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>"
                                + xml + "</soap:Body></soap:Envelope>";
                };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
