package songda.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
import songda.check.DryRun;
import songda.check.Finding;
import songda.deadline.Audit;
import songda.deadline.CalendarWatch;
import songda.failure.Refused;
import songda.mapping.Canary;
import songda.mapping.MappingBroken;
import songda.mapping.Mappings;

/**
 * Brings this node, and through the database every other, from one version to the next. A version is stored before it is switched to and counts once it has
 * been: so whatever fails in between, the facts of that moment name files that are there, and the former version is the one in force.
 */
@Component
final class Applying {

    private static final Logger LOG = LoggerFactory.getLogger(Applying.class);
    /** {@code <system>/<name>} */
    private static final Pattern FOLDER = Pattern.compile("^[^/]+/[^/]+(?=/)");

    private final Shelf shelf;
    private final TransactionTemplate transaction;
    private final OneAtATime one;
    private final Turn turn;
    private final Parts parts;
    private final Foretaste foretaste;
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
            Parts parts,
            Foretaste foretaste,
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
        this.parts = parts;
        this.foretaste = foretaste;
        this.calendar = calendar;
        this.audit = audit;
        this.failures = failures;
        this.laid = ConfigurationStart.laid(data);
        this.limit = limit;
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
     * @param despite what of the messages of late would fail
     * @throws Refused why not, and what to do
     * @throws DataAccessException the database was away before anything was switched
     */
    Done apply(String who, String reason, Configuration next, boolean despite) {
        return one.alone(() -> applied(who, reason, next, despite)).orElseThrow(Refusals::beingChanged);
    }

    private Done applied(String who, String reason, Configuration next, boolean despite) {
        Running former = current();
        noCanary();
        Changes changes = shelf.load(former.number()).to(next);
        if (changes.count() == 0) {
            return new Done(former.number(), changes, true, null);
        }
        Failures.Mark before = failures.mark();
        Folder folder = examined(next, changes, laid);
        try {
            if (!despite) {
                foretaste.refuse(former.folder(), folder, changes);
            }
            long number = switched(who, reason, next, changes, folder);
            listener.accept(new Switched(number, former.number(), before, false));
            return new Done(number, changes, false, null);
        } catch (RuntimeException e) {
            discard(folder);
            throw e;
        }
    }

    private void noCanary() {
        shelf.canary().ifPresent(canary -> {
            throw Refusals.canaryUnderWay(canary.number());
        });
    }

    /**
     * Lets some messages use its mappings, until it is confirmed or withdrawn.
     *
     * @param share {@code {percent, partners}}
     * @throws Refused why not, and what to do
     */
    Done canary(String who, String reason, Configuration next, JsonNode share, boolean despite) {
        return one.alone(() -> tried(who, reason, next, share, despite)).orElseThrow(Refusals::beingChanged);
    }

    private Done tried(String who, String reason, Configuration next, JsonNode share, boolean despite) {
        Running former = current();
        noCanary();
        Changes changes = shelf.load(former.number()).to(next);
        if (changes.count() == 0) {
            return new Done(former.number(), changes, true, null);
        }
        if (!changes.forAll().isEmpty()) {
            throw Refusals.notForSome(changes.forAll());
        }
        Failures.Mark before = failures.mark();
        Folder folder = examined(next, changes, laid);
        try {
            if (!despite) {
                foretaste.refuse(former.folder(), folder, changes);
            }
            long number = transaction.execute(status -> {
                long proposed = shelf.propose(next, changes, former.number(), who, reason);
                shelf.canary(proposed, share);
                audited(who, "configuration.canary", reason, changes, proposed, former.number());
                return proposed;
            });
            parts.mappings().canary(canary(number, folder, share));
            LOG.info("版本 {} 灰度：{} / configuration {} for some messages: {}", number, share, number, share);
            listener.accept(new Switched(number, former.number(), before, true));
            return new Done(former.number(), changes, false, number);
        } catch (RuntimeException e) {
            discard(folder);
            throw e;
        }
    }

    private static Canary canary(long number, Folder folder, JsonNode share) {
        Set<String> partners = new TreeSet<>();
        share.path("partners").forEach(partner -> partners.add(partner.asText()));
        return new Canary(
                number, new Mappings(folder.mappings()), share.path("percent").asInt(), partners);
    }

    /**
     * All messages use it from now on.
     *
     * @throws Refused why not, and what to do
     */
    Done confirm(String who, String reason) {
        return one.alone(() -> confirmed(who, reason)).orElseThrow(Refusals::beingChanged);
    }

