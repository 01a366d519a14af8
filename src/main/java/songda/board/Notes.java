package songda.board;

import static songda.clock.HubClock.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.audit.Audit;
import songda.fact.FactIntake;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.store.Sql;

/** What people do about one order: take note, write a remark, report a fact. Each is a line of the audit, which nobody changes. */
@Component
final class Notes {

    private static final String NOTES = Sql.file("board-notes");
    private static final String DOOR = "desk-receive-event";
    /** What may be said by hand at the board, with what it means. */
    private static final Map<String, JsonNode> SAID = Map.of(
            "callback-done", fact("callback.done", "outcome", "REACHED"),
            "contact-failed", fact("callback.done", "outcome", "NOT_REACHED"),
            "receipt-wrong", fact("receipt.wrong", "status", "FOUND_WRONG"));

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final FactIntake intake;

    Notes(JdbcTemplate db, TransactionTemplate transaction, Audit audit, FactIntake intake) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
        this.intake = intake;
    }

    private static JsonNode fact(String name, String field, String value) {
        ObjectNode fact = JsonNodeFactory.instance.objectNode().put("fact", name);
        fact.putObject("data").put(field, value);
        return fact;
    }

    /** Newest first. */
    ArrayNode of(long order) {
        ArrayNode notes = JsonNodeFactory.instance.arrayNode();
        db.query(
                NOTES,
                row -> {
                    notes.addObject()
                            .put("id", row.getString("id"))
                            .put("at", local(row.getTimestamp("at")))
                            .put("who", row.getString("who"))
                            .put("what", row.getString("what"))
                            .put("reason", row.getString("reason"));
                },
                order);
        return notes;
    }

    void write(Desk desk, long order, String text) {
        stand(order);
        audit.write(desk.name(), "order.note", order, text, JsonNodeFactory.instance.objectNode());
    }

    /** Counts for the order as it stands: at the next level it has to be taken note of again. */
    void acknowledge(Desk desk, long order, String reason) {
        audit.write(desk.name(), "chase.acknowledge", order, reason, stand(order));
    }

    /** @throws Refused 404 */
    private ObjectNode stand(long order) {
        List<ObjectNode> found = db.query(
                "select anomaly, receipt_stage from orders where id = ?",
                (row, n) -> JsonNodeFactory.instance
                        .objectNode()
                        .put("anomaly", row.getString(1))
                        .put("receiptStage", row.getString(2)),
                order);
        return found.stream().findFirst().orElseThrow(Refused::noSuchOrder);
    }

    /**
     * The fact and who said it, in one transaction; it is recorded as any system's is, and its steps follow.
     *
     * @param key made by the page once for each form: the same sent twice is one fact
     * @return what {@link FactIntake} answers
     */
    JsonNode report(Desk desk, long order, String said, UUID key, String reason) {
        if (!SAID.containsKey(said)) {
            throw new Refused(Problem.of(
                    422,
                    "invalid-fact",
                    "值班台不能报告这个事实",
                    "The board does not report this fact",
                    new Problem.Field(
                            "said",
                            "写其中之一 / write one of "
                                    + SAID.keySet().stream().sorted().toList())));
        }
        ObjectNode fact = SAID.get(said).deepCopy();
        fact.put("event", "board/" + key).putObject("about").put("subjectId", order);
        FactIntake.Origin origin =
                new FactIntake.Origin(Optional.empty(), "desk", "board-" + key, Optional.empty(), DOOR);
        return transaction.execute(status -> {
            stand(order);
            JsonNode answer = intake.record(fact, origin);
            if (answer.path("recorded").asBoolean()) {
                audit.write(
                        desk.name(),
                        "fact.by-hand",
                        order,
                        reason,
                        fact.deepCopy().without("about"));
            }
            return answer;
        });
    }
}
