package songda.configuration;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import songda.audit.Audit;
import songda.deadline.CalendarWatch;
import songda.failure.Refused;

/**
 * Brings this node, and through the database every other, from one version to the next. A version is stored before it is switched to and counts once it has
 * been: so whatever fails in between, the facts of that moment name files that are there, and the former version is the one in force.
 */
@Component
final class Applying {

    private static final Logger LOG = LoggerFactory.getLogger(Applying.class);
    private final Shelf shelf;
    private final TransactionTemplate transaction;
    private final OneAtATime one;
    private final Turn turn;
    private final Examiner examiner;
    private final CalendarWatch calendar;
    private final Audit audit;
    private final JdbcTemplate db;
    private final Failures failures;

    Applying(
            JdbcTemplate db,
            DataSource database,
            TransactionTemplate transaction,
            Turn turn,
            Examiner examiner,
            CalendarWatch calendar,
            Audit audit,
            Failures failures) {
        this.db = db;
        this.shelf = new Shelf(db);
        this.one = new OneAtATime(database);
        this.transaction = transaction;
        this.turn = turn;
        this.examiner = examiner;
        this.calendar = calendar;
        this.audit = audit;
        this.failures = failures;
    }

    /**
     * A version that this node has just put in force, for all messages or some.
     *
     * @param base the one before it
     * @param before when its change began
     * @param canary for some
     */
    record Switched(long number, long base, Failures.Mark before, boolean canary) {}

    private volatile Consumer<Switched> listener = switched -> {};

    void listen(Consumer<Switched> listener) {
        this.listener = listener;
    }

    /** What failed until now. */
    Failures.Mark mark() {
        return failures.mark();
    }

    void tell(Switched switched) {
        listener.accept(switched);
    }

    /** @param version the one that runs now; @param unchanged there was nothing to do; @param canary the one that some messages use, or null */
    record Done(long version, Changes changes, boolean unchanged, Long canary) {}

    /** Before a route runs: says which version the folder is that was loaded, and keeps it where it is none yet. */
    void start(Folder folder) {
        Configuration mine = Configuration.read(folder.routes(), folder.mappings());
        turn.started(new Running(
                transaction.execute(status -> {
                    db.query("select pg_advisory_xact_lock(?)", row -> {}, OneAtATime.KEY);
                    return number(mine);
                }),
                mine.digest(),
                folder));
    }

    private long number(Configuration mine) {
        Optional<Version> active = shelf.active();
        if (active.isPresent() && active.get().digest().equals(mine.digest())) {
            return active.get().number();
        }
        Changes changes = active.map(before -> shelf.changes(before.number(), mine))
                .orElseGet(() -> Changes.between(Map.of(), mine.hashes()));
        long number = shelf.propose(
                mine,
                changes,
                active.map(Version::number).orElse(null),
                "hub",
                active.isEmpty() ? "第一次启动 / the first start" : "启动时取自磁盘 / taken from the disk at a start");
        shelf.activate(number);
        LOG.info(
                "配置版本 {}，{} 个文件 / configuration {}, {} files",
                number,
                mine.hashes().size(),
                number,
                mine.hashes().size());
        return number;
    }

    /**
     * Tries it, switches to it and records it, or leaves everything as it is.
     *
     * @param despite what else would stop it
     * @throws Refused why not, and what to do
     * @throws DataAccessException the database was away before anything was switched
     */
    Done apply(String who, String reason, Configuration next, Despite despite) {
        return alone(() -> applied(who, reason, next, despite));
    }

    /** @throws Refused somebody else is changing it, on whichever node */
    <T> T alone(Supplier<T> change) {
        return one.alone(change).orElseThrow(Refusals::beingChanged);
    }

    private Done applied(String who, String reason, Configuration next, Despite despite) {
        return changed(next, changes -> {}, despite, change -> {
            long number = switched(who, reason, next, change.changes(), change.tried());
            tell(new Switched(number, change.base(), change.before(), false));
            return new Done(number, change.changes(), false, null);
        });
    }

    /** @param base the version that runs; @param before when it began */
    record Change(long base, Changes changes, Failures.Mark before, Examiner.Tried tried) {}

    /**
     * Where there is something to do: tries it, then does what the caller wants. Only {@link #alone}.
     *
     * @param may throws why these changes may not be made in this way
     */
    Done changed(Configuration next, Consumer<Changes> may, Despite despite, Function<Change, Done> use) {
        Running former = current();
        shelf.canary().ifPresent(canary -> {
            throw Refusals.canaryUnderWay(canary.number());
        });
        Changes changes = shelf.changes(former.number(), next);
        if (changes.count() == 0) {
            return new Done(former.number(), changes, true, null);
        }
        may.accept(changes);
        Failures.Mark before = failures.mark();
        return examiner.tried(
                next, changes, despite, tried -> use.apply(new Change(former.number(), changes, before, tried)));
    }

