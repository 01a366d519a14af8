package songda.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A generated password in a file that only the hub's own user can read; made once, then kept. */
final class Password {

    private static final Logger LOG = LoggerFactory.getLogger(Password.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private Password() {}

    static String inFile(Path file) {
        try {
            if (!Files.exists(file)) {
                generate(file);
            }
            Files.setPosixFilePermissions(file, OWNER_ONLY);
            LOG.info("操作员口令存放在 / the operator's password lies in: {}", file.toAbsolutePath());
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the operator's password cannot be kept in " + file, e);
        }
    }

    /** Written beside and moved, so that a crash in between leaves no empty password. */
    private static void generate(Path file) throws IOException {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.writeString(fresh, password + "\n", StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
