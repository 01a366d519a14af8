package songda.drop;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts and hashes what is read, up to a limit. */
final class Measured extends FilterInputStream {

    private final MessageDigest sha256 = Digests.sha256();
    private final long most;
    private long size;

    Measured(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        if (read > 0) {
            size += read;
            sha256.update(into, from, read);
            if (size > most) {
                throw new FileRefused(Fault.TOO_LARGE);
            }
        }
        return read;
    }

    /** Reads what is left, so that size and digest are the whole file's; of one that is too large they are not. */
    void drain() throws IOException {
        byte[] rest = new byte[8 << 10];
        while (size <= most && read(rest, 0, rest.length) >= 0) {
            // counted
        }
    }

    long size() {
        return size;
    }

    byte[] digest() {
        return sha256.digest();
    }
}
