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

/**
 * Loads the kit, then the steps, then the doors: so no door is open before the steps run, or after they stopped. One wrong file stops the start.
 * Of a system that is spoken to in one of several dialects, {@code edge/<system>/<dialect>/}, the folder that {@code songda.<system>.dialect}
 * names is loaded, and what stands beside the folders.
 */
final class RouteFolder {

    private static final List<String> ROOMS = List.of("kit", "flow", "edge");
    private static final int DEPTH_OF_A_DIALECT = 3;
    private final Path folder;

    RouteFolder(Path folder) {
        this.folder = folder;
    }

    void load(CamelContext context) {
        try {
            for (String room : ROOMS) {
                for (Path file : spoken(context, room)) {
                    load(context, file);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The files of a room, without those of dialects that are not chosen. */
    List<Path> spoken(CamelContext context, String room) throws IOException {
        return files(folder.resolve(room)).stream()
                .filter(file -> spoken(context, folder.resolve(room).relativize(file)))
                .toList();
    }

    /** @param file {@code <system>/<door>} or {@code <system>/<dialect>/<door>} */
    private boolean spoken(CamelContext context, Path file) {
        if (file.getNameCount() < DEPTH_OF_A_DIALECT) {
            return true;
        }
        String setting = "songda." + file.getName(0) + ".dialect";
        String chosen = context.resolvePropertyPlaceholders("{{" + setting + ":}}");
        Path system = folder.resolve("edge").resolve(file.getName(0));
        if (chosen.isEmpty() || !Files.isDirectory(system.resolve(chosen))) {
            throw new IllegalArgumentException(
                    setting + " is '" + chosen + "': write the name of one of the folders of " + system);
        }
        return file.getName(1).toString().equals(chosen);
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
