package songda.deadline;

import static songda.clock.HubClock.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.audit.Audit;
import songda.calendar.Almanac;
import songda.calendar.Calendars;
import songda.fact.FactCatalogue;
import songda.fact.Steps;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.store.Sql;

/** What the desk may see of deadlines and do to them; every change has a reason and a line in {@code audit}. */
@Component
public final class DeadlineDesk {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SNAPSHOT = Sql.file("desk-snapshot");
    private static final String OPEN = Sql.file("desk-deadlines");
    private static final String DONE = Sql.file("desk-deadlines-done");
    private static final String ONE = Sql.file("desk-deadline");
    private static final String LOCK = Sql.file("desk-lock");
    private static final String OLDER = Sql.file("deadline-older");
    private static final Set<String> SETTLED = Set.of("FIRED", "CLOSED", "CANCELLED");
    private static final Map<String, String> CHANGES = Map.of(
            "pause", Sql.file("desk-pause"),
            "resume", Sql.file("desk-resume"),
            "cancel", Sql.file("desk-cancel"),
            "bring-forward", Sql.file("desk-bring-forward"));

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final Ladders ladders;
    private final LadderVersions versions;
    private final FactCatalogue catalogue;
    private final Steps steps;
    private final Almanac almanac;
    private final Recount recount;
    private final Audit audit;

    DeadlineDesk(
            JdbcTemplate db,
            TransactionTemplate transaction,
            Ladders ladders,
            LadderVersions versions,
            FactCatalogue catalogue,
            Steps steps,
            Almanac almanac,
            Recount recount,
            Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.ladders = ladders;
        this.versions = versions;
        this.catalogue = catalogue;
        this.steps = steps;
        this.almanac = almanac;
        this.recount = recount;
        this.audit = audit;
    }

    /**
     * Reads {@code routes/ladder/} again on this node; what is open keeps the text that it was opened with.
     *
     * @return {@code {changed, ladders}}: names of those that are another or new, and how many there are
     * @throws IllegalArgumentException what is wrong, with file and line; the former ladders stay in force
     */
    public ObjectNode reloadLadders(String who, String reason) {
        Map<String, String> before = ladders.versions();
        ladders.reload(catalogue, almanac.now(), steps::heard);
        versions.keep(ladders);
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        ArrayNode changed = read.putArray("changed");
        ladders.versions().forEach((name, version) -> {
            if (!version.equals(before.get(name))) {
                changed.add(name);
            }
        });
        read.put("ladders", ladders.names().size());
        audit.write(who, "ladders.reload", null, reason, read);
        return read;
    }

    /** A deadline's name outside: {@code <subject>-<id>}. */
    private record Id(long subject, long id) {

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
     * @param ladder or null: all
     * @param state or null: all that is open
     * @param orderNo or null: all
     * @param cursor {@code next} of the page before, or null
     * @return {@code {deadlines: [...], next}}
     */
    public ObjectNode list(String ladder, String state, String orderNo, String cursor, int limit) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("deadlines");
        Id after = cursor == null ? new Id(0, 0) : Id.of(cursor);
        long last = Long.MAX_VALUE;
        if (orderNo != null) {
            List<Long> subjects = db.queryForList(
                    "select id from orders where order_no = ? order by id limit 1", Long.class, orderNo);
            if (subjects.isEmpty()) {
                return page.putNull("next");
            }
            last = subjects.get(0);
            after = after.subject() == last ? after : new Id(last, 0);
        }
        String sql = state != null && SETTLED.contains(state) ? DONE : OPEN;
        List<ObjectNode> found = db.query(
                sql,
                (row, n) -> view(row),
                after.subject(),
                after.subject(),
                after.id(),
                last,
                ladder,
                ladder,
                state,
                state,
                limit + 1);
        found.stream().limit(limit).forEach(items::add);
        return page.put(
                "next", found.size() > limit ? items.get(limit - 1).path("id").asText() : null);
    }

    /** One deadline with what was done to it. */
    public ObjectNode show(String id) {
        return show(Id.of(id));
    }

