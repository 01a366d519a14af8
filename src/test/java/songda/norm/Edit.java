package songda.norm;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * One wrong edit of what keeps a rule.
 *
 * @param what the text and what it became
 * @param killedBy the test that failed, or empty
 */
public record Edit(Set<String> rules, Path file, int line, String what, Optional<String> killedBy) {

    /** Begins the killer of an edit that no start would take. */
    public static final String REFUSED = "refused: ";

    /** What no start would take proves nothing of a rule. */
    boolean byATest() {
        return killedBy.filter(killer -> !killer.startsWith(REFUSED)).isPresent();
    }

    String place() {
        return file + ":" + line;
    }

    String text() {
        return killedBy.map(killer -> "killed   " + place() + ": " + what + "  <- " + killer)
                .orElse("SURVIVED " + place() + ": " + what);
    }
}
