package songda.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the route files say about the doors. */
final class Doors {

    private Doors() {}

    /** Those whose partner takes the same message twice for one. */
    static List<String> repeatable() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes", "edge"))) {
            return files.filter(it -> it.toString().endsWith(".camel.yaml"))
                    .filter(Doors::saysRepeatable)
                    .map(it -> it.getFileName().toString().replace(".camel.yaml", ""))
                    .toList();
        }
    }

    private static boolean saysRepeatable(Path file) {
        try {
            return Files.readString(file).contains("repeatable: true");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
