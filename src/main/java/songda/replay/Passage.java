package songda.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.fact.FactIntake;
import songda.store.Sql;

/** Says what the facts of a message owe, as it stands in the store: within the transaction that recorded them, or any time after. */
@Component
final class Passage {

    private static final String SAID = Sql.file("letter-said");
    private static final String OWED = Sql.file("letter-owed");
    private static final String OPENED = Sql.file("letter-opened");
    private final JdbcClient db;

    Passage(JdbcClient db) {
        this.db = db;
    }

    /** @return {@code [{fact, about, outcome, effects: [{door, to, state, action}], deadlines: [{ladder, rung, due}]}]} */
    ArrayNode describe(List<FactIntake.Said> said) {
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        said.forEach(one -> facts.add(describe(one)));
        return facts;
    }

    private ObjectNode describe(FactIntake.Said said) {
        ObjectNode fact = JsonNodeFactory.instance
                .objectNode()
                .put("fact", said.name())
                .putNull("about")
                .put("key", said.source() + '\n' + said.sourceId())
                .put("outcome", said.outcome());
        ArrayNode effects = fact.putArray("effects");
        ArrayNode deadlines = fact.putArray("deadlines");
        boolean fresh = said.outcome().equals("RECORDED");
        db.sql(SAID).params(said.source(), said.sourceId()).query(row -> {
            fact.put("about", row.getString("about"));
            List<Object> key = List.of(row.getLong("subject"), row.getLong("id"));
            effects.addAll(db.sql(OWED)
                    .params(key)
                    .query((effect, n) -> effect(effect, fresh))
                    .list());
            deadlines.addAll(
                    db.sql(OPENED).params(key).query((rung, n) -> rung(rung)).list());
        });
        return fact;
    }

    /** What a fact owes it owes once: of one that was known before, nothing is sent again. */
    private static ObjectNode effect(ResultSet row, boolean fresh) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("door", row.getString("door"))
                .put("to", row.getString("addressee"))
                .put("state", row.getString("state"))
                .put("action", fresh ? "SEND" : "SUPPRESSED");
    }

    private static ObjectNode rung(ResultSet row) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ladder", row.getString("ladder"))
                .put("rung", row.getString("rung"))
                .put("due", HubClock.local(row.getTimestamp("due_at").toInstant()));
    }
}
