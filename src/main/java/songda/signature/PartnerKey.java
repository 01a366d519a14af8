package songda.signature;

import java.time.Instant;
import javax.crypto.SecretKey;

/** One live key of one partner. @param notAfter null = until it is taken out of the file */
record PartnerKey(String keyId, String system, String client, SecretKey secret, Instant notAfter) {

    boolean livesAt(Instant now) {
        return notAfter == null || !now.isAfter(notAfter);
    }

    @Override
    public String toString() {
        return "PartnerKey[" + keyId + "]";
    }
}