    /**
     * Puts a version back that ran a moment ago, unless another one has come meanwhile.
     *
     * @return false where nothing was done
     * @throws Refused why not
     */
    boolean undo(long bad, long good, String reason) {
        return alone(() -> {
            if (current().number() != bad) {
                return false;
            }
            Configuration next = shelf.load(good);
            switched("hub", reason, next, shelf.changes(bad, next), examiner.read(next));
            return true;
        });
    }

    /** What runs here is what is in force: else a change would be counted from the wrong files. */
    Running current() {
        Running mine = turn.running();
        long active = shelf.active().map(Version::number).orElse(0L);
        if (active != mine.number()) {
            throw Refusals.notFollowed(mine.number(), active);
        }
        return mine;
    }

    private long switched(String who, String reason, Configuration next, Changes changes, Examiner.Tried tried) {
        long base = turn.running().number();
        long number = transaction.execute(status -> shelf.propose(next, changes, base, who, reason));
        inForce(
                who,
                reason,
                new Running(number, next.digest(), tried.folder()),
                tried.beside(),
                changes,
                "configuration.apply");
        return number;
    }

    /** Switches, records and tells; where one fails all is as before. */
    void inForce(String who, String reason, Running next, Parts.Beside beside, Changes changes, String what) {
        Running former = turn.running();
        long number = next.number();
        try {
            turn.to(next, beside);
        } catch (Turn.Failed e) {
            LOG.error(
                    "配置版本 {} 装不上，仍用 {} / configuration {} cannot be loaded, {} runs on: {}",
                    number,
                    former.number(),
                    number,
                    former.number(),
                    e.getMessage());
            failed(number, e.getMessage());
            throw Refusals.notSwitched(e.getMessage());
        }
        try {
            transaction.executeWithoutResult(status -> {
                shelf.activate(number);
                audited(who, what, reason, changes, number, former.number());
            });
        } catch (DataAccessException | TransactionException e) {
            back(former);
            failed(number, "没有记下 / could not be recorded");
            throw Refusals.notRecorded(former.number());
        }
        LOG.info(
                "配置版本 {} 已生效，{} 个文件不同 / configuration {} is in force, {} files differ",
                number,
                changes.count(),
                number,
                changes.count());
        recount(who, reason);
    }

    private void back(Running former) {
        try {
            turn.to(former);
        } catch (Turn.Failed e) {
            LOG.error(
                    "退不回配置版本 {} / cannot go back to configuration {}: {}",
                    former.number(),
                    former.number(),
                    e.getMessage());
            throw Refusals.notSwitched(e.getMessage() + " 请重启本节点 / restart this node");
        }
    }

    void audited(String who, String what, String reason, Changes changes, long version, long base) {
        audit.write(
                who, what, null, reason, changes.json().put("version", version).put("base", base));
    }

    private void failed(long number, String why) {
        try {
            shelf.fail(number, why);
        } catch (DataAccessException away) {
            LOG.warn("版本 {} 仍记作 PROPOSED：数据库没有应答 / version {} stays PROPOSED: the database is away", number, number);
        }
    }

    /** What is open and asks the calendar is counted again where that is another. */
    private void recount(String who, String reason) {
        try {
            calendar.recount(who, reason);
        } catch (DataAccessException away) {
            LOG.warn("时限还没有按新日历重算，下次启动时会做 / deadlines are not counted by the new calendar yet, the next start does it");
        }
    }

    /**
     * Comes after another node, where that has switched.
     *
     * @return why this node cannot, or null
     */
    String follow() {
        Running mine = turn.running();
        Version active = shelf.active().orElseThrow();
        if (active.number() <= mine.number()) {
            return null;
        }
        Configuration next = shelf.load(active.number());
        Changes changes = shelf.changes(mine.number(), next);
        if (!changes.atAStart().isEmpty()) {
            return "重启后才能生效 / counts after a restart: " + String.join(", ", changes.atAStart());
        }
        try {
            turn.to(new Running(active.number(), active.digest(), examiner.lay(next)));
        } catch (Turn.Failed | UncheckedIOException e) {
            return e.getMessage();
        }
        LOG.info("跟上配置版本 {} / followed to configuration {}", active.number(), active.number());
        recount("hub", active.reason());
        return null;
    }

    Shelf shelf() {
        return shelf;
    }
}
