package songda.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a check has found so far. */
final class Findings {

    private final Set<Finding> all = new LinkedHashSet<>();

    /** @param rule {@code R104} */
    void add(String rule, Place place, Object... found) {
        all.add(new Finding(
                Rules.get(rule), place, Stream.of(found).map(String::valueOf).toList()));
    }

    void when(boolean bad, String rule, Place place, Object... found) {
        if (bad) {
            add(rule, place, found);
        }
    }

    int count() {
        return all.size();
    }

    boolean has(String file) {
        return all.stream().anyMatch(f -> f.error() && f.place().file().equals(file));
    }

    /** In the order of the files and their lines. */
    List<Finding> sorted() {
        List<Finding> sorted = new ArrayList<>(all);
        sorted.sort(Finding.BY_PLACE);
        return sorted;
    }
}
