package songda.partners;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import songda.EmsForm;

/** The partners' stand-ins as a process of their own, seen only through their sockets and journals. */
public final class StandIns implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Path JAR = Path.of("target", "songda-partners.jar");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path journal;
    private final Process process;
    private final JsonNode ports;

    private StandIns(Path journal, Process process) {
        this.journal = journal;
        this.process = process;
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(journal.resolve("ports.json")));
        this.ports = read(journal.resolve("ports.json"));
    }

    public static StandIns start(Path journal, URI hub, Path keys, String... more) throws IOException {
        Files.createDirectories(journal);
        Files.deleteIfExists(journal.resolve("ports.json"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString(),
                "--hub",
                hub.toString(),
                "--keys",
                keys.toString(),
                "--journal",
                journal.toString(),
                "--port-base",
                "0",
                "--quiet"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            return new StandIns(journal, process);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    URI at(String partner, String path) {
        return URI.create("http://127.0.0.1:" + port(partner) + path);
    }

    public int port(String partner) {
        return ports.path(partner).asInt();
    }

    public JsonNode control(String path, String body) throws IOException, InterruptedException {
        return body(post("control", path, body));
    }

    public JsonNode control(String path) throws IOException, InterruptedException {
        return body(get("control", path));
    }

    HttpResponse<String> post(String partner, String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(at(partner, path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What the post gives for this. */
    JsonNode ems(String apiCode, String json) throws IOException, InterruptedException {
        JsonNode answer = body(post("postal", "/f/amp/api/open", EmsForm.of(apiCode, json)));
        if (!answer.path("retCode").asText().equals("00000")) {
            throw new IOException("the post says " + answer);
        }
        return JSON.readTree(answer.path("retBody").asText());
    }

    HttpResponse<String> get(String partner, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(partner, path)).build(), BodyHandlers.ofString());
    }

    static JsonNode body(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** Every line that the partner wrote so far. */
    public List<JsonNode> journal(String partner) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(journal.resolve(partner + ".jsonl"))) lines.add(JSON.readTree(line));
        return lines;
    }

    /** Those of its lines that are of this kind; a journal of hundreds of thousands of lines is read past. */
    public List<JsonNode> journal(String partner, String op) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<String> all = Files.lines(journal.resolve(partner + ".jsonl"))) {
            for (String line : (Iterable<String>) all.filter(l -> l.contains("\"op\":\"" + op + "\""))::iterator) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    JsonNode summaryFile() {
        return read(journal.resolve("summary.json"));
    }

    Process process() {
        return process;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) kill();
    }
}
