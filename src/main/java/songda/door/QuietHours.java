package songda.door;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import songda.calendar.Almanac;
import songda.calendar.Calendars;
import songda.clock.HubClock;

/** When a citizen is not to be disturbed (R29). */
public final class QuietHours {

    private final Almanac almanac;
    private final Clock clock;

    /** @param clock business time */
    public QuietHours(Almanac almanac, Clock clock) {
        this.almanac = almanac;
        this.clock = clock;
    }

    /**
     * The end of the quiet hours that it is now, or null where it is none of them.
     *
     * @param name of the hours in {@code mappings/calendar/hours.csv}
     */
    Instant over(String name) {
        Calendars.Hours quiet = almanac.now().hours(name);
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), HubClock.ZONE);
        if (!quiet.contains(now.toLocalTime())) {
            return null;
        }
        LocalDateTime end = now.toLocalDate().atTime(quiet.to());
        return (end.isAfter(now) ? end : end.plusDays(1)).atZone(HubClock.ZONE).toInstant();
    }
}
