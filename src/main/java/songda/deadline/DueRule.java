package songda.deadline;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import songda.calendar.Calendars;
import songda.clock.HubClock;

/** How a length of time is counted. The duration in a ladder always stands beside one of these. */
public enum DueRule {
    /** Clock hours, day and night: PT24H. */
    HOURS {
        @Override
        Due due(Instant from, String after, Calendars calendars, String office) {
            return sure(from.plus(time(after)));
        }
    },
    /** The last second of the n-th natural day after the day of the fact: P2D (A03). */
    END_OF_DAY {
        @Override
        Due due(Instant from, String after, Calendars calendars, String office) {
            return sure(end(day(from).plusDays(days(after))));
        }
    },
    /** The last second of the n-th working day after the day of the fact, which itself is not counted: P5D (A06). */
    WORKING_DAYS {
        @Override
        Due due(Instant from, String after, Calendars calendars, String office) {
            int left = days(after);
            LocalDate day = day(from);
            boolean known = calendars.knows(day.getYear());
            while (left > 0) {
                day = day.plusDays(1);
                known &= calendars.knows(day.getYear());
                left -= calendars.works(day) ? 1 : 0;
            }
            return new Due(end(day), !known);
        }
    },
    /** The end of the first delivery round of the office that begins after the fact, and so much longer: PT60M (R52, A33, A34). */
    ROUND {
        @Override
        Due due(Instant from, String after, Calendars calendars, String office) {
            ZonedDateTime start = from.atZone(HubClock.ZONE);
            for (LocalDate day = start.toLocalDate(); ; day = day.plusDays(1)) {
                for (Calendars.Hours round : calendars.rounds(office)) {
                    if (!instant(day, round.from()).isBefore(from)) {
                        return sure(instant(day, round.to()).plus(time(after)));
                    }
                }
            }
        }
    },
    /** The end of the round that runs when it happens, or between two rounds of the next one, and so much longer: PT60M (R32, R33, R35, R36, A33). */
    THIS_ROUND {
        @Override
        Due due(Instant from, String after, Calendars calendars, String office) {
            ZonedDateTime start = from.atZone(HubClock.ZONE);
            for (LocalDate day = start.toLocalDate(); ; day = day.plusDays(1)) {
                for (Calendars.Hours round : calendars.rounds(office)) {
                    if (instant(day, round.to()).isAfter(from)) {
                        return sure(instant(day, round.to()).plus(time(after)));
                    }
                }
            }
        }
    },
    /** At an instant that was named for it ({@code after-of: planned}); where none was, so long after the fact: PT4H (R31). */
    APPOINTED {
        @Override
        Due due(Instant from, String after, Calendars calendars, String office) {
            return sure(
                    after.startsWith("P")
                            ? from.plus(time(after))
                            : OffsetDateTime.parse(after).toInstant());
        }
    },
    /** Hours of which only those are counted in which people serve ({@code service} of {@code hours.csv}): PT2H. */
    SERVICE_HOURS {
        @Override
        Due due(Instant from, String after, Calendars calendars, String office) {
            Calendars.Hours served = calendars.hours("service");
            Duration left = time(after);
            LocalDate day = day(from);
            while (true) {
                Instant open = instant(day, served.from());
                Instant close = instant(day, served.to());
                Instant begin = from.isAfter(open) ? from : open;
                if (begin.isBefore(close)) {
                    Duration today = Duration.between(begin, close);
                    if (left.compareTo(today) <= 0) {
                        return sure(begin.plus(left));
                    }
                    left = left.minus(today);
                }
                day = day.plusDays(1);
            }
        }
    };

    /** @param provisional counted without the schedule of its year: it is counted again when that is there */
    public record Due(Instant at, boolean provisional) {}

    /**
     * @param after ISO-8601: hours and minutes for {@code hours}, {@code round}, {@code this-round} and {@code service-hours}, days for the others; for {@code appointed} the
     *     instant itself, or hours and minutes
     * @param office whose delivery rounds count
     * @throws DateTimeException when {@code after} is no such length, or none at all
     */
    abstract Due due(Instant from, String after, Calendars calendars, String office);

    /** The day of what happens after the hour of cut-off is the next one, from its first instant (A01). */
    static Instant since(Instant from, LocalTime cutoff) {
        LocalDate day = day(from);
        return from.isAfter(instant(day, cutoff)) ? instant(day.plusDays(1), LocalTime.MIDNIGHT) : from;
    }

    /** A length that this calendar can count. */
    String example() {
        return inDays() ? "P2D (days)" : "PT24H (hours)";
    }

    /** Whether it counts whole days. */
    boolean inDays() {
        return this == END_OF_DAY || this == WORKING_DAYS;
    }

    private static Due sure(Instant at) {
        return new Due(at, false);
    }

    private static LocalDate day(Instant from) {
        return LocalDate.ofInstant(from, HubClock.ZONE);
    }

    private static Instant instant(LocalDate day, LocalTime time) {
        return LocalDateTime.of(day, time).atZone(HubClock.ZONE).toInstant();
    }

    private static Instant end(LocalDate day) {
        return instant(day.plusDays(1), LocalTime.MIDNIGHT).minus(1, ChronoUnit.SECONDS);
    }

    private static Duration time(String after) {
        Duration read = Duration.parse(after);
        if (read.isNegative() || read.isZero()) {
            throw new DateTimeException("not longer than nothing");
        }
        return read;
    }

    private static int days(String after) {
        Period read = Period.parse(after);
        if (read.getDays() <= 0 || read.toTotalMonths() != 0) {
            throw new DateTimeException("not a number of days");
        }
        return read.getDays();
    }

    static DueRule named(String calendar) {
        for (DueRule rule : values()) {
            if (rule.word().equals(calendar)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("unknown calendar '" + calendar + "', use one of " + words());
    }

    private static String words() {
        List<DueRule> rules = Arrays.asList(values());
        return rules.stream().map(DueRule::word).collect(Collectors.joining(", "));
    }

    /** As a ladder writes it: {@code end-of-day}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
