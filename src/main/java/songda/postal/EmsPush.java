package songda.postal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import songda.failure.Problem;
import songda.failure.Refused;

/**
 * A push of the post's open platform: {@code {"logitcsInterface": "|$4|…", "method": "040002", "senderNo", "serialNo", …}}. Who can seal is the
 * post; the fields beside the sealed one are anybody's, and nothing is decided by them.
 */
@Component
public final class EmsPush {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_NUMBER = 100;
    private final EmsAccount account;

    EmsPush(EmsAccount account) {
        this.account = account;
    }

    /**
     * @param content the JSON that was sealed
     * @param serialNo the platform's number of this push, which it wants to hear again
     */
    public record Opened(byte[] content, String serialNo) {}

    /** @throws Refused 400 if it is no push, 401 if the post did not seal it */
    public Opened open(byte[] body) {
        JsonNode push = read(body);
        String serialNo = push.path("serialNo").asText();
        if (serialNo.isEmpty() || serialNo.length() > LONGEST_NUMBER) {
            throw malformed("/serialNo");
        }
        if (!push.path("logitcsInterface").isTextual()) {
            throw malformed("/logitcsInterface");
        }
        try {
            String content =
                    account.envelope().open(push.path("logitcsInterface").textValue());
            return new Opened(content.getBytes(StandardCharsets.UTF_8), serialNo);
        } catch (BadEnvelope e) {
            throw new Refused(Problem.of(
                    401,
                    "unauthorised",
                    "报文不是用约定的密钥封装的",
                    "The message was not sealed with the agreed key",
                    new Problem.Field("/logitcsInterface", e.getMessage())));
        }
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode push = JSON.readTree(body);
            if (push != null && push.isObject()) {
                return push;
            }
        } catch (IOException e) {
            // said below, without what was read
        }
        throw malformed("");
    }

    private static Refused malformed(String path) {
        return new Refused(Problem.of(
                400,
                "malformed-push",
                "不是开放平台的推送报文",
                "This is not a push of the open platform",
                new Problem.Field(path, "{\"logitcsInterface\": \"|$4|…\", \"serialNo\": \"…\", …}")));
    }

    /** What the platform wants to hear, or it pushes again. */
    public byte[] taken(Opened push) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("serialNo", push.serialNo())
                .put("code", "00000")
                .put("codeMessage", "成功")
                .put("senderNo", account.senderNo())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
