package songda.signature;

import java.time.Instant;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * One live key of one partner.
 *
 * @param notAfter null = until it is taken out of the file
 * @param rights what it may do beyond what its system may
 */
record PartnerKey(String keyId, String system, String client, SecretKey secret, Instant notAfter, Set<String> rights) {

    boolean livesAt(Instant now) {
        return notAfter == null || !now.isAfter(notAfter);
    }

    @Override
    public String toString() {
        return "PartnerKey[" + keyId + "]";
    }
}
