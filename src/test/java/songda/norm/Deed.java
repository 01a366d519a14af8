package songda.norm;

import java.time.Instant;
import java.util.Map;

/**
 * One line of the journal: what somebody did.
 *
 * @param item or null: the 85 system was asked
 * @param heard when the hub was told, not before it happened
 */
record Deed(Item item, String what, Instant at, Instant heard, String by, Map<String, String> data) {

    boolean is(String... whats) {
        for (String one : whats) {
            if (one.equals(what)) {
                return true;
            }
        }
        return false;
    }
}
