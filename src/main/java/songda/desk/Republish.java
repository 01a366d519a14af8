package songda.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import songda.audit.Audit;
import songda.clock.HubClock;
import songda.door.RelayAgain;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.stream.FactsAgain;

/** Kafka built again from PostgreSQL, because the desk says so. */
@Component
final class Republish {

    private final RelayAgain relay;
    private final FactsAgain facts;
    private final Audit audit;

    Republish(RelayAgain relay, FactsAgain facts, Audit audit) {
        this.relay = relay;
        this.facts = facts;
        this.audit = audit;
    }

    /**
     * @param body {@code {from, to, doors, facts, reason}}
     * @return {@code {relayed: [{what, count}], left, facts}}
     */
    JsonNode run(String who, JsonNode body) {
        Instant from = instant(body, "from", null);
        Instant to = instant(body, "to", Instant.parse("2100-01-01T00:00:00Z"));
        List<String> doors = new ArrayList<>();
        body.path("doors").forEach(door -> doors.add(door.asText()));
        boolean all = body.path("facts").asBoolean();
        if (doors.isEmpty() && !all) {
            throw refused("/", "填 doors 或 facts / name doors, or facts");
        }
        String reason = body.path("reason").asText();
        ObjectNode asked = body.deepCopy();
        asked.remove("reason");
        audit.write(who, "republish", null, reason, asked);
        RelayAgain.Tally tally = relay.again(from, to, doors);
        long published = all ? facts.again(from, to, HubClock.local(Instant.now())) : 0;
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode relayed = answer.putArray("relayed");
        tally.doors()
                .forEach((door, count) -> relayed.addObject().put("what", door).put("count", count));
        answer.put("left", tally.left()).put("facts", published);
        audit.write(who, "republish.done", null, reason, answer);
        return answer;
    }

    private static Instant instant(JsonNode body, String name, Instant unless) {
        try {
            return body.hasNonNull(name)
                    ? OffsetDateTime.parse(body.get(name).asText()).toInstant()
                    : unless;
        } catch (DateTimeException e) {
            throw refused("/" + name, "没有这个时刻 / there is no such instant");
        }
    }

    private static Refused refused(String path, String message) {
        return new Refused(Problem.of(
                422,
                "invalid-republish",
                "补发的要求不正确",
                "What to publish again is wrong",
                new Problem.Field(path, message)));
    }
}
