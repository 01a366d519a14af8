package songda.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Compares what was expected with what happened, in any order. A line that is expected may leave out its end, from a space, a slash or
 * an @ on; {@code open receipt} and {@code close receipt} stand for all rungs of the ladder.
 */
final class Expectation {

    final List<String> missing = new ArrayList<>();
    final List<String> unexpected;

    Expectation(List<String> expected, List<String> got) {
        this.unexpected = new ArrayList<>(got);
        // The fuller ones choose first.
        expected.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(this::take);
    }

    private void take(String expected) {
        List<String> found =
                unexpected.stream().filter(got -> begins(got, expected)).toList();
        if (found.isEmpty()) {
            missing.add(expected);
        } else if (expected.matches("(open|close|cancel) [^/]+")) {
            unexpected.removeAll(found);
        } else {
            unexpected.remove(found.contains(expected) ? expected : found.get(0));
        }
    }

    private static boolean begins(String got, String expected) {
        return got.startsWith(expected)
                && (got.length() == expected.length() || " /@".indexOf(got.charAt(expected.length())) >= 0);
    }

    boolean met() {
        return missing.isEmpty() && unexpected.isEmpty();
    }
}