    private ObjectNode show(Id id) {
        ObjectNode one = find(id);
        ArrayNode history = one.putArray("changes");
        db.query(
                "select at, who, what, reason from audit where subject = ? and detail ->> 'deadline' = ? order by audit.id",
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

    private ObjectNode find(Id id) {
        List<ObjectNode> found = db.query(ONE, (row, n) -> view(row), id.subject(), id.id());
        if (found.isEmpty()) {
            throw nothing();
        }
        return found.get(0);
    }

    /** Where an order stands and what is open, for a simulation; nobody's name. */
    public JsonNode snapshot(String orderNo) {
        List<String> found = db.queryForList(SNAPSHOT, String.class, orderNo);
        if (found.isEmpty()) {
            throw Refused.noSuchOrder();
        }
        try {
            return JSON.readTree(found.get(0));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param change pause, resume, cancel or bring-forward
     * @param at for bring-forward: to when, ISO 8601 with offset; null: now
     * @return the deadline as it is afterwards
     */
    public ObjectNode change(String who, String text, String change, String reason, String at) {
        Id id = Id.of(text);
        return transaction.execute(status -> {
            db.queryForList(LOCK, Long.class, id.subject(), id.subject());
            ObjectNode before = find(id);
            int changed = change.equals("bring-forward")
                    ? db.update(CHANGES.get(change), at, id.subject(), id.id())
                    : db.update(CHANGES.get(change), id.subject(), id.id());
            if (changed == 0) {
                throw notNow(before.path("state").asText());
            }
            ObjectNode detail = JsonNodeFactory.instance.objectNode().put("deadline", text);
            List.of("ladder", "rung", "due", "state").forEach(key -> detail.set(key, before.get(key)));
            audit.write(who, "deadline." + change, id.subject(), reason, detail);
            return show(id);
        });
    }

    /**
     * Moves what is open by an older text of a ladder to the one in force.
     *
     * @param dryRun only says what would become of them
     * @return {@code {ladder, version, dryRun, seen, moved, firingAtOnce, left}}
     */
    public ObjectNode migrate(String who, String name, String reason, boolean dryRun) {
        if (!ladders.names().contains(name)) {
            throw new Refused(Problem.of(
                    422,
                    "no-such-ladder",
                    "没有这个阶梯",
                    "No such ladder",
                    new Problem.Field("/ladder", "见 routes/ladder / see routes/ladder")));
        }
        Ladder ladder = ladders.get(name);
        Recount.Tally tally = moved(ladder, almanac.now(), dryRun);
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("ladder", name)
                .put("version", ladder.version())
                .put("dryRun", dryRun)
                .put("seen", tally.seen())
                .put("moved", tally.moved())
                .put("firingAtOnce", tally.atOnce())
                .put("left", tally.left());
        if (!dryRun) {
            audit.write(who, "deadline.migrate", null, reason, answer);
        }
        return answer;
    }

    private Recount.Tally moved(Ladder ladder, Calendars calendars, boolean dryRun) {
        Map<String, Recount.Target> targets = ladder.rungs().stream()
                .collect(Collectors.toMap(Ladder.Rung::name, rung -> new Recount.Target(ladder.version(), rung)));
        List<LadderVersions.Key> older = db.query(
                OLDER,
                (row, n) -> new LadderVersions.Key(ladder.name(), row.getString(1), row.getString(2)),
                ladder.name(),
                ladder.version());
        return recount.run(older, key -> targets.get(key.rung()), calendars, dryRun);
    }

    /**
     * What would become of what is open, if it were moved to another text of its ladder.
     *
     * @param others ladders that are not in force
     * @param calendars those that they would be counted by
     * @return {@code {ladder, seen, moved, firingAtOnce, left}}
     */
    public ObjectNode forecast(String name, Ladders others, Calendars calendars) {
        Recount.Tally tally = moved(others.get(name), calendars, true);
        return JsonNodeFactory.instance
                .objectNode()
                .put("ladder", name)
                .put("seen", tally.seen())
                .put("moved", tally.moved())
                .put("firingAtOnce", tally.atOnce())
                .put("left", tally.left());
    }

    private static ObjectNode view(ResultSet row) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", row.getLong("subject") + "-" + row.getLong("id"))
                .put("about", row.getString("about"))
                .put("ladder", row.getString("ladder"))
                .put("rung", row.getString("rung"))
                .put("version", row.getString("version"))
                .put("from", local(row.getTimestamp("from_at")))
                .put("due", local(row.getTimestamp("due_at")))
                .put("reports", row.getString("reports"))
                .put("coveredBy", row.getString("covered_by"))
                .put("provisional", row.getBoolean("provisional"))
                .put("byHand", row.getBoolean("by_hand"))
                .put("state", row.getString("state"))
                .put("openedAt", local(row.getTimestamp("opened_at")))
                .put("settledAt", local(row.getTimestamp("settled_at")));
    }

    private static Refused nothing() {
        return new Refused(Problem.of(
                404,
                "no-such-deadline",
                "没有这个时限",
                "No such deadline",
                new Problem.Field("id", "请核对编号 / check the id")));
    }

    private static Refused notNow(String state) {
        return new Refused(Problem.of(
                409,
                "deadline-state",
                "时限现在不能这样改",
                "The deadline cannot be changed like this now",
                new Problem.Field(
                        "id", "它的状态是 / its state is " + state + "；提前只能早于原定时刻 / it can only be brought forward")));
    }
}
