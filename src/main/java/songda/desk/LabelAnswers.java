package songda.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.springframework.stereotype.Component;
import songda.audit.Audit;
import songda.door.Preview;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.signature.Caller;

/** What a label is drawn from, for whoever may look at labels. Every look is written down. */
@Component
final class LabelAnswers {

    private static final String RIGHT = "label";
    private final Preview preview;
    private final Audit audit;

    LabelAnswers(Preview preview, Audit audit) {
        this.preview = preview;
        this.audit = audit;
    }

    JsonNode message(Caller caller, String orderNo) {
        if (!caller.may(RIGHT)) {
            throw new Refused(Problem.of(
                    403,
                    "right-missing",
                    "这把密钥没有预览标签的权限",
                    "This key may not see labels",
                    new Problem.Field(
                            "keyid",
                            "在 partners.json 里给它 rights: [label] / give it rights: [label] in partners.json")));
        }
        List<? extends JsonNode> found = preview.of(orderNo);
        if (found.isEmpty()) {
            throw Refused.noSuchOrder();
        }
        JsonNode message = found.get(0);
        audit.write(
                caller.client(),
                "label.look",
                message.path("order").path("id").asLong(),
                "preview",
                JsonNodeFactory.instance.objectNode().put("key", caller.keyId()));
        return message;
    }
}
