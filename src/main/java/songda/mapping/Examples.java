package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pairs of {@code examples/}: {@code <sentence>.in.*} gives {@code .out.*}, or the exact text of {@code .refused.txt}. */
public final class Examples {

    private Examples() {}

    /** @param in the message that goes in */
    public record Example(String mapping, Path in) {

        public String sentence() {
            return Examples.sentence(in);
        }
    }

    /** In the order of their names. @param root the folder of all mappings */
    public static List<Example> of(Path root, String mapping) {
        return list(root.resolve(mapping).resolve("examples")).stream()
                .filter(Examples::isInput)
                .map(in -> new Example(mapping, in))
                .toList();
    }

    /** What should come out and has nothing that goes in; what goes in and has nothing that should come out. */
    public static List<Path> single(Path root, String mapping) {
        return list(root.resolve(mapping).resolve("examples")).stream()
                .filter(f -> isInput(f) ? result(f).isEmpty() : !input(f))
                .toList();
    }

    private static boolean input(Path result) {
        return Stream.of(".in.json", ".in.xml")
                .anyMatch(end -> Files.exists(result.resolveSibling(sentence(result) + end)));
    }

    private static Optional<Path> result(Path in) {
        return Stream.of(".refused.txt", ".out.json", ".out.xml", ".out.txt")
                .map(end -> in.resolveSibling(sentence(in) + end))
                .filter(Files::exists)
                .findFirst();
    }

    /** What differs, or nothing. */
    public static Optional<String> mismatch(Mapping mapping, Example example) {
        Path expected = result(example.in()).orElse(null);
        if (expected == null) {
            return Optional.of("no .out.json, .out.xml, .out.txt or .refused.txt beside it");
        }
        String want = text(expected).strip();
        String got;
        try {
            Object result = mapping.translate((Object) Files.readAllBytes(example.in()));
            got = result instanceof JsonNode json
                    ? json.toPrettyString()
                    : result.toString().strip();
            if (expected.toString().endsWith(".refused.txt")) {
                got = "taken, not refused: " + got;
            } else if (result instanceof JsonNode) {
                want = StrictJson.read(want).toPrettyString();
            }
        } catch (Breach e) {
            got = e.text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return got.equals(want) ? Optional.empty() : Optional.of("expected:\n" + want + "\ngot:\n" + got);
    }

    /** Only to see that it ends. */
    public static void run(Mapping mapping, Example example) {
        try {
            mapping.translate((Object) Files.readAllBytes(example.in()));
        } catch (Breach refused) {
            // an answer, too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInput(Path file) {
        return file.toString().matches(".*\\.in\\.(json|xml)");
    }

    private static String sentence(Path file) {
        return file.getFileName().toString().replaceFirst("\\.(in|out|refused)\\.[a-z]+$", "");
    }
}
