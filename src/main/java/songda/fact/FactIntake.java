package songda.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import songda.deadletter.DeadLetters;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.failure.Unmappable;
import songda.person.BlindIndex;
import songda.signature.Caller;
import songda.signature.NonceStore;

/** {@code to: fact:record}: the body's facts, as one submission; afterwards the body says what became of them. */
@Component
public final class FactIntake {

    /** Exchange property: what the last recording said, for who replays a message. */
    public static final String SAID = "songda.said";

    private static final String PLACE = "fact:record";
    private static final String UNKNOWN = "no order known for %s: check the number, or replay when the order is there";
    private static final String UNMATCHED =
            "%s takes back an event that is not recorded: check the event, or replay when it is there";

    private final FactReader reader;
    private final SharedCommit shared;
    private final Ledger ledger;
    private final DeadLetters deadLetters;
    private final BlindIndex blind;

    FactIntake(FactReader reader, SharedCommit shared, Ledger ledger, DeadLetters deadLetters, BlindIndex blind) {
        this.blind = blind;
        this.reader = reader;
        this.shared = shared;
        this.ledger = ledger;
        this.deadLetters = deadLetters;
    }

    /**
     * @param caller who signed the request that carried the body
     * @param system who says so where nobody signed: the group of the route
     * @param canary the version whose mappings read the body, where that is not the one in force
     */
    public record Origin(
            Optional<Caller> caller,
            String system,
            String correlation,
            Optional<String> idempotencyKey,
            String door,
            Optional<Long> canary) {

        public Origin(
                Optional<Caller> caller,
                String system,
                String correlation,
                Optional<String> idempotencyKey,
                String door) {
            this(caller, system, correlation, idempotencyKey, door, Optional.empty());
        }
    }

    /** One reported fact under its sender's id. @param outcome RECORDED, DUPLICATE or SET_ASIDE */
    public record Said(String name, String source, String sourceId, String outcome) {}

    /** @param answer for the sender */
    public record Taken(ObjectNode answer, List<Said> said) {}

    /** @see #take(JsonNode, Origin) */
    public ObjectNode record(JsonNode body, Origin origin) {
        return take(body, origin).answer();
    }

    /**
     * @return for one fact {@code {orderNo?, recorded, duplicate}} with booleans, for an array {@code {recorded, duplicate, setAside}} with counts
     * @throws Refused 401, 409 or 422, with nothing written
     * @throws Unmappable when the only fact is about an unknown order
     */
    public Taken take(JsonNode body, Origin origin) {
        if (body.isArray()) {
            ArrayNode facts = JsonNodeFactory.instance.arrayNode();
            ArrayNode aside = JsonNodeFactory.instance.arrayNode();
            body.forEach(one -> (one.has("aside") ? aside : facts).add(one));
            Taken taken = take(facts, aside.size(), origin);
            // Afterwards: a list that is refused, or not recorded now, comes again as a whole.
            aside.forEach(one -> keepAside(one, origin));
            return taken;
        }
        return take(body, 0, origin);
    }

    private Taken take(JsonNode body, int aside, Origin origin) {
        String client = origin.caller().map(Caller::client).orElse("");
        List<NewFact> facts = new ArrayList<>();
        for (JsonNode one : body.isArray() ? body : List.of(body)) {
            facts.add(reader.read(one, origin.system(), client));
        }
        // Only a hash of the key is kept: it is the sender's text, and may say anything.
        Optional<String> key = origin.idempotencyKey().map(k -> HexFormat.of().formatHex(blind.ofText(k)));
        Submission submission = new Submission(facts, origin.caller(), key, origin.correlation(), origin.canary());
        // Inside a transaction (a due deadline) the recording belongs to it; otherwise it shares a commit with its
        // neighbours.
        List<Outcome> outcomes = TransactionSynchronizationManager.isActualTransactionActive()
                ? ledger.record(List.of(submission)).get(0)
                : shared.record(submission);
        ObjectNode answer = answer(outcomes, body, aside, origin);
        return new Taken(body.isArray() ? answer : single(answer, facts.get(0)), said(facts, outcomes));
    }

