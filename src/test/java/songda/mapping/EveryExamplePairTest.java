package songda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs {@code examples/} of every mapping on disk: {@code <sentence>.in.*} gives {@code .out.*}, or the exact text of
 * {@code .refused.txt}.
 */
class EveryExamplePairTest {

    private static final Path ROOT = Path.of("mappings");
    private final Mappings mappings = new Mappings(ROOT);

    @TestFactory
    Stream<DynamicTest> every_example_pair() {
        return mappings.names().stream().sorted().flatMap(name -> inputs(name).stream()
                .map(in -> dynamicTest(name + ": " + sentence(in), () -> run(name, in))));
    }

    @Test
    void every_mapping_has_an_example() {
        assertThat(mappings.names()).filteredOn(name -> inputs(name).isEmpty()).isEmpty();
    }

    @Test
    void every_result_has_its_input() throws IOException {
        try (var files = Files.walk(ROOT)) {
            assertThat(files.filter(f -> Files.isRegularFile(f) && f.getParent().endsWith("examples"))
                            .filter(f -> !isInput(f))
                            .filter(f -> Stream.of(".in.json", ".in.xml")
                                    .noneMatch(end -> Files.exists(f.resolveSibling(sentence(f) + end)))))
                    .isEmpty();
        }
    }

    private void run(String name, Path in) throws IOException {
        Path refused = in.resolveSibling(sentence(in) + ".refused.txt");
        if (Files.exists(refused)) {
            assertThat(refusal(name, in)).isEqualTo(Files.readString(refused).strip());
        } else {
            compare(mappings.get(name).translate((Object) Files.readAllBytes(in)), in);
        }
    }

    private void compare(Object result, Path in) throws IOException {
        if (result instanceof JsonNode json) {
            byte[] expected = Files.readAllBytes(in.resolveSibling(sentence(in) + ".out.json"));
            assertThat(json.toPrettyString())
                    .isEqualTo(StrictJson.read(expected).toPrettyString());
        } else {
            Path xml = in.resolveSibling(sentence(in) + ".out.xml");
            String expected = Files.readString(Files.exists(xml) ? xml : in.resolveSibling(sentence(in) + ".out.txt"));
            assertThat(result.toString().strip()).isEqualTo(expected.strip());
        }
    }

    private String refusal(String name, Path in) throws IOException {
        try {
            return "taken, not refused: " + mappings.get(name).translate((Object) Files.readAllBytes(in));
        } catch (Breach e) {
            return e.text();
        }
    }

    private static List<Path> inputs(String name) {
        Path examples = ROOT.resolve(name).resolve("examples");
        if (!Files.isDirectory(examples)) {
            return List.of();
        }
        try (var files = Files.list(examples)) {
            return files.filter(EveryExamplePairTest::isInput).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isInput(Path file) {
        return file.toString().matches(".*\\.in\\.(json|xml)");
    }

    private static String sentence(Path file) {
        return file.getFileName().toString().replaceFirst("\\.(in|out|refused)\\.[a-z]+$", "");
    }
}
