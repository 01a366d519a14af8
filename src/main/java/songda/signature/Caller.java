package songda.signature;

import java.time.Instant;
import java.util.Set;
import songda.failure.Problem;
import songda.failure.Refused;

/**
 * Who sent an authenticated request.
 *
 * @param system the house's word for the outside party, e.g. {@code gov}
 * @param client the partner's own id, e.g. {@code zjzwfw}
 * @param keyId which of the partner's keys signed
 * @param nonce once per key: whoever records the request consumes it in the same transaction, see {@link NonceStore}
 * @param created when it was signed, wall time
 * @param rights what this key may do beyond what its system may, e.g. {@code reveal}; mostly nothing
 */
public record Caller(String system, String client, String keyId, String nonce, Instant created, Set<String> rights) {

    /** A key without rights of its own. */
    public Caller(String system, String client, String keyId, String nonce, Instant created) {
        this(system, client, keyId, nonce, created, Set.of());
    }

    public boolean may(String right) {
        return rights.contains(right);
    }

    /**
     * For what only the operators' desk may do.
     *
     * @throws Refused 403 for any other system
     */
    public Caller desk() {
        if (!system.equals("desk")) {
            throw new Refused(Problem.of(403, "desk-only", "只有值班台可以这样做", "Only the desk may do this"));
        }
        return this;
    }
}
