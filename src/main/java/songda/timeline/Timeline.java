package songda.timeline;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What happens to one order, moment by moment, and what has to follow.
 *
 * @param rules of the norm that it shows: {@code R67}, {@code A41}
 * @param order its columns; what is none is kept in its detail
 */
public record Timeline(
        Path file,
        int line,
        String name,
        List<String> rules,
        Map<String, String> order,
        Instant start,
        List<Entry> entries) {

    /** What an entry does beside letting time pass. */
    sealed interface Deed {}

    /** Only time passes. */
    record Nothing() implements Deed {}

    /**
     * @param happened earlier than it is recorded, or the same
     * @param about a subject that is no order, or null
     * @param id the message's own, or null: the same one twice is one fact
     */
    record Happens(String fact, Instant happened, Map<String, String> data, String about, String by, String id)
            implements Deed {}

    /** A system was asked successfully up to an instant. */
    record Pulled(String system, Instant until) implements Deed {}

    /** The engine stands still, and then finds what fell due meanwhile. */
    record Down(Duration length) implements Deed {}

    /** @param expect all that happened since the entry before that expected something; null: not compared here */
    record Entry(int line, Instant at, Deed deed, List<String> expect) {

        Instant end() {
            return deed instanceof Down down ? at.plus(down.length()) : at;
        }
    }

    /** {@code routes/ladder/receipt.test.yaml: <name>}. */
    public String title() {
        return file.getFileName() + ": " + name;
    }

    boolean begins() {
        return entries.stream()
                .anyMatch(e -> e.deed() instanceof Happens h && h.fact().equals("order.received"));
    }
}
