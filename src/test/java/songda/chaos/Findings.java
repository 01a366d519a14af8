package songda.chaos;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong. */
final class Findings {

    private final List<Violation> all = new ArrayList<>();

    void add(String invariant, String what, Object where) {
        all.add(new Violation(invariant, what, String.valueOf(where)));
    }

    void check(boolean holds, String invariant, String what, Object where) {
        if (!holds) {
            add(invariant, what, where);
        }
    }

    List<Violation> all() {
        return List.copyOf(all);
    }
}
