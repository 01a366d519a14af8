package songda.drop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * A partner's folders, over one connection. A name is its bytes, one character each: whatever a sender calls a file, it can be renamed. Nothing
 * is ever overwritten.
 */
final class Remote implements AutoCloseable {

    private static final int LARGEST_REPLY = 16 << 20;
    private final ClientSession session;
    private final SftpClient sftp;
    private final String root;

    /** @param root the folder that has {@code in} */
    Remote(ClientSession session, String root) throws IOException {
        this.session = session;
        this.sftp = SftpClientFactory.instance().createSftpClient(session);
        this.sftp.setNameDecodingCharset(StandardCharsets.ISO_8859_1);
        this.root = new String(root.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** @param modified seconds since 1970 */
    record Entry(String name, long size, long modified) {}

    /** The regular files of a folder; no links, no folders. */
    List<Entry> files(String folder) throws IOException {
        List<Entry> files = new ArrayList<>();
        for (SftpClient.DirEntry entry : sftp.readDir(path(folder))) {
            SftpClient.Attributes about = entry.getAttributes();
            String name = entry.getFilename();
            if (about.isRegularFile() && name.indexOf('/') < 0 && name.indexOf('\0') < 0) {
                long modified = about.getModifyTime() == null
                        ? 0
                        : about.getModifyTime().toMillis() / 1000;
                files.add(new Entry(name, about.getSize(), modified));
            }
        }
        return files;
    }

    /** @return false where there is no such file any more, or the new name is taken */
    boolean rename(String folder, String name, String toFolder, String toName) throws IOException {
        try {
            sftp.rename(path(folder) + "/" + name, path(toFolder) + "/" + toName);
            return true;
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_PERMISSION_DENIED) {
                throw e;
            }
            return false;
        }
    }

    /** Removes a marker; one that is gone already is no fault. */
    void remove(String folder, String name) throws IOException {
        try {
            sftp.remove(path(folder) + "/" + name);
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
        }
    }

    InputStream open(String folder, String name) throws IOException {
        return sftp.read(path(folder) + "/" + name);
    }

    /** Makes a folder that is not there. */
    void folder(String folder) throws IOException {
        try {
            sftp.stat(path(folder));
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
            sftp.mkdir(path(folder));
        }
    }

    /** Written under another name first: who looks for the file finds it whole or not at all. A name that is taken by other bytes is not used. */
    void put(String folder, String name, String otherName, byte[] bytes) throws IOException {
        for (String free : List.of(name, otherName)) {
            Optional<byte[]> there = bytes(folder, free);
            if (there.isPresent() && java.util.Arrays.equals(there.get(), bytes)) {
                return;
            } else if (there.isEmpty() && write(folder, free, bytes)) {
                return;
            }
        }
        throw new IOException("both names of the reply are taken");
    }

    private boolean write(String folder, String name, byte[] bytes) throws IOException {
        String part = "." + name + ".part";
        Collection<SftpClient.OpenMode> fresh =
                EnumSet.of(SftpClient.OpenMode.Write, SftpClient.OpenMode.Create, SftpClient.OpenMode.Truncate);
        try (OutputStream out = sftp.write(path(folder) + "/" + part, fresh)) {
            out.write(bytes);
        }
        boolean named = rename(folder, part, folder, name);
        if (!named) {
            remove(folder, part);
        }
        return named;
    }

    private Optional<byte[]> bytes(String folder, String name) throws IOException {
        try (InputStream in = sftp.read(path(folder) + "/" + name)) {
            return Optional.of(in.readNBytes(LARGEST_REPLY));
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String path(String folder) {
        return root.isEmpty() ? folder : root + "/" + folder;
    }

    boolean isOpen() {
        return sftp.isOpen() && session.isOpen();
    }

    @Override
    public void close() {
        session.close(true);
    }
}
