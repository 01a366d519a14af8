package songda.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import songda.audit.Audit;
import songda.deadletter.LetterShelf;
import songda.door.Preview;
import songda.failure.Refused;
import songda.label.Labels;
import songda.label.Pictures;
import songda.mapping.Mappings;
import songda.mapping.OnBreach;
import songda.order.OrderPages;

/** What shows a person. Written down before anything is shown. */
@RestController
@RequestMapping(BoardGate.REVEAL)
final class BoardReveals {

    private final Body body;
    private final Audit audit;
    private final OrderPages orders;
    private final LetterShelf letters;
    private final Preview preview;
    private final Mappings mappings;
    private final Pictures pictures;

    BoardReveals(
            Body body,
            Audit audit,
            OrderPages orders,
            LetterShelf letters,
            Preview preview,
            Mappings mappings,
            Labels labels) {
        this.body = body;
        this.audit = audit;
        this.orders = orders;
        this.letters = letters;
        this.preview = preview;
        this.mappings = mappings;
        this.pictures = new Pictures(labels);
    }

    @PostMapping("orders/{id}/people")
    ResponseEntity<byte[]> people(Authentication user, @PathVariable long id, @RequestBody byte[] sent) {
        String reason = reason(sent);
        JsonNode people = orders.people(id);
        audit.write(user.getName(), "order.reveal", id, reason, detail());
        return Body.answer(people);
    }

    @PostMapping("letters/{id}")
    ResponseEntity<byte[]> letter(Authentication user, @PathVariable long id, @RequestBody byte[] sent) {
        String reason = reason(sent);
        JsonNode bare = letters.reveal(String.valueOf(id));
        audit.write(user.getName(), "letter.reveal", null, reason, detail().put("letter", String.valueOf(id)));
        return Body.answer(bare);
    }

    /** As it would be printed: with a name and a house number on it. */
    @PostMapping("orders/{id}/label")
    ResponseEntity<byte[]> label(Authentication user, @PathVariable long id, @RequestBody byte[] sent) {
        String reason = reason(sent);
        String orderNo = orders.board(id).path("orderNo").asText();
        ObjectNode message = preview.of(orderNo).stream()
                .filter(one -> one.path("order").path("id").asLong() == id)
                .findFirst()
                .orElseThrow(Refused::noSuchOrder);
        audit.write(user.getName(), "label.look", id, reason, detail());
        Object job = mappings.get("printer/label").translate(message, OnBreach.REFUSE);
        return Body.answer(pictures.of((JsonNode) job, null));
    }

    private static ObjectNode detail() {
        return JsonNodeFactory.instance.objectNode().put("at", "board");
    }

    private String reason(byte[] sent) {
        return body.read("reason", sent).path("reason").asText();
    }
}
