package songda.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** PostgreSQL's programs, unpacked once under {@code target} for all data folders: to unpack them is some three seconds of processor time. */
public final class LentPrograms {

    private static final Path PROGRAMS = Path.of("target", "postgres-programs").toAbsolutePath();

    private LentPrograms() {}

    /** Before its hub starts; one that has its own keeps them. */
    public static void to(Path data) throws IOException {
        Path own = Files.createDirectories(data).resolve(PROGRAMS.getFileName());
        if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(own, Files.createDirectories(PROGRAMS));
        }
    }

    /** When its last hub has ended: a folder that is swept away should hold no link out of itself. */
    public static void back(Path data) throws IOException {
        Path own = data.resolve(PROGRAMS.getFileName());
        if (Files.isSymbolicLink(own)) {
            Files.delete(own);
        }
    }
}
