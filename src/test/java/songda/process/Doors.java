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
        return saying("repeatable: true");
    }

    /** Those whose partner can be asked whether it has a message. */
    static List<String> askable() throws IOException {
        return saying("  ask: ");
    }

    private static List<String> saying(String words) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes", "edge"))) {
            return files.filter(it -> it.toString().endsWith(".camel.yaml"))
                    .filter(it -> says(it, words))
                    .map(it -> it.getFileName().toString().replace(".camel.yaml", ""))
                    .toList();
        }
    }

    private static boolean says(Path file, String words) {
        try {
            return Files.readString(file).contains(words);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