    private Done confirmed(String who, String reason) {
        Running former = current();
        Version canary = shelf.canary().orElseThrow(Refusals::noCanary);
        Configuration next = shelf.load(canary.number());
        Changes changes = shelf.load(former.number()).to(next);
        Failures.Mark before = failures.mark();
        inForce(
                who,
                reason,
                new Running(canary.number(), next.digest(), next.lay(laid)),
                changes,
                "configuration.confirm");
        parts.mappings().canary(null);
        listener.accept(new Switched(canary.number(), former.number(), before, false));
        return new Done(canary.number(), changes, false, null);
    }

    /**
     * No message uses it any longer.
     *
     * @throws Refused there is none
     */
    Done withdraw(String who, String reason) {
        return one.alone(() -> {
                    Running running = current();
                    Version canary = shelf.canary().orElseThrow(Refusals::noCanary);
                    Changes none = new Changes(List.of(), List.of(), List.of());
                    transaction.executeWithoutResult(status -> {
                        shelf.withdraw(canary.number(), reason);
                        audited(who, "configuration.withdraw", reason, none, canary.number(), running.number());
                    });
                    parts.mappings().canary(null);
                    LOG.info("灰度版本 {} 已撤回 / canary {} is withdrawn", canary.number(), canary.number());
                    return new Done(running.number(), none, false, null);
                })
                .orElseThrow(Refusals::beingChanged);
    }

    private void audited(String who, String what, String reason, Changes changes, long version, long base) {
        audit.write(
                who, what, null, reason, changes.json().put("version", version).put("base", base));
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
     * Lays it out and looks at it as {@code songda check} does, and at the examples of what it touches.
     *
     * @throws Refused every line of the check
     */
    private Folder examined(Configuration next, Changes changes, Path into) {
        Folder folder = next.lay(into);
        refuse(errors(folder, changes), folder);
        return folder;
    }

    private List<Finding> errors(Folder folder, Changes changes) {
        if (!changes.atAStart().isEmpty()) {
            discard(folder);
            throw Refusals.atAStart(changes.atAStart());
        }
        return Examination.whole(folder.routes(), folder.mappings(), limit, extent(changes)).stream()
                .filter(Finding::error)
                .toList();
    }

    private void refuse(List<Finding> errors, Folder folder) {
        if (!errors.isEmpty()) {
            Refused refused = Refusals.faulty(errors, folder);
            discard(folder);
            throw refused;
        }
    }

    /** What may come to be otherwise by these changes: a mapping whose folder they touch, also a new one, and those that read it. */
    private DryRun.Extent extent(Changes changes) {
        Set<String> files = changes.mappings();
        Set<String> touched = new TreeSet<>(parts.mappings().touched(files));
        files.stream().map(FOLDER::matcher).filter(Matcher::find).forEach(own -> touched.add(own.group()));
        return new DryRun.Extent(changes.touchRoutes(), touched);
    }

    /**
     * Only looks: in a folder of its own, gone afterwards.
     *
     * @param look is told of the examples that would have to be changed with their mapping, too: {@code mapping: example}
     * @throws Refused every line of the check
     */
    <T> T looked(Configuration next, Changes changes, BiFunction<Folder, List<String>, T> look) {
        Path own = laid.resolve("look-" + UUID.randomUUID());
        try {
            Folder folder = next.lay(own);
            Map<Boolean, List<Finding>> errors = errors(folder, changes).stream()
                    .collect(
                            Collectors.partitioningBy(error -> error.rule().id().equals(Examination.EXAMPLE)));
            refuse(errors.get(false), folder);
            return look.apply(
                    folder,
                    errors.get(true).stream()
                            .map(error -> String.join(": ", error.found()))
                            .toList());
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
        long base = turn.running().number();
        long number = transaction.execute(status -> shelf.propose(next, changes, base, who, reason));
        inForce(who, reason, new Running(number, next.digest(), folder), changes, "configuration.apply");
        return number;
    }

    private void inForce(String who, String reason, Running next, Changes changes, String what) {
        Running former = turn.running();
        long number = next.number();
        try {
            turn.to(next);
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
            return followCanary();
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
        return followCanary();
    }

    private String followCanary() {
        Optional<Version> there = shelf.canary();
        if (there.map(Version::number).orElse(0L) == canary()) {
            return null;
        }
        try {
            parts.mappings()
                    .canary(there.map(version -> canary(
                                    version.number(),
                                    shelf.load(version.number()).lay(laid),
                                    version.canary()))
                            .orElse(null));
            return null;
        } catch (MappingBroken | UncheckedIOException e) {
            return e.getMessage();
        }
    }

    /** The version whose mappings some messages use on this node, or 0. */
    long canary() {
        return parts.mappings().canary().map(Canary::version).orElse(0L);
    }

    Shelf shelf() {
        return shelf;
    }
}
