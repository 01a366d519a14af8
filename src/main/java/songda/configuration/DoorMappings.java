package songda.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which mapping makes of a door's message what is sent: the first one in its route. */
final class DoorMappings {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String DOOR = "door:";
    private static final String MAPPING = "mapping:";

    private DoorMappings() {}

    /** Door to mapping; where a system has dialects, of any of them. */
    static Map<String, String> of(Path routes) {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(routes.resolve("edge"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList()) {
                JsonNode from = YAML.readTree(file.toFile()).at("/0/route/from");
                String uri = from.path("uri").asText();
                if (uri.startsWith(DOOR)) {
                    first(from.path("steps"))
                            .ifPresent(mapping -> found.putIfAbsent(uri.substring(DOOR.length()), mapping));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> first(JsonNode steps) {
        List<String> uris = steps.findValuesAsText("uri");
        return uris.stream()
                .filter(uri -> uri.startsWith(MAPPING))
                .map(uri -> uri.substring(MAPPING.length()))
                .findFirst();
    }
}
