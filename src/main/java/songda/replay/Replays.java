package songda.replay;

import static songda.clock.HubClock.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.audit.Audit;
import songda.deadletter.Which;
import songda.store.Ids;
import songda.store.Sql;

/** What the desk may do with letters: replay one or many, drop them, and hold a bulk replay up; each with its reason. */
@Component
public final class Replays {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIED = 500;
    private static final String TAKEN = Sql.file("replay-taken");
    private static final String TAKE = Sql.file("replay-take");
    private static final String COUNT = Sql.file("replay-count");
    private static final String LETTERS = Sql.file("replay-letters");
    private static final String OPEN = Sql.file("replay-open");
    private static final String CHANGE = Sql.file("replay-change");
    private static final String LIST = Sql.file("replay-list");
    private static final String ONE = Sql.file("replay-one");
    private static final String DROP = Sql.file("letter-drop");
    private static final String DROP_ALL = Sql.file("letter-drop-all");

    /** What becomes of a job, and what it must be before. */
    private static final Map<String, Map.Entry<String, String>> CHANGES = Map.of(
            "pause", Map.entry("PAUSED", "RUNNING"),
            "resume", Map.entry("RUNNING", "PAUSED"),
            "cancel", Map.entry("CANCELLED", "RUNNING,PAUSED"));

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final LetterReplay replay;
    private final Audit audit;
    private final Ids ids;

    Replays(JdbcClient db, TransactionTemplate transaction, LetterReplay replay, Audit audit, Ids ids) {
        this.db = db;
        this.transaction = transaction;
        this.replay = replay;
        this.audit = audit;
        this.ids = ids;
    }

    /** @return what {@link LetterReplay} answers */
    public ObjectNode one(String who, String id, String reason, boolean dryRun) {
        ObjectNode answer = replay.run(id, LetterReplay.By.hand(who), dryRun).orElseThrow(Refusals::beingReplayed);
        answer.path("facts").forEach(fact -> ((ObjectNode) fact).remove("key"));
        if (!dryRun) {
            audit.write(
                    who,
                    "letter.replay",
                    null,
                    reason,
                    letter(id).put("outcome", answer.path("outcome").asText()));
        }
        return answer;
    }

    /** @return {@code {letters, tried, recorded, duplicate, failing, sends, suppressed, examples}}: what a replay of all these would do */
    public ObjectNode dryRun(Which which) {
        demandSome(which);
        List<Long> tried = db.sql(LETTERS)
                .params(which.parameters())
                .param("limit", TRIED)
                .query(Long.class)
                .list();
        Forecast forecast = new Forecast();
        tried.forEach(id ->
                replay.run(String.valueOf(id), LetterReplay.By.hand(""), true).ifPresent(forecast::add));
        return forecast.json(count(which), tried.size());
    }

    /**
     * @param count how many the desk says there are; another number is refused with the present one
     * @return the job
     */
    public ObjectNode start(String who, Which which, long count, int rate, String reason) {
        demandSome(which);
        long id = ids.next();
        transaction.executeWithoutResult(status -> {
            // One at a time: two jobs never have one letter.
            db.sql("lock table replay_job in share row exclusive mode").update();
            db.sql(TAKEN)
                    .params(which.parameters())
                    .query(Long.class)
                    .optional()
                    .ifPresent(job -> {
                        throw Refusals.inJob(job);
                    });
            int taken = db.sql(TAKE).params(which.parameters()).param("job", id).update();
            if (taken != count) {
                throw Refusals.count(taken);
            }
            db.sql(OPEN)
                    .params(id, which.json().toString(), taken, rate, who, reason)
                    .update();
            ObjectNode detail =
                    JsonNodeFactory.instance.objectNode().put("job", id).put("letters", taken);
            detail.set("which", which.json());
            audit.write(who, "replay.start", null, reason, detail);
        });
        return show(String.valueOf(id));
    }

    /** @param change pause, resume or cancel; after the answer nothing more is replayed that was not already being so */
    public ObjectNode change(String who, String id, String change, String reason) {
        var to = CHANGES.get(change);
        transaction.executeWithoutResult(status -> {
            int changed = db.sql(CHANGE)
                    .params(to.getKey(), to.getKey(), Long.parseLong(id), to.getValue())
                    .update();
            if (changed == 0) {
                throw Refusals.jobState(show(id).path("state").asText());
            }
            audit.write(
                    who,
                    "replay." + change,
                    null,
                    reason,
                    JsonNodeFactory.instance.objectNode().put("job", Long.parseLong(id)));
        });
        return show(id);
    }

    public ObjectNode show(String id) {
        return db.sql(ONE)
                .param(Long.parseLong(id))
                .query((row, n) -> job(row))
                .optional()
                .orElseThrow(Refusals::noSuchJob);
    }

    /** The last fifty. */
    public ObjectNode list() {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putArray("replays").addAll(db.sql(LIST).query((row, n) -> job(row)).list());
        return page;
    }

    /** The letter stays where it is; nobody replays it any more. */
    public ObjectNode drop(String who, String id, String reason) {
        transaction.executeWithoutResult(status -> {
            if (db.sql(DROP).params(who, Long.parseLong(id)).update() == 0) {
                String state = db.sql("select state from dead_letter where id = ?")
                        .param(Long.parseLong(id))
                        .query(String.class)
                        .optional()
                        .orElseThrow(Refusals::noSuchLetter);
                throw Refusals.notOpen(state, "");
            }
            audit.write(who, "letter.drop", null, reason, letter(id));
        });
        return JsonNodeFactory.instance.objectNode().put("dropped", 1);
    }

    /** @param count as for {@link #start} */
    public ObjectNode drop(String who, Which which, long count, String reason) {
        demandSome(which);
        return transaction.execute(status -> {
            db.sql(TAKEN)
                    .params(which.parameters())
                    .query(Long.class)
                    .optional()
                    .ifPresent(job -> {
                        throw Refusals.inJob(job);
                    });
            int dropped = db.sql(DROP_ALL)
                    .params(which.parameters())
                    .param("who", who)
                    .update();
            if (dropped != count) {
                throw Refusals.count(dropped);
            }
            ObjectNode detail = JsonNodeFactory.instance.objectNode().put("letters", dropped);
            detail.set("which", which.json());
            audit.write(who, "letters.drop", null, reason, detail);
            return JsonNodeFactory.instance.objectNode().put("dropped", dropped);
        });
    }

    /** How many of them are open. */
    public long count(Which which) {
        return db.sql(COUNT).params(which.parameters()).query(Long.class).single();
    }

    private static void demandSome(Which which) {
        if (which.isAll()) {
            throw Refusals.nothingNamed();
        }
    }

    private static ObjectNode letter(String id) {
        return JsonNodeFactory.instance.objectNode().put("letter", id);
    }

    private static ObjectNode job(ResultSet row) throws SQLException {
        try {
            ObjectNode job = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", row.getString("id"))
                    .put("state", row.getString("state"))
                    .put("letters", row.getInt("letters"))
                    .put("rate", row.getInt("rate"))
                    .put("replayed", row.getInt("replayed"))
                    .put("failed", row.getInt("failed"))
                    .put("left", row.getInt("left_over"))
                    .put("who", row.getString("who"))
                    .put("reason", row.getString("reason"))
                    .put("openedAt", local(row.getTimestamp("opened_at")))
                    .put("settledAt", local(row.getTimestamp("settled_at")));
            job.set("which", JSON.readTree(row.getString("which")));
            return job;
        } catch (JsonProcessingException e) {
            throw new SQLException(e);
        }
    }
}
