package songda.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How far two words are apart, to guess what was meant. */
final class Distance {

    private Distance() {}

    /** Levenshtein's. */
    static int between(String a, String b) {
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    /** The word nearest to what was written; a dash where there is none. */
    static String nearest(Collection<String> words, String written) {
        return words.stream()
                .min(Comparator.comparingInt(w -> between(w, written)))
                .orElse("-");
    }
}
