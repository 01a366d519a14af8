package songda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import songda.site.TestSites;

/** Runs {@code examples/} of every mapping on disk, and of every site of the tests, laid over them. */
class EveryExamplePairTest {

    private static final Path ROOT = Path.of("mappings");
    private final Mappings mappings = new Mappings(ROOT);

    @TestFactory
    Stream<DynamicTest> every_example_pair() {
        return pairs(ROOT, mappings);
    }

    @TestFactory
    Stream<DynamicContainer> every_example_pair_of_the_sites() {
        return TestSites.all().entrySet().stream().map(site -> {
            Path root = site.getValue().resolve("mappings");
            return dynamicContainer(site.getKey(), pairs(root, new Mappings(root)));
        });
    }

    private static Stream<DynamicTest> pairs(Path root, Mappings mappings) {
        return mappings.names().stream().sorted().flatMap(name -> Examples.of(root, name).stream()
                .map(example -> dynamicTest(name + ": " + example.sentence(), () -> assertThat(
                                Examples.mismatch(mappings.get(name), example))
                        .isEmpty())));
    }

    /** What is asked for in an address stands in every log between here and the partner. */
    @Test
    void no_address_names_a_person() throws IOException {
        try (var files = Files.walk(ROOT)) {
            for (Path out :
                    files.filter(f -> f.toString().endsWith(".out.json")).toList()) {
                JsonNode result = StrictJson.read(Files.readAllBytes(out));
                String address = result.path("path") + " " + result.path("query");
                Path in = Path.of(out.toString().replaceFirst("[.]out[.]json$", ".in.json"));
                if (address.length() > 1 && Files.exists(in)) {
                    assertThat(address).as(out.toString()).doesNotContain(persons(in));
                }
            }
        }
    }

    /** Every text below a {@code person}, wherever that stands. */
    private static String[] persons(Path in) throws IOException {
        List<String> texts = new ArrayList<>(List.of("no text at all"));
        StrictJson.read(Files.readAllBytes(in)).findValues("person").forEach(person -> leaves(person, texts));
        return texts.toArray(String[]::new);
    }

    private static void leaves(JsonNode node, List<String> texts) {
        if (node.isTextual() && !node.textValue().isBlank()) {
            texts.add(node.textValue());
        }
        node.forEach(child -> leaves(child, texts));
    }

    @Test
    void every_mapping_has_an_example() {
        assertThat(mappings.names())
                .filteredOn(name -> Examples.of(ROOT, name).isEmpty())
                .isEmpty();
    }

    @Test
    void every_result_has_its_input_and_every_input_its_result() {
        assertThat(mappings.names())
                .flatMap(name -> Examples.single(ROOT, name))
                .isEmpty();
    }
}
