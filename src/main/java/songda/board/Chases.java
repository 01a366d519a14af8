package songda.board;

import static songda.clock.HubClock.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.directory.Contact;
import songda.directory.Directory;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.person.Mask;
import songda.store.Shared;
import songda.store.Sql;

/** What is chased: counted by county and age, listed oldest first, and who holds what until when; and whose facts contradict each other. */
@Component
final class Chases {

    private static final String COUNT = Sql.file("board-chases-count");
    private static final String PAGE = Sql.file("board-chases");
    private static final String LADDER = Sql.file("board-ladder");
    private static final String CONTRADICTIONS = Sql.file("board-contradictions");
    private static final int MOST = 100;
    private static final int MOST_CONTRADICTIONS = 50;
    private static final String FIRST = "1970-01-01T00:00:00Z~0";
    private final JdbcClient db;
    private final Directory directory;
    private final Shared<ObjectNode> overview = new Shared<>(this::count);

    Chases(JdbcClient db, Directory directory) {
        this.db = db;
        this.directory = directory;
    }

    /**
     * Counted once for all boards, and not again at once where there is much to count.
     *
     * @return {@code {counts: [{county, anomaly, receiptStage, days, chases}], ladder: [{anomaly, role, holder, name, chases, until}],
     *     contradictions: {many, oldest: [{id, orderNo, waybillNo, county, stage, receiptStage, anomaly, since}]}}}: days 3 is three and more
     */
    ObjectNode overview() {
        return overview.get();
    }

    private ObjectNode count() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode counts = all.putArray("counts");
        db.sql(COUNT).query(row -> {
            counts.addObject()
                    .put("county", row.getString("county"))
                    .put("anomaly", row.getString("anomaly"))
                    .put("receiptStage", row.getString("receipt_stage"))
                    .put("days", row.getInt("days"))
                    .put("chases", row.getLong("chases"));
        });
        ArrayNode ladder = all.putArray("ladder");
        db.sql(LADDER).query(row -> {
            holder(row, ladder.addObject())
                    .put("anomaly", row.getString("anomaly"))
                    .put("chases", row.getLong("chases"));
        });
        ObjectNode contradictions = all.putObject("contradictions").put("many", 0);
        ArrayNode oldest = contradictions.putArray("oldest");
        db.sql(CONTRADICTIONS).param(MOST_CONTRADICTIONS).query(row -> {
            contradictions.put("many", row.getLong("many"));
            oldest.add(order(row));
        });
        return all;
    }

    /**
     * @param cursor {@code next} of the page before, or null
     * @return {@code {chases: [{id, orderNo, …, since, next: {deadline, ladder, rung, due, reports, state}, holder, role, level, until, notedBy, notedAt}], next}}
     */
    ObjectNode page(String county, String anomaly, String receipt, String cursor) {
        String[] from = (cursor == null ? FIRST : cursor).split("~", 2);
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("county", county);
        wanted.put("anomaly", anomaly);
        wanted.put("receipt", receipt);
        wanted.put("since", instant(from[0]));
        wanted.put("after", from.length < 2 ? 0 : Long.parseLong(from[1]));
        wanted.put("limit", MOST + 1);
        List<ObjectNode> found =
                db.sql(PAGE).params(wanted).query((row, n) -> chase(row)).list();
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode chases = page.putArray("chases");
        found.stream().limit(MOST).forEach(chases::add);
        page.put(
                "next",
                found.size() > MOST ? chases.get(MOST - 1).path("cursor").asText() : null);
        return page;
    }

    private static Timestamp instant(String cursor) {
        try {
            return Timestamp.from(Instant.parse(cursor));
        } catch (DateTimeException e) {
            throw new Refused(Problem.of(
                    400,
                    "invalid-parameter",
                    "参数不正确",
                    "A parameter is wrong",
                    new Problem.Field("cursor", "用上一页给的值 / use what the page before gave")));
        }
    }

    private static ObjectNode order(ResultSet row) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", row.getString("id"))
                .put("orderNo", row.getString("order_no"))
                .put("waybillNo", row.getString("waybill_no"))
                .put("county", row.getString("county"))
                .put("stage", row.getString("stage"))
                .put("receiptStage", row.getString("receipt_stage"))
                .put("anomaly", row.getString("anomaly"))
                .put("since", local(row.getTimestamp("since")));
    }

    private ObjectNode chase(ResultSet row) throws SQLException {
        ObjectNode chase = order(row)
                .put("cursor", row.getTimestamp("since").toInstant() + "~" + row.getString("id"))
                .put("level", row.getString("level"))
                .put("notedBy", row.getString("noted_by"))
                .put("notedAt", local(row.getTimestamp("noted_at")));
        if (row.getString("deadline") != null) {
            chase.putObject("next")
                    .put("deadline", row.getString("deadline"))
                    .put("ladder", row.getString("ladder"))
                    .put("rung", row.getString("rung"))
                    .put("due", local(row.getTimestamp("due_at")))
                    .put("reports", row.getString("reports"))
                    .put("state", row.getString("deadline_state"));
        }
        return holder(row, chase);
    }

    /** A manager's name is masked like anybody's; who knows the directory knows the id. */
    private ObjectNode holder(ResultSet row, ObjectNode into) throws SQLException {
        String holder = row.getString("holder");
        Optional<Contact> contact =
                Optional.ofNullable(holder).flatMap(id -> directory.find(id.replaceFirst("^contact:", "")));
        return into.put("role", contact.map(Contact::role).orElse(null))
                .put("holder", holder)
                .put("name", contact.map(Contact::name).map(Mask::name).orElse(null))
                .put("until", local(row.getTimestamp("until")));
    }
}
