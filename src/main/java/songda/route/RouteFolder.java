package songda.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Loads the kit, then the steps, then the doors: so no door is open before the steps run, or after they stopped. One wrong file stops the start. */
final class RouteFolder {

    private static final List<String> ROOMS = List.of("kit", "flow", "edge");
    private final Path folder;

    RouteFolder(Path folder) {
        this.folder = folder;
    }

    void load(CamelContext context) {
        try {
            for (String room : ROOMS) {
                for (Path file : files(folder.resolve(room))) {
                    load(context, file);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(folder + ": cannot be read: " + e.getMessage(), e);
        }
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
