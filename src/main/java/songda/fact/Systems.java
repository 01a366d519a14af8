package songda.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The systems that there are: one folder each below {@code routes/edge}, which says so in {@code system.yaml}. One that stands {@code as} another is of
 * its kind: it may say what that one may say, and a step can owe to it what it owes to that one (R01).
 */
public final class Systems {

    private static final Set<String> KEYS = Set.of("zh", "en", "as");
    /** Name to the system as which it stands, or itself. */
    private final Map<String, String> kinds = new TreeMap<>();

    private final Path edge;

    private Systems(Path edge) {
        this.edge = edge;
    }

    /** @throws IllegalArgumentException what is wrong with which file */
    public static Systems read(Path routes) {
        Systems systems = new Systems(routes.resolve("edge"));
        for (Path folder : folders(systems.edge)) {
            Path file = folder.resolve("system.yaml");
            if (Files.exists(file)) {
                String name = folder.getFileName().toString();
                systems.kinds.put(name, kind(file, name));
            }
        }
        systems.kinds.forEach((name, kind) -> {
            if (!kind.equals(systems.kinds.get(kind))) {
                throw new IllegalArgumentException(systems.edge.resolve(name).resolve("system.yaml") + ": as: '" + kind
                        + "' is no system that stands for itself: write one of " + systems.themselves());
            }
        });
        return systems;
    }

    private static List<Path> folders(Path edge) {
        if (!Files.isDirectory(edge)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(edge)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(edge + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static String kind(Path file, String name) {
        try {
            JsonNode system = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
            system.fieldNames().forEachRemaining(key -> {
                if (!KEYS.contains(key)) {
                    throw new IllegalArgumentException(file + ": unknown key '" + key + "', use one of " + KEYS);
                }
            });
            if (!system.hasNonNull("zh") || !system.hasNonNull("en")) {
                throw new IllegalArgumentException(file + ": write zh: and en:, what people call it");
            }
            return system.path("as").asText(name);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private Set<String> themselves() {
        return new TreeSet<>(kinds.values());
    }

    public Set<String> names() {
        return kinds.keySet();
    }

    /** Those that stand as this one; it is not among them. */
    public Set<String> standingAs(String system) {
        Set<String> others = new TreeSet<>();
        kinds.forEach((name, kind) -> {
            if (kind.equals(system) && !name.equals(system)) {
                others.add(name);
            }
        });
        return others;
    }
}
