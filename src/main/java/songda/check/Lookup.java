package songda.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code code("codes", .opCode, "meaning")} in a mapping.
 *
 * @param key the expression, as it is written
 * @param column empty where it is computed
 * @param at where the column stands in the text
 */
record Lookup(String table, String key, String column, int at) {

    private static final Pattern CALL = Pattern.compile("\\bcode(-or-null)?\\(");
    private static final Pattern TEXT = Pattern.compile("\\s*[\"']([^\"']+)[\"']\\s*");

    static List<Lookup> of(String program) {
        List<Lookup> lookups = new ArrayList<>();
        Matcher call = CALL.matcher(program);
        while (call.find()) {
            List<String> words = words(program, call.end());
            if (words.size() >= 3 && !text(words.get(0)).isEmpty()) {
                int at = call.end() + words.get(0).length() + words.get(1).length() + 2;
                int blanks = words.get(2).length() - words.get(2).stripLeading().length();
                lookups.add(new Lookup(text(words.get(0)), words.get(1).strip(), text(words.get(2)), at + blanks));
            }
        }
        return lookups;
    }

    private static String text(String word) {
        Matcher text = TEXT.matcher(word);
        return text.matches() ? text.group(1) : "";
    }

    /** What stands between the commas of a call, as it is written. */
    private static List<String> words(String program, int begin) {
        List<String> words = new ArrayList<>();
        int depth = 0;
        int from = begin;
        boolean quoted = false;
        for (int i = begin; i < program.length() && depth >= 0; i++) {
            char c = program.charAt(i);
            quoted ^= c == '"';
            depth += quoted ? 0 : "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (!quoted && (depth < 0 || depth == 0 && c == ',')) {
                words.add(program.substring(from, i));
                from = i + 1;
            }
        }
        return words;
    }
}
