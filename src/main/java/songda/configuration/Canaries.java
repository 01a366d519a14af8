package songda.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.failure.Refused;
import songda.mapping.Canary;
import songda.mapping.MappingBroken;
import songda.mapping.Mappings;

/** Lets some messages use the mappings of a version that is not in force, until it is confirmed for all or withdrawn. One at a time. */
@Component
final class Canaries {

    private static final Logger LOG = LoggerFactory.getLogger(Canaries.class);
    private final Applying applying;
    private final Examiner examiner;
    private final TransactionTemplate transaction;
    private final Parts parts;
    private final Shelf shelf;

    Canaries(Applying applying, Examiner examiner, TransactionTemplate transaction, Parts parts) {
        this.applying = applying;
        this.examiner = examiner;
        this.transaction = transaction;
        this.parts = parts;
        this.shelf = applying.shelf();
    }

    /**
     * @param share {@code {percent, partners}}
     * @param despite what of the messages of late would fail
     * @throws Refused why not, and what to do
     */
    Applying.Done begin(String who, String reason, Configuration next, JsonNode share, Despite despite) {
        return applying.alone(() -> applying.changed(next, Canaries::forSome, despite, change -> {
            Changes changes = change.changes();
            long number = transaction.execute(status -> {
                long proposed = shelf.propose(next, changes, change.base(), who, reason);
                shelf.canary(proposed, share);
                applying.audited(who, "configuration.canary", reason, changes, proposed, change.base());
                return proposed;
            });
            parts.mappings().canary(canary(number, change.tried().beside().mappings(), share));
            LOG.info("版本 {} 灰度：{} / configuration {} for some messages: {}", number, share, number, share);
            applying.tell(new Applying.Switched(number, change.base(), change.before(), true));
            return new Applying.Done(change.base(), changes, false, number);
        }));
    }

    private static void forSome(Changes changes) {
        if (!changes.forAll().isEmpty()) {
            throw Refusals.notForSome(changes.forAll());
        }
    }

    private static Canary canary(long number, Mappings mappings, JsonNode share) {
        Set<String> partners = new TreeSet<>();
        share.path("partners").forEach(partner -> partners.add(partner.asText()));
        return new Canary(number, mappings, share.path("percent").asInt(), partners);
    }

    /**
     * All messages use it from now on.
     *
     * @throws Refused why not, and what to do
     */
    Applying.Done confirm(String who, String reason) {
        return applying.alone(() -> {
            Running former = applying.current();
            Version canary = shelf.canary().orElseThrow(Refusals::noCanary);
            Configuration next = shelf.load(canary.number());
            Changes changes = shelf.changes(former.number(), next);
            Failures.Mark before = applying.mark();
            Examiner.Tried tried = examiner.read(next);
            applying.inForce(
                    who,
                    reason,
                    new Running(canary.number(), next.digest(), tried.folder()),
                    tried.beside(),
                    changes,
                    "configuration.confirm");
            parts.mappings().canary(null);
            applying.tell(new Applying.Switched(canary.number(), former.number(), before, false));
            return new Applying.Done(canary.number(), changes, false, null);
        });
    }

    /**
     * No message uses it any longer.
     *
     * @throws Refused there is none
     */
    Applying.Done withdraw(String who, String reason) {
        return applying.alone(() -> {
            Running running = applying.current();
            Version canary = shelf.canary().orElseThrow(Refusals::noCanary);
            Changes none = new Changes(List.of(), List.of(), List.of());
            transaction.executeWithoutResult(status -> {
                shelf.withdraw(canary.number(), reason);
                applying.audited(who, "configuration.withdraw", reason, none, canary.number(), running.number());
            });
            parts.mappings().canary(null);
            LOG.info("灰度版本 {} 已撤回 / canary {} is withdrawn", canary.number(), canary.number());
            return new Applying.Done(running.number(), none, false, null);
        });
    }

    /**
     * As another node has it.
     *
     * @return why this node cannot, or null
     */
    String follow() {
        Optional<Version> there = shelf.canary();
        if (there.map(Version::number).orElse(0L) == version()) {
            return null;
        }
        try {
            parts.mappings()
                    .canary(there.map(version -> canary(
                                    version.number(),
                                    new Mappings(examiner.lay(shelf.load(version.number()))
                                            .mappings()),
                                    version.canary()))
                            .orElse(null));
            return null;
        } catch (MappingBroken | UncheckedIOException e) {
            return e.getMessage();
        }
    }

    /** The version whose mappings some messages use on this node, or 0. */
    long version() {
        return parts.mappings().canary().map(Canary::version).orElse(0L);
    }
}
