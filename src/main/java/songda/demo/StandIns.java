package songda.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** The partners' stand-ins as the separate program that they are. */
final class StandIns {

    private static final URI CONTROL = URI.create("http://127.0.0.1:18100");
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;

    StandIns(Path jar, String hub, Path data) {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            jar.toString(),
                            "--hub",
                            hub,
                            "--keys",
                            data.resolve("partners.json").toString(),
                            "--exchange",
                            data.resolve("exchange.json").toString(),
                            "--journal",
                            data.resolve("journal").toString(),
                            "--drops",
                            "--fresh",
                            "--scenario",
                            "demo",
                            "--parent",
                            String.valueOf(ProcessHandle.current().pid()),
                            "--quiet")
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("the stand-ins did not start from " + jar + ": run mvn package first", e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** {@code {done, quietMillis, pushed, …}}; an empty object while they are starting. */
    JsonNode scenario() {
        return get("/scenario");
    }

    /** What the partners received and sent, counted from their journals. */
    JsonNode counts() {
        return get("/summary").path("counts");
    }

    private JsonNode get(String path) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(CONTROL.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            return new ObjectMapper().createObjectNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ObjectMapper().createObjectNode();
        }
    }
}
