package songda.deadline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import songda.audit.Audit;
import songda.calendar.Almanac;

/**
 * Counts open deadlines again when {@code mappings/calendar/} is another than the one they were counted with: before the routes start,
 * so that nothing fires by a calendar that is past, and whenever the desk has it read again.
 */
@Component
public final class CalendarWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CalendarWatch.class);
    /** Those that ask the calendar; a provisional deadline is one of theirs. */
    private static final Set<DueRule> ASKING =
            EnumSet.of(DueRule.WORKING_DAYS, DueRule.ROUND, DueRule.THIS_ROUND, DueRule.SERVICE_HOURS);

    private final JdbcClient db;
    private final Almanac almanac;
    private final LadderVersions versions;
    private final Recount recount;
    private final Audit audit;
    private volatile boolean running;
    private String told;

    CalendarWatch(JdbcClient db, Almanac almanac, LadderVersions versions, Recount recount, Audit audit) {
        this.db = db;
        this.almanac = almanac;
        this.versions = versions;
        this.recount = recount;
        this.audit = audit;
    }

    @Override
    public void start() {
        recount("hub", "启动时日历已变 / the calendar was another at start");
        running = true;
    }

    /**
     * Reads the folder again.
     *
     * @return {@code {version, changed, years, recounted, moved, firingAtOnce}}
     * @throws IllegalArgumentException what is wrong in it, with file and line; the former calendar stays in force
     */
    public ObjectNode reload(String who, String reason) {
        almanac.reload();
        return recount(who, reason);
    }

    /** Another node has read its calendar again: this one does the same, and counts nothing twice. */
    @Scheduled(fixedDelayString = "PT10S")
    void follow() {
        try {
            String used = used();
            String mine = almanac.now().version();
            if (running && used != null && !used.equals(mine) && almanac.reload()) {
                mine = almanac.now().version();
            }
            if (running && used != null && !used.equals(mine) && !used.equals(told)) {
                told = used;
                LOG.warn("日历与别的节点所用的不同 / the calendar is not the one that another node uses: {} {}", mine, used);
            }
        } catch (DataAccessException | IllegalArgumentException e) {
            LOG.debug("the calendar is compared in ten seconds again: {}", e.toString());
        }
    }

    private String used() {
        return db.sql("select version from calendar_used")
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /**
     * Counts what is open by the calendar that is in force now, where it was counted by another.
     *
     * @return as {@link #reload}
     */
    public ObjectNode recount(String who, String reason) {
        String version = almanac.now().version();
        String used = used();
        Recount.Tally tally = new Recount.Tally(0, 0, 0, 0);
        if (used != null && !used.equals(version)) {
            Map<LadderVersions.Key, Ladder.Rung> pinned = new HashMap<>(versions.all());
            pinned.values().removeIf(rung -> !ASKING.contains(rung.calendar()));
            tally = recount.run(
                    pinned.keySet(), key -> new Recount.Target(key.version(), pinned.get(key)), almanac.now(), false);
            LOG.info(
                    "日历已变，{} 条时限重算，{} 条改期 / the calendar changed: {} deadlines counted again, {} moved",
                    tally.seen(),
                    tally.moved(),
                    tally.seen(),
                    tally.moved());
        }
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("version", version)
                .put("changed", used != null && !used.equals(version))
                .put("recounted", tally.seen())
                .put("moved", tally.moved())
                .put("firingAtOnce", tally.atOnce());
        almanac.now().years().forEach(answer.withArray("years")::add);
        // Whoever comes second, on another node, finds it done.
        if (used == null) {
            db.sql("insert into calendar_used (version) values (?) on conflict do nothing")
                    .param(version)
                    .update();
        } else if (db.sql("update calendar_used set version = ?, used_at = now() where version <> ?")
                        .params(version, version)
                        .update()
                > 0) {
            audit.write(who, "calendar.recount", null, reason, answer.deepCopy().put("before", used));
        }
        return answer;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before Camel. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
