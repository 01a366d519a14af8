package songda.drop;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two digests that files have. */
final class Digests {

    private Digests() {}

    /** Against accidents on the way, not against people: a partner's trailer asks for it. */
    static MessageDigest md5() {
        return of("MD5");
    }

    static MessageDigest sha256() {
        return of("SHA-256");
    }

    private static MessageDigest of(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }
}
