package songda.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What README.md promises a newcomer, on the packaged jar. */
class DemoIT {

    private static final Path OUTPUT = Path.of("target", "demo-it.txt");

    @Test
    void the_demo_ends_with_the_closing_table_of_the_repository() throws IOException, InterruptedException {
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        "target/songda.jar",
                        "--spring.profiles.active=demo",
                        "--songda.demo.exit=true")
                .redirectErrorStream(true)
                .redirectOutput(OUTPUT.toFile())
                .start();
        boolean ended = demo.waitFor(8, TimeUnit.MINUTES);
        demo.destroyForcibly();
        List<String> lines = Files.readAllLines(OUTPUT);
        assertThat(ended).as("ended by itself, see %s", OUTPUT).isTrue();
        assertThat(demo.exitValue())
                .as(() -> String.join("\n", lines.subList(Math.max(0, lines.size() - 80), lines.size())))
                .isZero();
        assertThat(lines)
                .as("no line that would worry a newcomer")
                .noneMatch(l -> l.contains(" WARN ") || l.contains(" ERROR "));
    }
}
