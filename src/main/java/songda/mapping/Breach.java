package songda.mapping;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import songda.failure.Moot;
import songda.failure.NotNow;
import songda.failure.Problem;
import songda.failure.Problem.Field;
import songda.failure.Refused;
import songda.failure.Stopped;
import songda.failure.Unmappable;

/**
 * A message that a mapping cannot take, before it is decided whether it is refused or set aside. Holds no value of
 * the message.
 */
final class Breach extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whose fault it is, and so what the sender may be told. */
    enum Kind {
        /** Not JSON or XML as it should be: 400. */
        UNREADABLE(400, "unreadable-message", "报文无法读取", "The message cannot be read"),
        TOO_LARGE(413, "too-large", "报文过大", "The message is too large"),
        /** Breaks its contract or a guard: 422. */
        INVALID(422, "invalid-message", "报文不符合约定", "The message breaks its contract"),
        /** The hub's own mapping is at fault, so the sender can change nothing: always set aside. */
        OURS(500, "mapping-failed", "转换失败", "The mapping failed"),
        /** A partner's answer: not now. */
        LATER(503, "not-now", "暂不受理", "Not now"),
        /** A partner's answer: nothing at all, until a person has acted. */
        STOPPED(503, "stopped", "已停止受理", "Stopped"),
        /** Ours to say: nothing is to be sent any more. */
        MOOT(409, "not-needed", "已不需要", "Not needed any more");

        private final int status;
        private final String type;
        private final String zh;
        private final String en;

        Kind(int status, String type, String zh, String en) {
            this.status = status;
            this.type = type;
            this.zh = zh;
            this.en = en;
        }
    }

    private final Kind kind;
    private final String text;
    private final transient List<Field> fields;
    private final Duration after;

    private Breach(Kind kind, String reason, String text, List<Field> fields) {
        this(kind, reason, text, fields, null);
    }

    private Breach(Kind kind, String reason, String text, List<Field> fields, Duration after) {
        super(reason, null, false, false);
        this.after = after;
        this.kind = kind;
        this.text = text;
        this.fields = List.copyOf(fields);
    }

    /** @param reason equal for equal causes, so without line or column */
    static Breach unreadable(String reason, String path, String message) {
        var fields = List.of(new Field(path, message));
        return new Breach(Kind.UNREADABLE, "unreadable message: " + reason, lines(fields, "\n"), fields);
    }

    static Breach later(String path, String message, Duration after) {
        var fields = List.of(new Field(path, message));
        return new Breach(Kind.LATER, lines(fields, "; "), lines(fields, "\n") + " " + after, fields, after);
    }

    static Breach stopped(String path, String message, Duration after) {
        var fields = List.of(new Field(path, message));
        return new Breach(Kind.STOPPED, lines(fields, "; "), lines(fields, "\n") + " stop " + after, fields, after);
    }

    static Breach moot(String path, String message) {
        var fields = List.of(new Field(path, message));
        return new Breach(Kind.MOOT, lines(fields, "; "), lines(fields, "\n"), fields);
    }

    static Breach tooLarge(int limit) {
        String message = "报文不得超过 " + limit + " 字节 / at most " + limit + " bytes";
        return new Breach(Kind.TOO_LARGE, message, message, List.of(new Field("", message)));
    }

    static Breach invalid(List<Field> fields) {
        return new Breach(Kind.INVALID, lines(fields, "; "), lines(fields, "\n"), fields);
    }

    static Breach unknownCode(String reason, String path) {
        return new Breach(Kind.INVALID, reason, reason, List.of(new Field(path, "未知代码 / unknown code")));
    }

    static Breach ours(String reason) {
        return new Breach(Kind.OURS, reason, reason, List.of());
    }

    /** The exact text of an example's {@code .refused.txt}. */
    String text() {
        return text;
    }

    RuntimeException as(OnBreach wish, String place) {
        if (kind == Kind.LATER) {
            return new NotNow(getMessage(), after);
        }
        if (kind == Kind.STOPPED) {
            return new Stopped(getMessage(), after);
        }
        if (kind == Kind.MOOT) {
            return new Moot(getMessage());
        }
        if (wish == OnBreach.SET_ASIDE || kind == Kind.OURS) {
            return new Unmappable(getMessage(), place);
        }
        return new Refused(new Problem(kind.status, kind.type, kind.zh, kind.en, fields));
    }

    private static String lines(List<Field> fields, String between) {
        return fields.stream().map(f -> (f.path() + " " + f.message()).strip()).collect(Collectors.joining(between));
    }
}
