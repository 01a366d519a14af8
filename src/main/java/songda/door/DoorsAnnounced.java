package songda.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the doors of a folder of routes say of themselves, read without opening any. */
public final class DoorsAnnounced {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String NOTHING = "";
    private final Path edge;
    private final Map<String, String> gathers = new ConcurrentHashMap<>();

    public DoorsAnnounced(Path routes) {
        this.edge = routes.resolve("edge");
    }

    /** How long this door gathers what is for one addressee, ISO-8601; null where it does not. */
    String gather(String door) {
        String gather = gathers.computeIfAbsent(door, this::read);
        return gather.equals(NOTHING) ? null : gather;
    }

    /** The files are read again when they are asked for. */
    public void reload() {
        gathers.clear();
    }

    private String read(String door) {
        Path file = DoorFiles.find(edge, door)
                .orElseThrow(() -> new IllegalArgumentException(door + ": no such door in " + edge));
        try {
            JsonNode gather =
                    YAML.readTree(file.toFile()).at("/0/route/from/parameters").path("gather");
            return gather.isMissingNode()
                    ? NOTHING
                    : Duration.parse(gather.asText()).toString();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(file + ": gather: write PT1H", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
