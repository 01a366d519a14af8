package songda.fact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the steps of one recording owe: effects at doors, deadlines to open, ladders to close. Steps only append;
 * {@link Ledger} writes it with one statement a table.
 */
public final class Plan {

    public static final String PROPERTY = "songda.plan";

    public record Effect(long subject, long fact, String door, String addressee, ObjectNode args, Instant notBefore) {}

    /** @param version of the ladder's text, so that a later edit does not move what is open */
    public record Opening(
            long subject,
            long fact,
            String ladder,
            String rung,
            String version,
            Instant dueAt,
            String reports,
            String coveredBy) {}

    public record Closing(long subject, long fact, String ladder, Instant at) {}

    final List<Effect> effects = new ArrayList<>();
    final List<Closing> closings = new ArrayList<>();
    final List<Opening> openings = new ArrayList<>();
    final List<Opening> closedAtOnce = new ArrayList<>();
    private Fact current;

    void now(Fact fact) {
        current = fact;
    }

    /** The fact whose step is running. */
    public Fact fact() {
        return current;
    }

    public void owe(String door, String addressee, ObjectNode args, Instant notBefore) {
        effects.add(new Effect(current.subject().id, current.id(), door, addressee, args, notBefore));
    }

    public void open(String ladder, String rung, String version, Instant dueAt, String reports, String coveredBy) {
        openings.add(new Opening(current.subject().id, current.id(), ladder, rung, version, dueAt, reports, coveredBy));
    }

    /** Closes the subject's open deadlines of this ladder, those of this very recording included. */
    public void close(String ladder) {
        closings.add(new Closing(current.subject().id, current.id(), ladder, current.at()));
        openings.removeIf(o -> {
            boolean mine = o.subject() == current.subject().id && o.ladder().equals(ladder);
            if (mine) {
                closedAtOnce.add(o);
            }
            return mine;
        });
    }

    public List<Effect> effects() {
        return List.copyOf(effects);
    }

    public List<Opening> openings() {
        return List.copyOf(openings);
    }

    public List<Closing> closings() {
        return List.copyOf(closings);
    }
}
