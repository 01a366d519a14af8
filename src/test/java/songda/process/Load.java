package songda.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One run of the partners' load generator, a process of its own. */
public final class Load implements AutoCloseable {

    private final Process process;
    private final String prefix;

    private Load(Process process, String prefix) {
        this.process = process;
        this.prefix = prefix;
    }

    /** @param rate orders a second, 0 for as fast as it goes */
    public static Load start(HubProcess hub, int connections, int seconds, double rate) throws IOException {
        return start(hub, connections, seconds, rate, 0);
    }

    /** @param retries how often an order that is not taken is posted again, a quarter of a second apart */
    public static Load start(HubProcess hub, int connections, int seconds, double rate, int retries)
            throws IOException {
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
                "--retries",
                Integer.toString(retries),
                "--prefix",
                prefix);
        return new Load(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start(),
                prefix);
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Order numbers begin so. */
    public String prefix() {
        return prefix;
    }

    /** Waits for its end. None may have been turned away, refused, or have failed. */
    public JsonNode result() throws IOException {
        JsonNode result = overloaded();
        assertThat(result.path("busy").asInt()).as("answers of 429").isZero();
        return result;
    }

    /** Waits for its end. */
    public JsonNode counted() throws IOException {
        return new ObjectMapper().readTree(process.getInputStream());
    }

    /** Waits for its end. Some may have been turned away (429), none refused, none may have failed. */
    public JsonNode overloaded() throws IOException {
        JsonNode result = counted();
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
