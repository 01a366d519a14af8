package songda.postal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.RuntimeCryptoException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * How the post's open platform wraps a text: {@code |$4|} and the base64 of SM4 (ECB, PKCS#5) over the text's UTF-8 bytes followed by the
 * sign key as it is written. The appended key is all that shows who wrapped it. ECB is the post's choice.
 */
final class EmsEnvelope {

    private static final String MARK = "|$4|";
    private static final int KEY_BYTES = 16;
    private final KeyParameter key;
    private final byte[] suffix;

    /**
     * @param signKey base64 of 16 bytes, as the post hands it out
     * @throws IllegalArgumentException if it is anything else; the message does not repeat it
     */
    EmsEnvelope(String signKey) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(signKey);
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "songda.postal.sign-key 应为 16 字节的 base64 / must be the base64 of 16 bytes");
        }
        key = new KeyParameter(bytes);
        suffix = signKey.getBytes(StandardCharsets.UTF_8);
    }

    String seal(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] signed = Arrays.copyOf(plain, plain.length + suffix.length);
        System.arraycopy(suffix, 0, signed, plain.length, suffix.length);
        try {
            return MARK + Base64.getEncoder().encodeToString(run(true, signed));
        } catch (CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws BadEnvelope if it is none, or none that was wrapped with this key */
    String open(String sealed) throws BadEnvelope {
        if (!sealed.startsWith(MARK)) {
            throw new BadEnvelope("does not begin with " + MARK);
        }
        byte[] signed;
        try {
            signed = run(false, Base64.getDecoder().decode(sealed.substring(MARK.length())));
        } catch (IllegalArgumentException e) {
            throw new BadEnvelope("is not base64");
        } catch (CryptoException | RuntimeCryptoException e) {
            throw new BadEnvelope("was sealed with another key, or is cut off");
        }
        int length = signed.length - suffix.length;
        if (length < 0 || !Arrays.equals(signed, length, signed.length, suffix, 0, suffix.length)) {
            throw new BadEnvelope("does not end with the sign key");
        }
        return new String(signed, 0, length, StandardCharsets.UTF_8);
    }

    private byte[] run(boolean encrypt, byte[] in) throws CryptoException {
        PaddedBufferedBlockCipher cipher = new PaddedBufferedBlockCipher(new SM4Engine());
        cipher.init(encrypt, key);
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int length = cipher.processBytes(in, 0, in.length, out, 0);
        return Arrays.copyOf(out, length + cipher.doFinal(out, length));
    }
}
