package songda.mapping;

import java.util.regex.Pattern;

/**
 * Which words of a message may be repeated in an answer or a log: those that look like a name of ours or a code,
 * never free text.
 */
final class Names {

    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,31}|[0-9]{1,6}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,32}");
    /** Ten digits or more may be a phone or an ID number. */
    private static final Pattern PERSONAL = Pattern.compile("([0-9][-.]?){10,}");

    private Names() {}

    /** A field name as one step of a JSON pointer, or {@code ?} where a stranger could have hidden something in it. */
    static String shown(String field) {
        return FIELD.matcher(field).matches() && !PERSONAL.matcher(field).find() ? field : "?";
    }

    static boolean looksLikeCode(String key) {
        return CODE.matcher(key).matches() && !PERSONAL.matcher(key).find();
    }

    /** {@code $.a.b} or {@code /a/b}, as a JSON pointer. */
    static String pointer(String path) {
        return path.startsWith("$") ? path.substring(1).replace('.', '/').replaceAll("\\[(\\d+)]", "/$1") : path;
    }
}
