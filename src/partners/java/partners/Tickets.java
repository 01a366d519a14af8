package partners;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a ticketing system keeps, in whatever dialect it is spoken to: tickets with their fields, and who changed them last. */
final class Tickets {
    static final String HUB = "songda";

    private final TreeMap<Integer, Ticket> all = new TreeMap<>();

    static final class Ticket {
        final int id;
        final String reference;
        final Map<String, String> fields = new LinkedHashMap<>();
        final Set<String> entries = new LinkedHashSet<>();
        Instant changedAt;
        String changedBy = HUB;

        private Ticket(int id, String reference) {
            this.id = id;
            this.reference = reference;
        }

        String get(String field) {
            return fields.get(field);
        }
    }

    synchronized Ticket create(String reference) {
        int id = all.isEmpty() ? 1 : all.lastKey() + 1;
        Ticket ticket = new Ticket(id, reference);
        ticket.changedAt = now();
        all.put(id, ticket);
        return ticket;
    }

    /** Sets what differs, and remembers who did it. */
    synchronized void set(Ticket ticket, String field, String value, String by) {
        if (value == null || value.equals(ticket.fields.put(field, value))) return;
        ticket.changedAt = now();
        ticket.changedBy = by;
    }

    synchronized Optional<Ticket> get(int id) {
        return Optional.ofNullable(all.get(id));
    }

    /** The newest first. */
    synchronized List<Ticket> find(Predicate<Ticket> wanted) {
        return all.descendingMap().values().stream().filter(wanted).toList();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
