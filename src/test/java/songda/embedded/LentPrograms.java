package songda.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL's programs, unpacked once under {@code target} for all data folders: to unpack them is some three seconds of
 * processor time. They are lent only when they are whole, since a hub may be killed while it unpacks its own.
 */
public final class LentPrograms {

    private static final Path PROGRAMS = Path.of("target", "postgres-programs").toAbsolutePath();

    private LentPrograms() {}

    /** Before its hub starts; one that has its own keeps them. */
    public static void to(Path data) throws IOException {
        Path own = Files.createDirectories(data).resolve(PROGRAMS.getFileName());
        if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(own, whole());
        }
    }

    /** When its last hub has ended: a folder that is swept away should hold no link out of itself. */
    public static void back(Path data) throws IOException {
        Path own = data.resolve(PROGRAMS.getFileName());
        if (Files.isSymbolicLink(own)) {
            Files.delete(own);
        }
    }

    /** The folder {@code PG-…} of all programs of this build. */
    static Path unpacked() throws IOException {
        try (Stream<Path> folders = Files.list(whole())) {
            return folders.findFirst().orElseThrow();
        }
    }

    /** Unpacked beside and moved, so that nobody ever sees half of it. */
    private static synchronized Path whole() throws IOException {
        Path lock = PROGRAMS.resolveSibling("postgres-programs.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (Files.notExists(PROGRAMS)) {
                Path beside = PROGRAMS.resolveSibling("postgres-programs.unpacking");
                FileSystemUtils.deleteRecursively(beside);
                unpack(beside);
                Files.move(beside.resolve(PROGRAMS.getFileName()), PROGRAMS);
                FileSystemUtils.deleteRecursively(beside);
            }
        }
        return PROGRAMS;
    }

    /** In a process apart: within one, the library uses again what it has unpacked anywhere. */
    private static void unpack(Path data) throws IOException {
        Process unpacking = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Unpacking.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(data.resolveSibling("postgres-programs.out").toFile())
                .start();
        if (unpacking.onExit().join().exitValue() != 0) {
            throw new IOException("the programs were not unpacked: "
                    + Files.readString(data.resolveSibling("postgres-programs.out")));
        }
    }

    static final class Unpacking {

        public static void main(String[] data) {
            try (Parts parts = new Parts(Path.of(data[0]))) {
                parts.startPostgreSql(0, EmbeddedPostgreSql.Room.SMALL);
            }
        }
    }
}
