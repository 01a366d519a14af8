package songda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The pairs of the small house, good and wrong, and the code that none of them looks up. */
class PairRunTest {

    private static final Path HOUSE = Path.of("src/test/check/base/mappings");

    @TempDir
    Path copy;

    @Test
    void a_code_that_no_example_looks_up_is_told() {
        assertThat(PairRun.of(HOUSE.toAbsolutePath()))
                .isEqualTo(new PairRun(
                        2, java.util.List.of(), 2, Map.of("mappings/inquiry/chase/codes.csv", Set.of("LOST"))));
    }

    @Test
    void a_pair_that_differs_is_told_with_both() throws IOException {
        FileSystemUtils.copyRecursively(HOUSE, copy);
        Files.writeString(copy.resolve("gov/order/examples/plain.out.json"), "{ \"id\": \"2\" }");
        assertThat(PairRun.of(copy).mismatches())
                .singleElement()
                .asString()
                .contains("plain.in.json", "\"2\"", "\"1\"");
    }
}
