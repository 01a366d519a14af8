package songda.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads and writes files with mode 0600. Only the embedded default may make a missing one: elsewhere that would hide a lost secret. */
@Component
public final class SecretFile {

    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private final boolean mayMake;

    /** @param mayMake true when the hub runs on its own embedded database */
    public SecretFile(@Value("${songda.embedded.postgres:false}") boolean mayMake) {
        this.mayMake = mayMake;
    }

    /**
     * The bytes of {@code file}; when it is missing, made from {@code fresh} where that is allowed.
     *
     * @throws IllegalStateException if it is missing beside an external database, or not readable
     */
    public byte[] readOrMake(Path file, String setting, Supplier<byte[]> fresh) {
        if (Files.notExists(file)) {
            make(file, setting, fresh);
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file.toAbsolutePath() + " (setting " + setting + ")", e);
        }
    }

    private void make(Path file, String setting, Supplier<byte[]> fresh) {
        if (!mayMake) {
            throw new IllegalStateException("缺少密钥文件，不能启动 / the secret file " + file.toAbsolutePath()
                    + " is missing: with an external database the hub never makes one. Put the file there, or name"
                    + " another place with " + setting + " (see guide: signing)");
        }
        write(file, fresh.get());
        LOG.info("已生成密钥文件 / made the secret file {} (mode 0600): keep a copy", file.toAbsolutePath());
    }

    /** Replaces {@code file} so that a crash leaves the old or the new bytes, never half. */
    public static void write(Path file, byte[] bytes) {
        Path target = file.toAbsolutePath();
        Path temp = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.createDirectories(target.getParent());
            Files.deleteIfExists(temp);
            try (FileChannel out = FileChannel.open(
                    temp,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
    }
}
