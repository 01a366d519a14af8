package songda.configuration;

import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.deadletter.Which;
import songda.failure.Refused;
import songda.replay.Replays;

/** Watches over a version that this node has put in force: where more fails than before it is undone, and what was set aside meanwhile is replayed by the former one. */
@Component
final class Probation {

    private static final Logger LOG = LoggerFactory.getLogger(Probation.class);
    private static final int REPLAYED_A_SECOND = 20;
    private static final int TRIES = 5;
    private final Failures failures;
    private final Applying applying;
    private final Canaries canaries;
    private final Replays replays;
    private final Duration length;
    private volatile Watched watched;
    /** Of the look's thread only. */
    private Undone undone;

    /** What is still to be replayed; other nodes may set aside by the bad version for two more seconds. @param tries that are left */
    private record Undone(Which letters, String reason, int tries) {}

    /** @param until {@link System#nanoTime} */
    private record Watched(Applying.Switched switched, Failures.Mark from, Failures.Share before, long until) {}

    Probation(
            Failures failures,
            Applying applying,
            Canaries canaries,
            Replays replays,
            @Value("${songda.config.watching:PT2M}") Duration length) {
        this.failures = failures;
        this.applying = applying;
        this.canaries = canaries;
        this.replays = replays;
        this.length = length;
        applying.listen(this::begin);
    }

    private void begin(Applying.Switched switched) {
        watched = null;
        if (length.isZero()) {
            return;
        }
        try {
            Failures.Share before = failures.since(switched.before());
            watched = new Watched(switched, failures.mark(), before, System.nanoTime() + length.toNanos());
        } catch (DataAccessException away) {
            LOG.warn(
                    "版本 {} 没有受到看护：数据库没有应答 / version {} is not watched: the database is away",
                    switched.number(),
                    switched.number());
        }
    }

    /** Looks once. */
    void look() {
        if (undone != null) {
            replay(undone);
        }
        Watched now = watched;
        if (now == null) {
            return;
        }
        Failures.Share share = failures.since(now.from());
        if (failures.risen(now.before(), share)) {
            watched = null;
            undo(now, share);
        } else if (System.nanoTime() - now.until() > 0) {
            watched = null;
        }
    }

    private void undo(Watched now, Failures.Share share) {
        long bad = now.switched().number();
        long good = now.switched().base();
        String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share.of());
        LOG.error(
                "版本 {} 生效后 {} 办不成，自动退回版本 {} / after configuration {} {} fail, {} is put back in force",
                bad,
                percent,
                good,
                bad,
                percent,
                good);
        String reason =
                "自动退回：版本 " + bad + " 生效后 " + percent + " 办不成 / undone by itself: so many fail since version " + bad;
        try {
            if (now.switched().canary() ? withdrawn(reason) : applying.undo(bad, good, reason)) {
                undone = new Undone(
                        new Which(null, null, null, HubClock.local(now.from().at()), null), reason, TRIES);
            }
        } catch (Refused refused) {
            LOG.error("没有退回，请人工 songda rollback / not undone, a person has to: {}", refused.getMessage());
        }
    }

    private boolean withdrawn(String reason) {
        canaries.withdraw("hub", reason);
        return true;
    }

    private void replay(Undone now) {
        long count = replays.count(now.letters());
        undone = null;
        if (count == 0) {
            return;
        }
        try {
            replays.start("hub", now.letters(), count, REPLAYED_A_SECOND, now.reason());
        } catch (Refused more) {
            if (now.tries() > 0) {
                undone = new Undone(now.letters(), now.reason(), now.tries() - 1);
                return;
            }
            LOG.warn(
                    "期间搁置的报文请人工重放 / what was set aside meanwhile has to be replayed by a person: {}",
                    more.getMessage());
        }
    }
}
