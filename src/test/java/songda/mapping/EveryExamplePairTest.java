package songda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs {@code examples/} of every mapping on disk. */
class EveryExamplePairTest {

    private static final Path ROOT = Path.of("mappings");
    private final Mappings mappings = new Mappings(ROOT);

    @TestFactory
    Stream<DynamicTest> every_example_pair() {
        return mappings.names().stream().sorted().flatMap(name -> Examples.of(ROOT, name).stream()
                .map(example -> dynamicTest(name + ": " + example.sentence(), () -> assertThat(
                                Examples.mismatch(mappings.get(name), example))
                        .isEmpty())));
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
