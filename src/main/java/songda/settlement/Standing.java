package songda.settlement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What stands in the books of some orders, followed while a batch of facts is booked. */
final class Standing {

    private final Map<Long, List<Booking>> bySubject = new HashMap<>();
    private final Map<String, Long> turns = new HashMap<>();

    void add(Booking booking, boolean reversed) {
        turns.merge(key(booking.subject(), booking.book(), booking.line()), booking.turn() + 1, Math::max);
        if (!reversed) {
            of(booking.subject()).add(booking);
        }
    }

    void remove(Booking booking) {
        of(booking.subject()).remove(booking);
    }

    List<Booking> concernedBy(Moved moved) {
        return of(moved.subject()).stream().filter(moved.cause()::concerns).toList();
    }

    /** While something of the book stands, the same thing reported again owes nothing more. */
    boolean stands(Moved moved) {
        return of(moved.subject()).stream().anyMatch(b -> b.book() == moved.cause().book);
    }

    long turn(Moved moved, String line) {
        return turns.getOrDefault(key(moved.subject(), moved.cause().book, line), 0L);
    }

    private List<Booking> of(long subject) {
        return bySubject.computeIfAbsent(subject, s -> new ArrayList<>());
    }

    private static String key(long subject, Booking.Book book, String line) {
        return subject + "/" + book + "/" + line;
    }
}
