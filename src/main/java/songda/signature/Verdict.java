package songda.signature;

import songda.failure.Problem;

/** Outcome of a verification. */
public sealed interface Verdict {

    /** The signature holds; the nonce is not consumed yet. */
    record Accepted(Caller caller) implements Verdict {}

    /**
     * @param problem what the sender may know
     * @param keyId for the log; null when none was readable; not proof of anything
     * @param reason for the log, a fixed phrase
     */
    record Denied(Problem problem, String keyId, String reason) implements Verdict {}
}
