package songda.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;
import songda.check.Finding;
import songda.deadline.Audit;
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
    private final CalendarWatch calendar;
    private final Audit audit;
    private final JdbcTemplate db;
    private final Failures failures;
    private final Path laid;
    private final Duration limit;

    Applying(
            JdbcTemplate db,
            DataSource database,
            TransactionTemplate transaction,
            Turn turn,
            CalendarWatch calendar,
            Audit audit,
            Failures failures,
            @Value("${songda.data:data}") Path data,
            @Value("${songda.config.check-limit:PT60S}") Duration limit) {
        this.db = db;
        this.shelf = new Shelf(db);
        this.one = new OneAtATime(database);
        this.transaction = transaction;
        this.turn = turn;
        this.calendar = calendar;
        this.audit = audit;
        this.failures = failures;
        this.laid = ConfigurationStart.laid(data);
        this.limit = limit;
    }

    /**
     * A version that this node has just put in force.
     *
     * @param base the one before it
     * @param before when its change began
     */
    record Switched(long number, long base, Failures.Mark before) {}

    private volatile Consumer<Switched> listener = switched -> {};

    void listen(Consumer<Switched> listener) {
        this.listener = listener;
    }

    /** @param version the one that runs now; @param unchanged there was nothing to do */
    record Done(long version, Changes changes, boolean unchanged) {}

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
        Changes changes = active.map(before -> shelf.load(before.number()))
                .orElseGet(() -> new Configuration(Map.of()))
                .to(mine);
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
     * @throws Refused why not, and what to do
     * @throws DataAccessException the database was away before anything was switched
     */
    Done apply(String who, String reason, Configuration next) {
        return one.alone(() -> applied(who, reason, next)).orElseThrow(Refusals::beingChanged);
    }

    private Done applied(String who, String reason, Configuration next) {
        Running former = current();
        Changes changes = shelf.load(former.number()).to(next);
        if (changes.count() == 0) {
            return new Done(former.number(), changes, true);
        }
        Failures.Mark before = failures.mark();
        Folder folder = examined(next, changes, laid);
        try {
            long number = switched(who, reason, next, changes, folder);
            listener.accept(new Switched(number, former.number(), before));
            return new Done(number, changes, false);
        } catch (RuntimeException e) {
            discard(folder);
            throw e;
        }
    }

    /**
     * Puts a version back that ran a moment ago, unless another one has come meanwhile.
     *
     * @return false where nothing was done
     * @throws Refused why not
     */
    boolean undo(long bad, long good, String reason) {
        return one.alone(() -> {
                    if (current().number() != bad) {
                        return false;
                    }
                    Configuration next = shelf.load(good);
                    Changes changes = shelf.load(bad).to(next);
                    switched("hub", reason, next, changes, next.lay(laid));
                    return true;
                })
                .orElseThrow(Refusals::beingChanged);
    }

    /**
     * Lays it out and looks at it as {@code songda check} does.
     *
     * @throws Refused every line of the check
     */
    private Folder examined(Configuration next, Changes changes, Path into) {
        if (!changes.atAStart().isEmpty()) {
            throw Refusals.atAStart(changes.atAStart());
        }
        Folder folder = next.lay(into);
        List<Finding> errors = Examination.whole(folder.routes(), folder.mappings(), limit).stream()
                .filter(Finding::error)
                .toList();
        if (!errors.isEmpty()) {
            Refused refused = Refusals.faulty(errors, folder);
            discard(folder);
            throw refused;
        }
        return folder;
    }

    /**
     * Only looks: in a folder of its own, gone afterwards.
     *
     * @throws Refused every line of the check
     */
    <T> T looked(Configuration next, Changes changes, Function<Folder, T> look) {
        Path own = laid.resolve("look-" + UUID.randomUUID());
        try {
            return look.apply(examined(next, changes, own));
        } finally {
            delete(own);
        }
    }

    /** Another version may lie in the same folder, and run. */
    private void discard(Folder folder) {
        if (!folder.equals(turn.running().folder())) {
            delete(folder.routes().getParent());
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What runs here is what is in force: else a change would be counted from the wrong files. */
    private Running current() {
        Running mine = turn.running();
        long active = shelf.active().map(Version::number).orElse(0L);
        if (active != mine.number()) {
            throw Refusals.notFollowed(mine.number(), active);
        }
        return mine;
    }

    private long switched(String who, String reason, Configuration next, Changes changes, Folder folder) {
        Running former = turn.running();
        long number = transaction.execute(status -> shelf.propose(next, changes, former.number(), who, reason));
        try {
            turn.to(new Running(number, next.digest(), folder));
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
                ObjectNode detail = changes.json().put("version", number).put("base", former.number());
                audit.write(who, "configuration.apply", null, reason, detail);
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
        return number;
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
        Changes changes = shelf.load(mine.number()).to(next);
        if (!changes.atAStart().isEmpty()) {
            return "重启后才能生效 / counts after a restart: " + String.join(", ", changes.atAStart());
        }
        try {
            turn.to(new Running(active.number(), active.digest(), next.lay(laid)));
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
