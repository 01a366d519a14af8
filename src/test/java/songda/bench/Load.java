package songda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import songda.process.HubProcess;

/** One run of the partners' load generator, a process of its own. */
final class Load implements AutoCloseable {

    private final Process process;
    private final String prefix;

    private Load(Process process, String prefix) {
        this.process = process;
        this.prefix = prefix;
    }

    /** @param rate orders a second, 0 for as fast as it goes */
    static Load start(HubProcess hub, int connections, int seconds, double rate) throws IOException {
        String prefix = "B" + Long.toString(System.currentTimeMillis(), 36).toUpperCase() + "-";
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target", "songda-partners.jar").toString(),
                "partners.Load",
                "--hub",
                hub.url().toString(),
                "--keys",
                hub.keys().toString(),
                "--seconds",
                Integer.toString(seconds),
                "--warmup",
                "0",
                "--connections",
                Integer.toString(connections),
                "--rate",
                Double.toString(rate),
                "--prefix",
                prefix);
        return new Load(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start(),
                prefix);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Order numbers begin so. */
    String prefix() {
        return prefix;
    }

    /** Waits for its end. None may have been turned away, refused, or have failed. */
    JsonNode result() throws IOException {
        JsonNode result = overloaded();
        assertThat(result.path("busy").asInt()).as("answers of 429").isZero();
        return result;
    }

    /** Waits for its end. Some may have been turned away (429), none refused, none may have failed. */
    JsonNode overloaded() throws IOException {
        JsonNode result = new ObjectMapper().readTree(process.getInputStream());
        assertThat(result.path("refused").asInt() + result.path("failed").asInt())
                .as("orders refused or failed: %s", result)
                .isZero();
        return result;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
