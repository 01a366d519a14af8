package songda.fact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the steps of one recording owe: effects at doors, deadlines to open, ladders to close. Steps only append;
 * {@link Ledger} writes it with one statement a table.
 */
public final class Plan {

    public static final String PROPERTY = "songda.plan";

    /** @param gather ISO-8601: messages to this addressee go at most once in so long, with all that came meanwhile; or null */
    public record Effect(
            long subject,
            long fact,
            String door,
            String addressee,
            ObjectNode args,
            Instant notBefore,
            String gather) {}

    /**
     * @param version of the ladder's text, so that a later edit does not move what is open
     * @param provisional counted without the schedule of its year
     * @param keep opens nothing while the ladder is climbed
     */
    public record Rung(
            String ladder,
            String rung,
            String version,
            Instant fromAt,
            Instant dueAt,
            String reports,
            String coveredBy,
            boolean provisional,
            boolean keep) {}

    public record Opening(long subject, long fact, boolean named, Rung rung) {

        String ladder() {
            return rung.ladder();
        }
    }

    /** @param guarded closes only what is counted from no later an instant */
    public record Closing(long subject, long fact, String ladder, Instant at, boolean guarded) {}

    final List<Effect> effects = new ArrayList<>();
    final List<Closing> closings = new ArrayList<>();
    /** By subject: a batch holds hundreds, and each step asks for its own only. */
    private final Map<Long, List<Opening>> openings = new LinkedHashMap<>();

    final List<Opening> closedAtOnce = new ArrayList<>();
    private Fact current;

    void now(Fact fact) {
        current = fact;
    }

    /** The fact whose step is running. */
    public Fact fact() {
        return current;
    }

    public void owe(String door, String addressee, ObjectNode args, Instant notBefore, String gather) {
        effects.add(new Effect(current.subject().id, current.id(), door, addressee, args, notBefore, gather));
    }

    /** All rungs of one ladder; a fact opens a ladder once, however many steps ask for it. */
    public void open(List<Rung> rungs) {
        Rung first = rungs.get(0);
        List<Opening> mine = mine();
        boolean there = mine.stream()
                .anyMatch(o -> o.ladder().equals(first.ladder()) && (first.keep() || o.fact() == current.id()));
        if (!there) {
            rungs.forEach(r -> mine.add(new Opening(current.subject().id, current.id(), !current.subject().order, r)));
        }
    }

    /** @param rung {@code <ladder>/<rung>}; @return when it falls due, where this recording opens it for the subject */
    public Optional<Instant> due(String rung) {
        return mine().stream()
                .filter(o -> rung.equals(o.ladder() + "/" + o.rung().rung()))
                .map(o -> o.rung().dueAt())
                .findFirst();
    }

    /** Closes the subject's open deadlines of this ladder, those of this very recording included. */
    public void close(String ladder) {
        close(ladder, false);
    }

    /** Before a new climb begins: a late event does not end a newer one. */
    public void closeEarlier(String ladder) {
        close(ladder, true);
    }

    private void close(String ladder, boolean guarded) {
        closings.add(new Closing(current.subject().id, current.id(), ladder, current.at(), guarded));
        mine().removeIf(o -> {
            boolean closed =
                    o.ladder().equals(ladder) && !(guarded && o.rung().fromAt().isAfter(current.at()));
            if (closed) {
                closedAtOnce.add(o);
            }
            return closed;
        });
    }

    private List<Opening> mine() {
        return openings.computeIfAbsent(current.subject().id, k -> new ArrayList<>());
    }

    public List<Effect> effects() {
        return List.copyOf(effects);
    }

    public List<Opening> openings() {
        return openings.values().stream().flatMap(List::stream).toList();
    }

    public List<Closing> closings() {
        return List.copyOf(closings);
    }
}
