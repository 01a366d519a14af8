package songda.label;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import songda.label.Template.Style;

/** A text broken into lines that fit an area, in the largest letters that do. */
record Lines(List<int[]> lines, int dots) {

    private static final String NEVER_FIRST = "，。、；：！？）】》」』”’,.;:!?)]}%·…";
    /** From line to line, in heights of a letter. */
    static final double LEADING = 1.18;

    /**
     * @param width dots; @param height dots
     * @param scale dots of a mm
     * @return null when it does not fit in the smallest letters
     */
    static Lines fit(Typeface face, String text, double width, double height, Style style, double scale) {
        int[] characters = plain(text, face::draws);
        int least = Math.max(1, (int) Math.round(style.least() * scale));
        for (int dots = (int) Math.round(style.letters() * scale); dots >= least; dots--) {
            Lines lines = new Lines(broken(face, characters, width / dots), dots);
            if (lines.wide(face) <= width + 0.5 && lines.high() <= height + 0.5) {
                return lines;
            }
        }
        return null;
    }

    /** Dots. */
    double high() {
        return lines.isEmpty() ? 0 : (1 + (lines.size() - 1) * LEADING) * dots;
    }

    private double wide(Typeface face) {
        return lines.stream().mapToDouble(line -> wide(face, line)).max().orElse(0) * dots;
    }

    /** How wide it is in one line, in heights of a letter. */
    static double wide(Typeface face, int[] line) {
        double wide = 0;
        for (int character : line) {
            wide += face.advance(character);
        }
        return wide;
    }

    /**
     * What can be drawn: no control characters, no joiners and selectors, one space for many (a wide one stays); 〓 for what the font does not have, so that a
     * reader sees that something stood there.
     */
    static int[] plain(String text, IntPredicate drawn) {
        return text.replaceAll("[\\s\\p{Zs}&&[^\u3000]]+", " ")
                .strip()
                .codePoints()
                .filter(c -> !invisible(c))
                .map(c -> drawn.test(c) ? c : Typeface.GETA)
                .toArray();
    }

    private static boolean invisible(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || c >= 0xFE00 && c <= 0xFE0F
                || c >= 0xE0100 && c <= 0xE01EF;
    }

    /** @param width in heights of a letter */
    private static List<int[]> broken(Typeface face, int[] text, double width) {
        List<int[]> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length) {
            int to = from;
            double used = 0;
            while (to < text.length && used + face.advance(text[to]) <= width) {
                used += face.advance(text[to++]);
            }
            to = to == text.length ? to : breakBefore(text, from, to);
            lines.add(trimmed(text, from, to));
            from = to;
            while (from < text.length && text[from] == ' ') {
                from++;
            }
        }
        return lines;
    }

    /** Not within a word or number, not before a closing mark, where that can be avoided; at least one character goes on a line. */
    private static int breakBefore(int[] text, int from, int most) {
        for (int at = most; at > from; at--) {
            boolean within = word(text[at - 1]) && word(text[at]);
            if (!within && NEVER_FIRST.indexOf(text[at]) < 0) {
                return at;
            }
        }
        return Math.max(most, from + 1);
    }

    private static boolean word(int c) {
        return c < 0x250 && Character.isLetterOrDigit(c) || c == '*' || c == '-' || c == '_';
    }

    private static int[] trimmed(int[] text, int from, int to) {
        int end = to;
        while (end > from && text[end - 1] == ' ') {
            end--;
        }
        return java.util.Arrays.copyOfRange(text, from, end);
    }
}
