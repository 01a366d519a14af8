package songda.timeline;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import songda.clock.HubClock;

/** How a timeline writes instants and lengths of time. */
final class Moments {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final Pattern SHORT = Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

    private Moments() {}

    /** {@code 2026-10-02T23:59:59}: Zhejiang's time, to the second. */
    static String text(Instant at) {
        return SECONDS.format(at.atZone(HubClock.ZONE));
    }

    /**
     * @param text {@code 2026-09-29T15:00:00}, with or without its offset; {@code 57h}, {@code P2D}: so long after {@code start};
     *     {@code +1s}: so long after {@code last}
     * @throws DateTimeException what it is not
     */
    static Instant instant(String text, Instant start, Instant last) {
        if (text.matches("\\d{4}-.*")) {
            return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(HubClock.ZONE).toInstant();
        }
        return text.startsWith("+") ? last.plus(length(text.substring(1))) : start.plus(length(text));
    }

    /** {@code PT48H}, {@code P2D}, {@code 2d12h}, {@code 30m}. */
    static Duration length(String text) {
        Matcher words = SHORT.matcher(text);
        if (text.isEmpty() || !words.matches()) {
            return Duration.parse(text);
        }
        return Duration.ofDays(number(words.group(1)))
                .plusHours(number(words.group(2)))
                .plusMinutes(number(words.group(3)))
                .plusSeconds(number(words.group(4)));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
