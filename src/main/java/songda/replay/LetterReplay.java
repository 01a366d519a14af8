package songda.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.deadletter.DeadLetters;
import songda.deadletter.LetterShelf;
import songda.fact.FactIntake;
import songda.store.Sql;

/**
 * One letter, once more. Its row is locked, its facts are recorded and its row is settled in one transaction: of two replays at once
 * one wins, and nothing is half done whatever stops. A dry run is the same, rolled back.
 */
@Component
final class LetterReplay {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOCK = Sql.file("letter-lock");
    private static final String REPLAYED = Sql.file("letter-replayed");
    private static final String FAILED = Sql.file("letter-failed");
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final LetterShelf shelf;
    private final FactIntake intake;
    private final Passage passage;
    private final Doors doors;

    LetterReplay(
            JdbcClient db,
            TransactionTemplate transaction,
            LetterShelf shelf,
            FactIntake intake,
            Passage passage,
            Doors doors) {
        this.db = db;
        this.transaction = transaction;
        this.shelf = shelf;
        this.intake = intake;
        this.passage = passage;
        this.doors = doors;
    }

    /**
     * Who replays, and in which bulk.
     *
     * @param job or null
     * @param progress counts the letter within its transaction; false: the bulk does not want it any more
     */
    record By(String who, Long job, Progress progress) {

        static By hand(String who) {
            return new By(who, null, replayed -> true);
        }
    }

    interface Progress {
        boolean count(boolean replayed);
    }

    /** What a letter's row said when it was locked. */
    private record Row(String state, DeadLetters.Kind kind, String door, int attempts, String changedBy) {}

    /**
     * @return {@code {id, dryRun, outcome: REPLAYED or FAILED, reason, facts}}; empty where the bulk did not want it any more
     * @throws songda.failure.Refused 404 or 409: nothing was tried
     * @throws RuntimeException the database was away; nothing was written, nothing counted
     */
    Optional<ObjectNode> run(String id, By by, boolean dryRun) {
        AtomicReference<Row> row = new AtomicReference<>();
        try {
            return Optional.ofNullable(transaction.execute(status -> {
                row.set(lock(id));
                ArrayNode facts = passage.describe(through(shelf.open(id)));
                if (dryRun || !settle(id, by)) {
                    status.setRollbackOnly();
                    return dryRun ? answer(id, true, null, facts) : null;
                }
                return answer(id, false, null, facts);
            }));
        } catch (RuntimeException e) {
            Failure why = row.get() == null ? null : Failure.of(e, row.get().door());
            if (why == null) {
                throw e;
            }
            return dryRun || failed(id, by, why, row.get())
                    ? Optional.of(answer(id, dryRun, why, JsonNodeFactory.instance.arrayNode()))
                    : Optional.empty();
        }
    }

    /** @throws songda.failure.Refused 409 where it is not open, or somebody has it at this moment */
    private Row lock(String id) {
        Row row = db.sql(LOCK)
                .param(Long.parseLong(id))
                .query((r, n) -> new Row(
                        r.getString("state"),
                        DeadLetters.Kind.valueOf(r.getString("kind")),
                        r.getString("door"),
                        r.getInt("attempts"),
                        r.getString("changed_by")))
                .optional()
                .orElseThrow(() -> isThere(id) ? Refusals.beingReplayed() : Refusals.noSuchLetter());
        if (!row.state().equals("OPEN")) {
            throw Refusals.notOpen(row.state(), row.changedBy());
        }
        boolean passable = row.kind() == DeadLetters.Kind.FACT
                || row.kind() == DeadLetters.Kind.MESSAGE && doors.receives(row.door());
        if (!passable) {
            throw Refusals.notReplayable();
        }
        return row;
    }

    private boolean isThere(String id) {
        return db.sql("select exists (select from dead_letter where id = ?)")
                .param(Long.parseLong(id))
                .query(Boolean.class)
                .single();
    }

    private List<FactIntake.Said> through(LetterShelf.Opened letter) {
        return letter.kind() == DeadLetters.Kind.FACT ? asFact(letter) : doors.through(letter);
    }

    private List<FactIntake.Said> asFact(LetterShelf.Opened letter) {
        try {
            FactIntake.Origin origin = new FactIntake.Origin(
                    Optional.empty(), letter.system(), letter.correlation(), Optional.empty(), letter.door());
            return intake.take(JSON.readTree(new String(letter.raw(), java.nio.charset.StandardCharsets.UTF_8)), origin)
                    .said();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mapped fact that cannot be read", e);
        }
    }

    private boolean settle(String id, By by) {
        db.sql(REPLAYED)
                .params(java.util.Arrays.asList(by.who(), by.job(), Long.parseLong(id)))
                .update();
        return by.progress().count(true);
    }

    private boolean failed(String id, By by, Failure why, Row before) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            int written = db.sql(FAILED)
                    .params(
                            by.who(),
                            why.reason(),
                            why.place(),
                            DeadLetters.fingerprint(before.door(), why.place(), why.reason()),
                            Long.parseLong(id),
                            before.attempts())
                    .update();
            boolean counted = written > 0 && by.progress().count(false);
            if (!counted) {
                status.setRollbackOnly();
            }
            return counted;
        }));
    }

    private static ObjectNode answer(String id, boolean dryRun, Failure why, ArrayNode facts) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("dryRun", dryRun)
                .put("outcome", why == null ? "REPLAYED" : "FAILED")
                .put("reason", why == null ? null : why.reason());
        answer.set("facts", facts);
        return answer;
    }
}
