package songda.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sites of the tests, and the one that {@code -Dsongda.site=<folder>} names, each laid over the product. */
public final class TestSites {

    private static final Path OURS = Path.of("src", "test", "sites");
    private static final Path LAID = Path.of("target", "sites");

    private TestSites() {}

    /** By name: a folder with {@code routes} and {@code mappings}. */
    public static Map<String, Path> all() {
        Map<String, Path> sites = new TreeMap<>();
        try (Stream<Path> folders = Files.list(OURS)) {
            Stream<Path> named =
                    Stream.ofNullable(System.getProperty("songda.site")).map(Path::of);
            Stream.concat(folders, named)
                    .filter(Files::isDirectory)
                    .forEach(folder -> sites.put(folder.getFileName().toString(), laid(folder)));
            return sites;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path folder(String name) {
        return OURS.resolve(name).toAbsolutePath();
    }

    private static Path laid(Path folder) {
        return new SiteFolder(folder, Path.of("routes"), Path.of("mappings")).lay(LAID);
    }
}
