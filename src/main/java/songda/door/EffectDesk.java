package songda.door;

import static songda.clock.HubClock.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.audit.Audit;
import songda.fact.Bell;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.store.Sql;

/** What the desk may see of effects and do to them; every settling by hand has a reason and a line in {@code audit}. */
@Component
public final class EffectDesk {

    private static final String WAITING = Sql.file("desk-effects");
    private static final String OF_ORDER = Sql.file("desk-effects-order");
    private static final String LOCK = Sql.file("desk-lock");
    private static final String SETTLE = Sql.file("desk-effect-settle");
    private static final Map<String, String> STATES = Map.of("accepted", "ACCEPTED", "retry", "RETRY", "dead", "DEAD");
    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Bell bell;

    EffectDesk(JdbcTemplate db, TransactionTemplate transaction, Audit audit, Bell bell) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
        this.bell = bell;
    }

    /** An effect's name outside: {@code <subject>-<id>}. */
    private record Id(long subject, long id) {

        static final Id FIRST = new Id(0, 0);

        static Id of(String text) {
            try {
                String[] numbers = text.split("-", 2);
                return new Id(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw nothing();
            }
        }
    }

    /**
     * @param state or null: all of the order, or without one UNKNOWN and DEAD
     * @param door or null: all
     * @param orderNo or null: all that is UNKNOWN or DEAD
     * @param cursor {@code next} of the page before, or null
     * @return {@code {effects: [...], next}}
     */
    public ObjectNode list(String state, String door, String orderNo, String cursor, int limit) {
        Id after = cursor == null ? Id.FIRST : Id.of(cursor);
        return page(
                orderNo == null ? waiting(state, door, after, limit + 1) : of(orderNo, state, door, after, limit + 1),
                limit);
    }

    private List<ObjectNode> waiting(String state, String door, Id after, int most) {
        return db.query(WAITING, (row, n) -> view(row), after.subject(), after.id(), state, state, door, door, most);
    }

    private List<ObjectNode> of(String orderNo, String state, String door, Id after, int most) {
        List<Long> subjects =
                db.queryForList("select id from orders where order_no = ? order by id limit 1", Long.class, orderNo);
        return subjects.isEmpty()
                ? List.of()
                : db.query(
                        OF_ORDER, (row, n) -> view(row), subjects.get(0), after.id(), state, state, door, door, most);
    }

    private static ObjectNode page(List<ObjectNode> found, int limit) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("effects");
        found.stream().limit(limit).forEach(items::add);
        return page.put(
                "next", found.size() > limit ? items.get(limit - 1).path("id").asText() : null);
    }

    /** One effect with what was done to it by hand. */
    public ObjectNode show(String id) {
        return show(Id.of(id));
    }

    private ObjectNode show(Id id) {
        ObjectNode one =
                db.query(OF_ORDER, (row, n) -> view(row), id.subject(), id.id() - 1, null, null, null, null, 1).stream()
                        .filter(found -> found.path("id").asText().equals(id.subject() + "-" + id.id()))
                        .findFirst()
                        .orElseThrow(EffectDesk::nothing);
        ArrayNode history = one.putArray("changes");
        db.query(
                "select at, who, what, reason from audit where subject = ? and detail ->> 'effect' = ? order by audit.id",
                row -> {
                    history.addObject()
                            .put("at", local(row.getTimestamp(1)))
                            .put("who", row.getString(2))
                            .put("what", row.getString(3))
                            .put("reason", row.getString(4));
                },
                id.subject(),
                one.path("id").asText());
        return one;
    }

    /**
     * @param as accepted, retry or dead
     * @return the effect as it is afterwards
     */
    public ObjectNode settle(String who, String text, String as, String reason) {
        Id id = Id.of(text);
        ObjectNode settled = transaction.execute(status -> {
            db.queryForList(LOCK, Long.class, id.subject(), id.subject());
            ObjectNode before = show(id);
            if (db.queryForList(SETTLE, Long.class, STATES.get(as), id.subject(), id.id())
                    .isEmpty()) {
                throw notNow(before.path("state").asText());
            }
            ObjectNode detail =
                    JsonNodeFactory.instance.objectNode().put("effect", text).put("as", as);
            List.of("door", "state", "attempt").forEach(key -> detail.set(key, before.get(key)));
            audit.write(who, "effect.settle-" + as, id.subject(), reason, detail);
            return show(id);
        });
        bell.ring();
        return settled;
    }

    private static ObjectNode view(ResultSet row) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", row.getLong("subject") + "-" + row.getLong("id"))
                .put("about", row.getString("about"))
                .put("fact", row.getString("fact"))
                .put("door", row.getString("door"))
                .put("to", row.getString("addressee"))
                .put("state", row.getString("state"))
                .put("attempt", row.getInt("attempt"))
                .put("notThere", row.getInt("asked"))
                .put("reason", row.getString("reason"))
                .put("plannedAt", local(row.getTimestamp("planned_at")))
                .put("notBefore", local(row.getTimestamp("not_before")))
                .put("sentAt", local(row.getTimestamp("sent_at")))
                .put("changedAt", local(row.getTimestamp("changed_at")))
                .put("nextAt", local(row.getTimestamp("next_attempt_at")));
    }

    private static Refused nothing() {
        return new Refused(Problem.of(
                404, "no-such-effect", "没有这一项待办", "No such effect", new Problem.Field("id", "请核对编号 / check the id")));
    }

    private static Refused notNow(String state) {
        return new Refused(Problem.of(
                409,
                "effect-state",
                "待办现在不能人工了结",
                "The effect cannot be settled by hand now",
                new Problem.Field("id", "它的状态是 / its state is " + state)));
    }
}
