package songda.check;

import java.util.List;

/**
 * One rule of {@code songda/check/rules.yaml}. Its id never changes and is never used for another rule.
 *
 * @param say what is wrong and what to write instead; {0}, {1} … stand for what was found
 */
public record Rule(String id, Severity severity, Words say, Words why, String bad, String good) {

    /** What follows from a breach. */
    public enum Severity {
        /** It would not start, or fail with the first message. */
        ERROR,
        /** It runs, and is not as the house wants it. */
        WARNING;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The same in both languages. */
    public record Words(String zh, String en) {

        public String in(String language) {
            return language.equals("zh") ? zh : en;
        }

        Words with(List<String> found) {
            return new Words(filled(zh, found), filled(en, found));
        }

        private static String filled(String text, List<String> found) {
            String filled = text;
            for (int i = 0; i < found.size(); i++) {
                filled = filled.replace("{" + i + "}", found.get(i));
            }
            return filled;
        }
    }
}
