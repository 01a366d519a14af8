package songda.door;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** The header {@code Retry-After} (RFC 9110): seconds, or a date; an hour at most. */
final class RetryAfter {

    private static final Duration MOST = Duration.ofHours(1);

    private RetryAfter() {}

    /** @return null where the header says nothing that can be read */
    static Duration read(String header, Instant now) {
        if (header == null) {
            return null;
        }
        Duration wait = header.strip().matches("\\d{1,9}")
                ? Duration.ofSeconds(Long.parseLong(header.strip()))
                : until(header, now);
        if (wait == null) {
            return null;
        }
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(MOST) > 0 ? MOST : wait;
    }

    private static Duration until(String date, Instant now) {
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
