package songda.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.springframework.stereotype.Component;
import songda.audit.Audit;
import songda.deadletter.LetterShelf;
import songda.deadletter.Which;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.replay.Replays;
import songda.signature.Caller;

/** Answers what the desk asks about dead letters and wants done with them. */
@Component
final class LetterAnswers {

    private static final String REVEAL = "reveal";
    private final LetterShelf shelf;
    private final Audit audit;
    private final Replays replays;
    private final Republish republish;

    LetterAnswers(LetterShelf shelf, Audit audit, Replays replays, Republish republish) {
        this.republish = republish;
        this.replays = replays;
        this.shelf = shelf;
        this.audit = audit;
    }

    private static final int RATE = 20;

    /** @param request what a route of the desk names: letters, letter, reveal, letter-replay … */
    JsonNode answer(String request, Caller caller, DeskAnswers.Parameters in, JsonNode body) {
        String who = caller.client();
        String id = in.get("id");
        String reason = body.path("reason").asText();
        return switch (request) {
            case "letters" -> shelf.list(which(in), in.get("state"), in.get("cursor"), DeskAnswers.limit(in));
            case "letter" -> shelf.show(id);
            case REVEAL -> reveal(caller, id, reason);
            case "letter-replay" ->
                replays.one(who, id, reason, body.path("dryRun").asBoolean());
            case "letter-drop" -> replays.drop(who, id, reason);
            case "letters-drop" ->
                replays.drop(who, which(body), body.path("count").asLong(), reason);
            case "replays" -> replays.list();
            case "replay" -> replays.show(id);
            case "replay-forecast" -> replays.dryRun(which(body));
            case "replay-start" ->
                replays.start(
                        who,
                        which(body),
                        body.path("count").asLong(),
                        body.path("rate").asInt(RATE),
                        reason);
            case "republish" -> republish.run(who, body);
            case "replay-change" -> replays.change(who, id, in.get("change"), reason);
            default -> throw new IllegalArgumentException("desk:" + request + ": there is no such request");
        };
    }

    /** The header {@code system} is who asks, so the query says {@code sender}. */
    private static Which which(DeskAnswers.Parameters in) {
        return new Which(in.get("fingerprint"), in.get("door"), in.get("sender"), in.get("since"), in.get("until"));
    }

    private static Which which(JsonNode body) {
        return new Which(
                body.path("fingerprint").asText(null),
                body.path("door").asText(null),
                body.path("system").asText(null),
                body.path("since").asText(null),
                body.path("until").asText(null));
    }

    /** Written down before anything is shown. */
    private JsonNode reveal(Caller caller, String id, String reason) {
        if (!caller.may(REVEAL)) {
            throw new Refused(Problem.of(
                    403,
                    "right-missing",
                    "这把密钥没有查看原文的权限",
                    "This key may not see messages as they came",
                    new Problem.Field(
                            "keyid",
                            "在 partners.json 里给它 rights: [reveal] / give it rights: [reveal] in partners.json")));
        }
        JsonNode bare = shelf.reveal(id);
        audit.write(
                caller.client(),
                "letter.reveal",
                null,
                reason,
                JsonNodeFactory.instance.objectNode().put("letter", id).put("key", caller.keyId()));
        return bare;
    }
}
