package songda.person;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in the QR code of a label instead of a number that could be counted on: 22 letters that only this hub can make and read. The
 * same order always has the same; who has seen a thousand of them cannot make the next.
 */
public final class Tokens {

    private static final int BLOCK = 16;
    private final ThreadLocal<Cipher> writer;
    private final ThreadLocal<Cipher> reader;

    public Tokens(Keys keys) {
        SecretKey key = derived(keys.index());
        this.writer = ThreadLocal.withInitial(() -> cipher(Cipher.ENCRYPT_MODE, key));
        this.reader = ThreadLocal.withInitial(() -> cipher(Cipher.DECRYPT_MODE, key));
    }

    /** A key of its own: what is learned about one use of a key must not help with another. */
    private static SecretKey derived(SecretKey index) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(index);
            return new SecretKeySpec(mac.doFinal("token".getBytes(java.nio.charset.StandardCharsets.US_ASCII)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    /** One block is one number: a permutation, so none stands for two. */
    private static Cipher cipher(int mode, SecretKey key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES", e);
        }
    }

    public String of(long order) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(run(
                        writer.get(),
                        ByteBuffer.allocate(BLOCK).putLong(8, order).array()));
    }

    /** @return empty for what this hub has not made */
    public OptionalLong read(String token) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
        if (sealed.length != BLOCK) {
            return OptionalLong.empty();
        }
        byte[] block = run(reader.get(), sealed);
        return Arrays.equals(block, 0, 8, new byte[8], 0, 8)
                ? OptionalLong.of(ByteBuffer.wrap(block).getLong(8))
                : OptionalLong.empty();
    }

    private static byte[] run(Cipher cipher, byte[] block) {
        try {
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a block was not of 16 bytes", e);
        }
    }
}
