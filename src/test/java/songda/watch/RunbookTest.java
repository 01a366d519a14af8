package songda.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whoever is woken by a WARN or an ERROR finds the line in the runbook. */
class RunbookTest {

    private static final Pattern CALL = Pattern.compile("LOG\\.(?:warn|error)\\((.*?)\\);", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"([^\"]* / [^\"]*)\"");

    @TestFactory
    Stream<DynamicTest> every_warning_is_in_the_runbook() throws IOException {
        String runbook = Files.readString(Path.of("src/docs/operate/runbook.md"));
        List<String> lines;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            lines = sources.filter(f -> f.toString().endsWith(".java"))
                    .flatMap(RunbookTest::warnings)
                    .toList();
        }
        assertThat(lines).hasSizeGreaterThan(8);
        return lines.stream()
                .map(line ->
                        DynamicTest.dynamicTest(line, () -> assertThat(runbook).contains(line)));
    }

    private static Stream<String> warnings(Path source) {
        try {
            return CALL.matcher(Files.readString(source))
                    .results()
                    .flatMap(call -> TEXT.matcher(call.group(1)).results())
                    .map(text -> text.group(1)
                            .replaceAll("[:：]? ?(\\{}|\\(\\{}).*$", "")
                            .strip());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
