package songda.deadline;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import songda.clock.HubClock;

/** How a length of time is counted. The duration in a ladder always stands beside one of these. */
public enum DueRule {
    /** Clock hours, day and night: PT24H. */
    HOURS {
        @Override
        Instant due(Instant from, String after) {
            return from.plus(Duration.parse(after));
        }
    },
    /** The last second of the n-th natural day after the day of the fact: P2D (A03). */
    END_OF_DAY {
        @Override
        Instant due(Instant from, String after) {
            LocalDate day = LocalDate.ofInstant(from, HubClock.ZONE).plus(Period.parse(after));
            return day.plusDays(1)
                    .atTime(LocalTime.MIDNIGHT)
                    .atZone(HubClock.ZONE)
                    .toInstant()
                    .minus(1, ChronoUnit.SECONDS);
        }
    };

    abstract Instant due(Instant from, String after);

    static DueRule named(String calendar) {
        for (DueRule rule : values()) {
            if (rule.word().equals(calendar)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("unknown calendar '" + calendar + "', use one of hours, end-of-day");
    }

    private String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
