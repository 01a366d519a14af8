package songda.mapping;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import songda.person.Mask;

/** The functions that we add to JSLT and XSLT; {@code mappings/README.md} documents each. */
final class Words {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private Words() {}

    static List<Word> of(Place place, Tables tables, Refusals refusals) {
        var codes = new Codes(place, tables);
        return List.of(
                new Word("code", 3, 4, codes::known),
                new Word("code-or-null", 3, 3, codes::orNull),
                new Word("rows", 1, 1, codes::rows),
                new Word("row-on", 4, 14, codes::on),
                new Word("refuse", 2, 2, a -> refusals.add(a[0].asText(), a[1].asText())),
                new Word("unreadable", 2, 2, a -> {
                    throw Breach.unreadable("no answer at " + a[0].asText(), a[0].asText(), a[1].asText());
                }),
                new Word("later", 3, 3, a -> {
                    throw Breach.later(a[0].asText(), a[1].asText(), wait(a[2].asText()));
                }),
                new Word("stop", 3, 3, a -> {
                    throw Breach.stopped(a[0].asText(), a[1].asText(), wait(a[2].asText()));
                }),
                new Word("moot", 2, 2, a -> {
                    throw Breach.moot(a[0].asText(), a[1].asText());
                }),
                new Word("credit-code-ok", 1, 1, yes(CheckDigits::creditCode)),
                new Word("id-number-ok", 1, 1, yes(CheckDigits::idNumber)),
                new Word("mail-number", 1, 1, text(MailNumber::check)),
                new Word("money", 1, 9, Money::sum),
                new Word("money-times", 2, 2, Money::times),
                new Word("phone", 1, 1, text(s -> Phone.normalise(s).orElse(null))),
                new Word("local-time", 1, 1, text(Words::localTime)),
                new Word("to-local-time", 1, 1, text(s -> time(s).format(LOCAL))),
                new Word("day", 1, 1, text(s -> time(s).toLocalDate().toString())),
                new Word("mask-name", 1, 1, text(Mask::name)),
                new Word("mask-phone", 1, 1, text(Mask::phone)),
                new Word("mask-label-phone", 1, 1, text(Mask::labelPhone)),
                new Word("mask-address", 1, 1, text(Mask::address)),
                new Word("mask-room", 1, 1, text(Mask::room)),
                new Word("sha256", 1, 1, text(Words::sha256)));
    }

    private static Duration wait(String s) {
        try {
            Duration wait = Duration.parse(s);
            if (!wait.isNegative() && !wait.isZero()) {
                return wait;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw Breach.ours("wait must be a positive duration like PT4H");
    }

    /** Nothing in, nothing out. */
    private static Word.Body text(Function<String, String> body) {
        return a -> {
            String out = a[0].isNull() || a[0].isMissingNode() ? null : body.apply(a[0].asText());
            return out == null ? NullNode.instance : TextNode.valueOf(out);
        };
    }

    private static Word.Body yes(Predicate<String> body) {
        return a -> BooleanNode.valueOf(a[0].isTextual() && body.test(a[0].textValue()));
    }

    /** Null when it is not a time, as {@code phone}: the mapping decides what that means. */
    private static String localTime(String s) {
        try {
            return LocalDateTime.parse(s, LOCAL).atZone(ZONE).format(ISO);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ZonedDateTime time(String s) {
        try {
            return OffsetDateTime.parse(s).atZoneSameInstant(ZONE);
        } catch (DateTimeException e) {
            throw Breach.ours("a time is not ISO-8601 with an offset: let in.schema.json ask for format date-time");
        }
    }

    private static String sha256(String s) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(s.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
