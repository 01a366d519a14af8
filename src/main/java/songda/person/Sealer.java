package songda.person;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM for one column of one row. Sealed bytes: {@code 1 | length of key id | key id | nonce (12) | cipher text | tag (16)};
 * column, row and key id are authenticated beside it, so a value that was moved to another place does not open.
 */
public final class Sealer {

    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private final Keys keys;
    private final ThreadLocal<Tools> tools = ThreadLocal.withInitial(Tools::new);

    public Sealer(Keys keys) {
        this.keys = keys;
    }

    /** @param column e.g. {@code orders.recipient_phone}; @return null for null */
    public byte[] seal(String clear, String column, long rowId) {
        return clear == null ? null : seal(clear.getBytes(StandardCharsets.UTF_8), column, rowId);
    }

    /** @see #seal(String, String, long) */
    public byte[] seal(byte[] clear, String column, long rowId) {
        if (clear == null) {
            return null;
        }
        String keyId = keys.active();
        byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
        int head = 2 + id.length;
        byte[] sealed = new byte[head + NONCE + clear.length + TAG];
        ByteBuffer.wrap(sealed).put(FORMAT).put((byte) id.length).put(id);
        Tools mine = tools.get();
        mine.nonce(sealed, head);
        try {
            mine.init(Cipher.ENCRYPT_MODE, keys.data(keyId), sealed, head, place(column, rowId, keyId));
            mine.cipher.doFinal(clear, 0, clear.length, sealed, head + NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal " + column, e);
        }
    }

    /**
     * @return null for null
     * @throws IllegalStateException if it was sealed for another place, with a key that is not in the key file, or was changed
     */
    public String open(byte[] sealed, String column, long rowId) {
        byte[] clear = openBytes(sealed, column, rowId);
        return clear == null ? null : new String(clear, StandardCharsets.UTF_8);
    }

    /** @see #open(byte[], String, long) */
    public byte[] openBytes(byte[] sealed, String column, long rowId) {
        if (sealed == null) {
            return null;
        }
        int head = sealed.length < 2 ? -1 : 2 + sealed[1];
        if (head < 3 || sealed[0] != FORMAT || sealed.length < head + NONCE + TAG) {
            throw new IllegalStateException("not a sealed value in " + column + " of row " + rowId);
        }
        String keyId = new String(sealed, 2, head - 2, StandardCharsets.US_ASCII);
        SecretKey key = keys.data(keyId);
        if (key == null) {
            throw new IllegalStateException(column + " of row " + rowId + " was sealed with a key that is not in the"
                    + " key file: put it back under 'data'");
        }
        Tools mine = tools.get();
        try {
            mine.init(Cipher.DECRYPT_MODE, key, sealed, head, place(column, rowId, keyId));
            return mine.cipher.doFinal(sealed, head + NONCE, sealed.length - head - NONCE);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException(column + " of row " + rowId + " was changed, or sealed for another place");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open " + column + " of row " + rowId, e);
        }
    }

    private static byte[] place(String column, long rowId, String keyId) {
        return (column + '|' + rowId + '|' + keyId).getBytes(StandardCharsets.UTF_8);
    }

    /** What one thread reuses: a cipher, and random bytes fetched 64 nonces at a time (the generator is shared and slow). */
    private static final class Tools {

        private final Cipher cipher;
        private final SecureRandom random = new SecureRandom();
        private final byte[] pool = new byte[64 * NONCE];
        private int used = pool.length;

        Tools() {
            try {
                cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no AES-GCM", e);
            }
        }

        void nonce(byte[] into, int at) {
            if (used == pool.length) {
                random.nextBytes(pool);
                used = 0;
            }
            System.arraycopy(pool, used, into, at, NONCE);
            Arrays.fill(pool, used, used + NONCE, (byte) 0);
            used += NONCE;
        }

        void init(int mode, SecretKey key, byte[] nonce, int at, byte[] aad) throws GeneralSecurityException {
            cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce, at, NONCE));
            cipher.updateAAD(aad);
        }
    }
}
