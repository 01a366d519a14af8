package songda.settlement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stands in the books of some orders, followed while a batch of facts is booked. */
final class Standing {

    private final Map<Long, List<Booking>> bySubject = new HashMap<>();
    private final Map<String, Long> turns = new HashMap<>();
    private final Set<Long> over = new HashSet<>();
    private final Set<Long> causes = new HashSet<>();

    void add(Booking booking) {
        turns.merge(key(booking.subject(), booking.book(), booking.line()), booking.turn() + 1, Math::max);
        of(booking.subject()).add(booking);
    }

    void takeBack(Booking booking, Cause cause) {
        of(booking.subject()).remove(booking);
        if (cause.isFinal()) {
            over.add(booking.subject());
        }
    }

    /** That this fact has written a row already. */
    void knows(long fact) {
        causes.add(fact);
    }

    boolean booked(Moved moved) {
        return causes.contains(moved.fact());
    }

    List<Booking> concernedBy(Moved moved) {
        return of(moved.subject()).stream().filter(moved.cause()::concerns).toList();
    }

    /** While something of the book stands, or after it was taken back for good, the same thing reported again owes nothing more. */
    boolean stands(Moved moved) {
        boolean postage = moved.cause().book == Booking.Book.POSTAGE;
        return postage && (over.contains(moved.subject()) || moved.returned())
                || of(moved.subject()).stream().anyMatch(b -> b.book() == moved.cause().book);
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
