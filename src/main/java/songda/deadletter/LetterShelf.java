package songda.deadletter;

import static songda.clock.HubClock.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.person.Sealer;
import songda.store.Sql;

/** What may be seen of dead letters: groups of one cause, letters, and how one is built; its bytes only on purpose. */
@Component
public final class LetterShelf {

    private static final String GROUPS = Sql.file("letter-groups");
    private static final String PAGE = Sql.file("letter-page");
    private static final String ONE = Sql.file("letter-one");
    private final JdbcClient db;
    private final Sealer sealer;

    LetterShelf(JdbcClient db, Sealer sealer) {
        this.db = db;
        this.sealer = sealer;
    }

    /** A letter with its bytes open; kept no longer than it is needed. */
    public record Opened(
            long id,
            DeadLetters.Kind kind,
            String door,
            String system,
            String client,
            String correlation,
            byte[] raw,
            ObjectNode view) {}

    /**
     * @param state OPEN, REPLAYED or DROPPED
     * @param cursor {@code next} of the page before, or null
     * @return {@code {count, groups: [...], letters: [...], next}}; letters are listed where {@code which} names a fingerprint
     */
    public ObjectNode list(Which which, String state, String cursor, int limit) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        List<ObjectNode> groups = db.sql(GROUPS)
                .param("state", state)
                .params(which.parameters())
                .query((row, n) -> group(row))
                .list();
        page.put(
                "count",
                groups.stream().mapToLong(g -> g.path("count").asLong()).sum());
        page.putArray("groups").addAll(groups);
        ArrayNode letters = page.putArray("letters");
        if (which.fingerprint() == null) {
            return page.putNull("next");
        }
        List<ObjectNode> found = db.sql(PAGE)
                .param("state", state)
                .param("after", cursor == null ? 0 : number(cursor))
                .params(which.parameters())
                .param("limit", limit + 1)
                .query((row, n) -> letter(row))
                .list();
        found.stream().limit(limit).forEach(letters::add);
        return page.put(
                "next", found.size() > limit ? letters.get(limit - 1).path("id").asText() : null);
    }

    /** One letter with a preview in which nobody can be recognised, and with what was done to it. */
    public ObjectNode show(String id) {
        Opened letter = open(id);
        letter.view().set("preview", Preview.of(letter.raw()));
        ArrayNode history = letter.view().putArray("changes");
        db.sql(
                        "select at, who, what, reason from audit where what like 'letter.%' and detail ->> 'letter' = ? order by audit.id")
                .param(id)
                .query(row -> {
                    history.addObject()
                            .put("at", local(row.getTimestamp(1)))
                            .put("who", row.getString(2))
                            .put("what", row.getString(3))
                            .put("reason", row.getString(4));
                });
        return letter.view();
    }

    /** @return {@code {id, size, complete, text}}, or {@code base64} where it is no text */
    public ObjectNode reveal(String id) {
        Opened letter = open(id);
        ObjectNode bare = JsonNodeFactory.instance.objectNode().put("id", id);
        bare.set("size", letter.view().get("size"));
        bare.set("complete", letter.view().get("complete"));
        try {
            return bare.put(
                    "text",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(letter.raw()))
                            .toString());
        } catch (CharacterCodingException e) {
            return bare.put("base64", Base64.getEncoder().encodeToString(letter.raw()));
        }
    }

    /** @throws Refused 404 */
    public Opened open(String id) {
        return db.sql(ONE)
                .param(number(id))
                .query((row, n) -> opened(row))
                .optional()
                .orElseThrow(LetterShelf::nothing);
    }

    private Opened opened(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        byte[] raw = sealer.openBytes(row.getBytes("raw"), DeadLetters.COLUMN, id);
        ObjectNode view = letter(row);
        // Letters from before these columns.
        if (view.path("size").isNull()) {
            view.put("size", raw.length).put("sha256", HexFormat.of().formatHex(DeadLetters.sha256(raw)));
        }
        view.put("complete", view.path("size").asInt() == raw.length);
        return new Opened(
                id,
                DeadLetters.Kind.valueOf(row.getString("kind")),
                row.getString("door"),
                row.getString("system"),
                row.getString("client"),
                row.getString("correlation"),
                raw,
                view);
    }

    private static ObjectNode group(ResultSet row) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("fingerprint", row.getString("fingerprint"))
                .put("count", row.getLong("letters"))
                .put("reason", row.getString("reason"))
                .put("place", row.getString("place"))
                .put("door", row.getString("door"))
                .put("system", row.getString("system"))
                .put("kind", row.getString("kind"))
                .put("firstSeen", local(row.getTimestamp("first_seen")))
                .put("lastSeen", local(row.getTimestamp("last_seen")));
    }

    private static ObjectNode letter(ResultSet row) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", row.getString("id"))
                .put("kind", row.getString("kind"))
                .put("state", row.getString("state"))
                .put("door", row.getString("door"))
                .put("system", row.getString("system"))
                .put("client", row.getString("client"))
                .put("correlation", row.getString("correlation"))
                .put("reason", row.getString("reason"))
                .put("place", row.getString("place"))
                .put("fingerprint", row.getString("fingerprint"))
                .put("size", row.getObject("size", Integer.class))
                .put("sha256", row.getString("sha256"))
                .put("arrivedAt", local(row.getTimestamp("arrived_at")))
                .put("attempts", row.getInt("attempts"))
                .put("changedAt", local(row.getTimestamp("changed_at")))
                .put("changedBy", row.getString("changed_by"))
                .put("job", row.getString("job"));
    }

    private static long number(String id) {
        return Long.parseLong(id);
    }

    private static Refused nothing() {
        return new Refused(Problem.of(
                404,
                "no-such-letter",
                "没有这封死信",
                "No such dead letter",
                new Problem.Field("id", "请核对编号 / check the number")));
    }
}
