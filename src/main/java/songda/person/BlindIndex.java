package songda.person;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;

/** Keyed hashes (HMAC-SHA256, first 16 bytes) for equality search on sealed columns. */
public final class BlindIndex {

    private static final int KEPT = 16;
    private final ThreadLocal<Mac> mac;

    public BlindIndex(Keys keys) {
        this.mac = ThreadLocal.withInitial(() -> {
            try {
                Mac made = Mac.getInstance("HmacSHA256");
                made.init(keys.index());
                return made;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no HmacSHA256", e);
            }
        });
    }

    /** @param phone any spelling; two spellings of one number give the same hash; @return null for null */
    public byte[] of(String phone) {
        return phone == null ? null : hash("phone|" + Phone.of(phone).whole());
    }

    /** The last four digits alone. Only 10,000 values exist, so this hash says little more than the digits to who has the key. */
    public byte[] ofTail(String phone) {
        return phone == null ? null : hash("tail|" + Phone.of(phone).tail());
    }

    /** To tell whether two texts are the same without keeping either. */
    public byte[] ofText(String text) {
        return hash("text|" + text);
    }

    private byte[] hash(String text) {
        return Arrays.copyOf(mac.get().doFinal(text.getBytes(StandardCharsets.UTF_8)), KEPT);
    }
}
