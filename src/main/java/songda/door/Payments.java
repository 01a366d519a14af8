package songda.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import songda.fact.Bell;
import songda.store.Together;

/**
 * Claims an effect, lets its route try once, and writes down how it ended. The claims of all consumers share commits, and so do
 * their settlements; an attempt begins after the commit of its claim, never before, or a crash could send twice.
 */
@Component
final class Payments implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Payments.class);

    private final Together<Effects.Key, Optional<Claimed>> claims;
    private final Together<Effects.Settlement, Boolean> settlements;
    private final Dues dues;
    private final DoorSettings settings;
    private final Bell bell;
    private final Effects effects;
    private final Set<String> gathering = ConcurrentHashMap.newKeySet();
    private final List<DoorListener> listeners;
    private final Stops stops;

    /** Where one row cannot be read (a contact that left the directory), it alone fails. */
    private record Claimed(Due due, RuntimeException unreadable) {

        Due orFail() {
            if (unreadable != null) {
                throw unreadable;
            }
            return due;
        }
    }

    Payments(
            Effects effects,
            Dues dues,
            DoorSettings settings,
            Bell bell,
            ObjectProvider<DoorListener> listeners,
            Stops stops) {
        this.effects = effects;
        this.stops = stops;
        this.claims = new Together<>("effect-claim", 1, this::claim);
        this.settlements = new Together<>("effect-settle", 1, this::settleAll);
        this.dues = dues;
        this.settings = settings;
        this.bell = bell;
        this.listeners = listeners.orderedStream().toList();
    }

    /** At this door one message carries all that is due for its addressee. */
    void gatherAt(String door) {
        gathering.add(door);
    }

    /**
     * A database that is away is no reason to stop reading: the row stays relayed and is relayed again later.
     *
     * @param key the subject's number, as the relay writes it: {@link StrayRecords} has taken out all else
     * @param value the effect's number
     */
    void pay(String door, byte[] key, byte[] value, Breaker partner, Function<Due, Verdict> attempt) {
        Effects.Key named = new Effects.Key(number(key), number(value), door);
        try {
            if (stops.stopped(door)) {
                effects.giveBack(List.of(named), null);
            } else if (partner.admits()) {
                attempt(named, partner, attempt);
            } else {
                effects.giveBack(List.of(named), settings.breakerWait());
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "门 {} 未能认领或结清一项，稍后重来 / door {} could not claim or settle, it will come again: {}",
                    door,
                    door,
                    e.getClass().getName());
        }
    }

    private void attempt(Effects.Key key, Breaker partner, Function<Due, Verdict> attempt) {
        Optional<Due> due = Optional.empty();
        try {
            due = claims.write(key).map(Claimed::orFail);
        } finally {
            if (due.isEmpty()) {
                partner.nothingTried();
            }
        }
        due.ifPresent(d -> {
            Verdict verdict = attempt.apply(d);
            partner.saw(verdict);
            if (verdict.partner() == Verdict.Partner.STOPPED) {
                stops.stop(key.door(), verdict.reason(), verdict.after());
            }
            settle(key.door(), d, verdict);
        });
    }

    private static long number(byte[] text) {
        return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
    }

    /** What stands twice in one batch is given to the first of the two only; what goes in another's message, to nobody. */
    private List<Optional<Claimed>> claim(List<Effects.Key> wanted) {
        Map<Long, Claimed> claimed = effects.claim(wanted, this::claimed);
        wanted.stream().filter(key -> gathering.contains(key.door())).forEach(leader -> {
            if (claimed.containsKey(leader.id()) && claimed.get(leader.id()).due() != null) {
                gather(leader, claimed.get(leader.id()).due(), claimed);
            }
        });
        return wanted.stream()
                .map(key -> Optional.ofNullable(claimed.remove(key.id())))
                .toList();
    }

    private void gather(Effects.Key leader, Due due, Map<Long, Claimed> claimed) {
        ArrayNode notices = due.message().putArray("notices");
        notices.add(Dues.notice(due));
        effects.gather(leader, due.addressee(), List.copyOf(claimed.keySet()), row -> {
                    notices.add(Dues.notice(row));
                    return row.getLong("id");
                })
                .forEach(claimed::remove);
    }

    private Claimed claimed(ResultSet row) {
        try {
            return new Claimed(dues.read(row), null);
        } catch (SQLException | RuntimeException e) {
            return new Claimed(null, new IllegalStateException("effect cannot be read", e));
        }
    }

    private void settle(String door, Due due, Verdict verdict) {
        listeners.forEach(listener -> listener.attempted(door, verdict.state()));
        settlements.write(new Effects.Settlement(due.subject(), due.id(), due.attempt(), verdict));
    }

    private List<Boolean> settleAll(List<Effects.Settlement> settled) {
        boolean awaited = effects.settle(settled);
        if (awaited) {
            bell.ring();
        }
        return Collections.nCopies(settled.size(), awaited);
    }

    @Override
    public void start() {
        claims.start();
        settlements.start();
    }

    @Override
    public void stop() {
        claims.stop();
        settlements.stop();
    }

    @Override
    public boolean isRunning() {
        return claims.isRunning();
    }

    /** Before the routes start, after they stop. */
    @Override
    public int getPhase() {
        return 0;
    }
}
