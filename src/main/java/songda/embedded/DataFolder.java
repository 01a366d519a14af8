package songda.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.springframework.util.FileSystemUtils;
import songda.failure.StartRefused;

/** The folder of everything durable (mode 0700), held by at most one hub at a time. */
final class DataFolder implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder when missing and locks it until {@link #close()} or the end of the process, however it ends.
     *
     * @throws StartRefused when another hub holds it, or it cannot be written
     */
    static DataFolder lock(Path folder) {
        try {
            Path path = Files.createDirectories(folder).toRealPath();
            Files.setPosixFilePermissions(path, OWNER_ONLY);
            FileChannel channel = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            take(path, channel);
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new StartRefused(
                    "数据目录不可用 / The data folder cannot be used: " + folder.toAbsolutePath() + " (" + e + ")",
                    "检查权限和磁盘，或用 SONGDA_DATA 换一个目录 / "
                            + "Check permissions and disk, or name another folder with SONGDA_DATA",
                    e);
        }
    }

    private static void take(Path path, FileChannel channel) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process. The channel stays open: closing it would drop the other holder's lock (POSIX).
        }
        if (lock == null) {
            throw new StartRefused(
                    "数据目录正被另一个送达进程使用 / Another hub is using the data folder: " + path + " (pid " + pid(channel) + ")",
                    "先停掉它，或用 SONGDA_DATA 换一个目录 / Stop it first, or name another folder with SONGDA_DATA",
                    null);
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static String pid(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
    }

    Path path() {
        return path;
    }

    /**
     * Makes the part {@code name} in its folder, once. A making that was cut short (kill -9, power) leaves a mark; then
     * the half-made folder is thrown away and made anew: nothing can have been stored in it yet.
     */
    void makeOnce(String name, Making making) throws Exception {
        Path part = path.resolve(name);
        Path mark = path.resolve(name + ".unfinished");
        if (Files.exists(part) && !Files.exists(mark)) {
            return;
        }
        if (Files.notExists(mark)) {
            Files.createFile(mark);
        }
        FileSystemUtils.deleteRecursively(part);
        making.make();
        Files.delete(mark);
    }

    interface Making {
        void make() throws Exception;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