    private static List<Said> said(List<NewFact> facts, List<Outcome> outcomes) {
        List<Said> said = new ArrayList<>(facts.size());
        for (int i = 0; i < facts.size(); i++) {
            NewFact fact = facts.get(i);
            String outcome = outcomes.get(i) instanceof Outcome.Recorded
                    ? "RECORDED"
                    : outcomes.get(i) instanceof Outcome.SeenBefore ? "DUPLICATE" : "SET_ASIDE";
            said.add(new Said(fact.name(), fact.source(), fact.sourceId(), outcome));
        }
        return said;
    }

    private static ObjectNode single(ObjectNode counts, NewFact fact) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        fact.form().ifPresent(form -> answer.put("orderNo", form.orderNo()));
        return answer.put("recorded", counts.path("recorded").asInt() == 1)
                .put("duplicate", counts.path("duplicate").asInt() == 1);
    }

    private ObjectNode answer(List<Outcome> outcomes, JsonNode body, int already, Origin origin) {
        int recorded = 0;
        int duplicate = 0;
        int aside = already;
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (outcome instanceof Outcome.Recorded) {
                recorded++;
            } else if (outcome instanceof Outcome.SeenBefore) {
                duplicate++;
            } else if (outcome instanceof Outcome.UnknownSubject unknown) {
                aside++;
                setAside(unknown.fact(), UNKNOWN, body.isArray() ? body.get(i) : null, origin);
            } else if (outcome instanceof Outcome.NothingToRetract nothing) {
                aside++;
                setAside(nothing.fact(), UNMATCHED, body.isArray() ? body.get(i) : null, origin);
            } else {
                throw refused(outcome);
            }
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("recorded", recorded)
                .put("duplicate", duplicate)
                .put("setAside", aside);
    }

    /** One element of a list that its mapping could not take, see {@code mapping:…?each=}. */
    private void keepAside(JsonNode aside, Origin origin) {
        deadLetters.keep(new DeadLetters.Letter(
                DeadLetters.Kind.MESSAGE,
                aside.path("door").asText(),
                origin.system(),
                origin.caller().map(Caller::client).orElse(""),
                origin.correlation(),
                aside.path("aside").asText(),
                aside.path("place").asText(),
                aside.path("message").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private void setAside(NewFact fact, String why, JsonNode row, Origin origin) {
        Unmappable reason = new Unmappable(why.formatted(fact.name()), PLACE);
        // What the hub says itself is never set aside: it is about something that the hub knew.
        if (row == null
                || fact.about() instanceof NewFact.ById && origin.caller().isEmpty()) {
            throw reason;
        }
        deadLetters.keep(new DeadLetters.Letter(
                DeadLetters.Kind.FACT,
                origin.door(),
                origin.system(),
                "",
                origin.correlation(),
                reason.getMessage(),
                reason.place(),
                row.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static String wrongStage(Outcome.WrongStage wrong) {
        String rules = String.join("、", wrong.type().rules());
        return wrong.type().zh() + "只能在 " + new java.util.TreeSet<>(wrong.type().from()) + "，现为 " + wrong.stage() + "（"
                + rules + "） / only from these, the order is " + wrong.stage() + " (" + rules + ")";
    }

    private static Refused refused(Outcome outcome) {
        if (outcome instanceof Outcome.Conflict) {
            return new Refused(Problem.of(
                    409,
                    "order-conflict",
                    "订单号已用于另一份内容",
                    "Order number is taken by another body",
                    new Problem.Field("/orderNo", "换一个订单号，或按原内容重发 / use another number, or send the same body again")));
        } else if (outcome instanceof Outcome.WrongStage wrong) {
            return new Refused(Problem.of(
                    409,
                    "wrong-stage",
                    "订单已过了这一步",
                    "The order has passed the stage in which this can be",
                    new Problem.Field("/fact", wrongStage(wrong))));
        } else if (outcome instanceof Outcome.KeyReused) {
            return new Refused(Problem.of(
                    422,
                    "idempotency-key-reused",
                    "幂等键已用于另一份内容",
                    "Idempotency key was used with another body",
                    new Problem.Field("Idempotency-Key", "每个请求用一个新键 / use a new key for each request")));
        }
        return new Refused(NonceStore.REPLAYED);
    }
}
