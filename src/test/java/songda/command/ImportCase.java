package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A sheet in which every column and every word stands once, and what {@code songda import} asks the hub for each of its lines (R23). */
public final class ImportCase implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PAIR = Path.of("src", "test", "resources", "import");
    private static final String KEYS =
            "{\"keys\":[{\"keyId\":\"gov\",\"system\":\"gov\",\"secret\":\"MDEyMzQ1Njc4OWFiY2RlZg==\"}]}";
    private static final byte[] TAKEN = "{\"custom\":{\"code\":1,\"text\":\"\"}}".getBytes(StandardCharsets.UTF_8);

    private final HttpServer hub;
    private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());
    private final Path folder;
    private final JsonNode expected;

    /** @param folder an empty one */
    public ImportCase(Path folder) throws IOException {
        this.folder = folder;
        this.expected = JSON.readTree(PAIR.resolve("every-column.json").toFile());
        Files.writeString(folder.resolve("partners.json"), KEYS);
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", exchange -> {
            asked.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, TAKEN.length);
            exchange.getResponseBody().write(TAKEN);
            exchange.close();
        });
        hub.start();
    }

    /** What the hub is asked with these tables of titles and words. */
    JsonNode asked(Path mappings) throws IOException {
        asked.clear();
        Path sheet = Files.copy(
                PAIR.resolve("every-column.csv"), folder.resolve("sheet.csv"), StandardCopyOption.REPLACE_EXISTING);
        Said.run(List.of(
                "import",
                sheet.toString(),
                "--in",
                mappings.toString(),
                "--data",
                folder.toString(),
                "--hub",
                "http://127.0.0.1:" + hub.getAddress().getPort()));
        return JSON.valueToTree(asked);
    }

    JsonNode expected() {
        return expected;
    }

    /** Which case fails with these tables. */
    public Optional<String> killer(Path mappings) {
        try {
            return asked(mappings).equals(expected)
                    ? Optional.empty()
                    : Optional.of("ImportCase: a sheet in which every column stands");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
    }
}
