package songda.norm;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Days as the norm counts them, in Zhejiang, for the autumn of 2026; nothing of the hub is asked. */
final class Days {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Set<LocalDate> OFF =
            IntStream.rangeClosed(1, 7).mapToObj(d -> LocalDate.of(2026, 10, d)).collect(Collectors.toSet());
    private static final Set<LocalDate> MADE_UP = Set.of(LocalDate.of(2026, 9, 20), LocalDate.of(2026, 10, 10));

    private Days() {}

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }

    static Instant at(LocalDate day, int hour, int minute, int second) {
        return day.atTime(hour, minute, second).atZone(ZONE).toInstant();
    }

    /** The first instant after the n-th natural day after this day. */
    static Instant over(LocalDate day, int days) {
        return at(day.plusDays(days + 1L), 0, 0, 0);
    }

    /** The last second of the n-th natural day after this day. */
    static Instant end(LocalDate day, int days) {
        return over(day, days).minusSeconds(1);
    }

    /** The day that the promise is counted from (A01). */
    static LocalDate posted(Instant accepted, LocalTime cutoff) {
        boolean late = cutoff != null && accepted.atZone(ZONE).toLocalTime().isAfter(cutoff);
        return late ? day(accepted).plusDays(1) : day(accepted);
    }

    /** The last second of the n-th working day after the day of this instant (A06). */
    static Instant worked(Instant from, int days) {
        LocalDate day = day(from);
        for (int left = days; left > 0; ) {
            day = day.plusDays(1);
            boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
            left -= MADE_UP.contains(day) || !weekend && !OFF.contains(day) ? 1 : 0;
        }
        return end(day, 0);
    }
}
