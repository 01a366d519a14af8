package songda.signature;

import java.time.Instant;

/**
 * Who sent an authenticated request.
 *
 * @param system the house's word for the outside party, e.g. {@code gov}
 * @param client the partner's own id, e.g. {@code zjzwfw}
 * @param keyId which of the partner's keys signed
 * @param nonce once per key: whoever records the request consumes it in the same transaction, see {@link NonceStore}
 * @param created when it was signed, wall time
 */
public record Caller(String system, String client, String keyId, String nonce, Instant created) {}
