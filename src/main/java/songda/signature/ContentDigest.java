package songda.signature;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.ListElement;

/** RFC 9530: the field Content-Digest against the bytes of the body. */
final class ContentDigest {

    private static final Map<String, String> STRONG = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    private ContentDigest() {}

    /** @throws Denial 400 if it cannot be read, 401 if it has no strong digest or one that does not fit the body */
    static void check(List<String> lines, byte[] body) {
        if (lines.size() != 1) {
            throw Denial.malformed("Content-Digest", "must be sent once");
        }
        boolean strong = false;
        for (Map.Entry<String, ListElement<?>> digest :
                SignatureFields.dictionary(lines.get(0), "Content-Digest").entrySet()) {
            String algorithm = STRONG.get(digest.getKey());
            if (algorithm == null) {
                continue;
            }
            if (!(digest.getValue() instanceof ByteSequenceItem bytes)) {
                throw Denial.malformed("Content-Digest", "must be bytes between colons");
            }
            if (!matches(algorithm, body, bytes.get())) {
                throw Denial.unauthorised("digest does not fit the body");
            }
            strong = true;
        }
        if (!strong) {
            throw Denial.unauthorised("no sha-256 or sha-512 digest");
        }
    }

    private static boolean matches(String algorithm, byte[] body, ByteBuffer claimed) {
        try {
            byte[] actual = MessageDigest.getInstance(algorithm).digest(body);
            byte[] sent = new byte[claimed.remaining()];
            claimed.get(sent);
            return MessageDigest.isEqual(actual, sent);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
