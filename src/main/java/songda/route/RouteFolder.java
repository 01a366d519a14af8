package songda.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Loads the kit, then the steps, then the doors: so no door is open before the steps run, or after they stopped. One wrong file stops the start.
 * A dialect is a folder {@code dialect/<name>} with rooms of its own: a file in it takes the place of that of the same room and name.
 */
final class RouteFolder {

    private static final List<String> ROOMS = List.of("kit", "flow", "edge");
    private final Path folder;
    private final List<String> dialects;

    /** @param dialects of two that have the same file the later one counts */
    RouteFolder(Path folder, List<String> dialects) {
        this.folder = folder;
        this.dialects = dialects;
    }

    void load(CamelContext context) {
        try {
            for (String room : ROOMS) {
                for (Path file : chosen(room)) {
                    load(context, file);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** In the order of their names, wherever they lie. */
    private Collection<Path> chosen(String room) throws IOException {
        Map<Path, Path> chosen = new TreeMap<>();
        files(folder.resolve(room)).forEach(file -> chosen.put(folder.relativize(file), file));
        for (String dialect : dialects) {
            Path place = folder.resolve("dialect").resolve(dialect);
            if (!Files.isDirectory(place)) {
                throw new IllegalStateException("songda.dialects: 没有文件夹 / there is no folder " + place);
            }
            files(place.resolve(room)).forEach(file -> chosen.put(place.relativize(file), file));
        }
        return chosen.values();
    }

    static List<Path> files(Path room) throws IOException {
        if (!Files.isDirectory(room)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(room)) {
            return all.filter(f -> f.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }

    static void load(CamelContext context, Path file) throws IOException {
        Resource resource = ResourceHelper.fromBytes(file.toUri().toString(), Files.readAllBytes(file));
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(resource);
        } catch (Exception e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
