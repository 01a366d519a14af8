package songda.drop;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import songda.clock.HubClock;

/** What a file's name says, where a partner's names have a form: groups {@code series} and {@code period} ({@code yyyyMMdd_HHmm}) of a pattern. */
final class Names {

    private static final DateTimeFormatter PERIOD =
            DateTimeFormatter.ofPattern("uuuuMMdd'_'HHmm").withResolverStyle(ResolverStyle.STRICT);
    private final Pattern form;

    /** @param form a regular expression, or null where any name will do */
    Names(String form) {
        this.form = form == null ? null : Pattern.compile(form);
    }

    /** @param series whose file it is, or null; @param period the instant up to which it tells, or null */
    record Said(String series, Instant period) {}

    /** @throws FileRefused it is no such name */
    Said of(String name) {
        if (form == null) {
            return new Said(null, null);
        }
        Matcher matcher = form.matcher(name);
        if (!matcher.matches()) {
            throw new FileRefused(Fault.NAME);
        }
        return new Said(
                group(matcher, "series").orElse(null),
                group(matcher, "period").map(Names::instant).orElse(null));
    }

    private static Instant instant(String period) {
        try {
            return LocalDateTime.parse(period, PERIOD).atZone(HubClock.ZONE).toInstant();
        } catch (DateTimeException e) {
            throw new FileRefused(Fault.NAME);
        }
    }

    private Optional<String> group(Matcher matcher, String name) {
        return form.pattern().contains("(?<" + name + ">")
                ? Optional.ofNullable(matcher.group(name))
                : Optional.empty();
    }
}
