package songda.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import songda.deadletter.Which;
import songda.deadline.DeadlineDesk;
import songda.door.DoorDesk;
import songda.replay.Replays;

/** What an operator does, each with a reason that the audit keeps. The same contracts and the same capabilities as the desk's signed API. */
@RestController
@RequestMapping(BoardGate.ACT)
final class BoardActs {

    private static final int RATE = 20;
    private final Body body;
    private final DeadlineDesk deadlines;
    private final DoorDesk doors;
    private final Replays replays;
    private final Notes notes;

    BoardActs(Body body, DeadlineDesk deadlines, DoorDesk doors, Replays replays, Notes notes) {
        this.body = body;
        this.deadlines = deadlines;
        this.doors = doors;
        this.replays = replays;
        this.notes = notes;
    }

    @PostMapping("deadlines/{id}/{change:pause|resume}")
    ResponseEntity<byte[]> deadline(
            Authentication user, @PathVariable String id, @PathVariable String change, @RequestBody byte[] sent) {
        return Body.answer(deadlines.change(user.getName(), id, change, reason(sent), null));
    }

    @PostMapping("orders/{id}/acknowledge")
    ResponseEntity<byte[]> acknowledge(Authentication user, @PathVariable long id, @RequestBody byte[] sent) {
        notes.acknowledge(Desk.of(user), id, reason(sent));
        return done();
    }

    @PostMapping("orders/{id}/note")
    ResponseEntity<byte[]> note(Authentication user, @PathVariable long id, @RequestBody byte[] sent) {
        notes.write(Desk.of(user), id, reason(sent));
        return done();
    }

    @PostMapping("orders/{id}/facts/{said}/{key}")
    ResponseEntity<byte[]> fact(
            Authentication user,
            @PathVariable long id,
            @PathVariable String said,
            @PathVariable UUID key,
            @RequestBody byte[] sent) {
        return Body.answer(notes.report(Desk.of(user), id, said, key, reason(sent)));
    }

    @PostMapping("doors/{door}/open")
    ResponseEntity<byte[]> door(Authentication user, @PathVariable String door, @RequestBody byte[] sent) {
        return Body.answer(doors.open(user.getName(), door, reason(sent)));
    }

    @PostMapping("letters/{id}/replay")
    ResponseEntity<byte[]> replay(Authentication user, @PathVariable long id, @RequestBody byte[] sent) {
        JsonNode wish = body.read("letter-replay", sent);
        return Body.answer(replays.one(
                user.getName(),
                String.valueOf(id),
                wish.path("reason").asText(),
                wish.path("dryRun").asBoolean()));
    }

    @PostMapping("replays/forecast")
    ResponseEntity<byte[]> forecast(@RequestBody byte[] sent) {
        return Body.answer(replays.dryRun(group(body.read("replay-forecast", sent))));
    }

    @PostMapping("replays")
    ResponseEntity<byte[]> start(Authentication user, @RequestBody byte[] sent) {
        JsonNode wish = body.read("replay-start", sent);
        return Body.answer(replays.start(
                user.getName(),
                group(wish),
                wish.path("count").asLong(),
                wish.path("rate").asInt(RATE),
                wish.path("reason").asText()));
    }

    @PostMapping("replays/{id}/{change:pause|resume|cancel}")
    ResponseEntity<byte[]> change(
            Authentication user, @PathVariable long id, @PathVariable String change, @RequestBody byte[] sent) {
        return Body.answer(replays.change(user.getName(), String.valueOf(id), change, reason(sent)));
    }

    private static Which group(JsonNode wish) {
        return new Which(wish.path("fingerprint").asText(null), null, null, null, null);
    }

    private String reason(byte[] sent) {
        return body.read("reason", sent).path("reason").asText();
    }

    private static ResponseEntity<byte[]> done() {
        return Body.answer(JsonNodeFactory.instance.objectNode().put("done", true));
    }
}
