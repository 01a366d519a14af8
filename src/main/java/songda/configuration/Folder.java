package songda.configuration;

import java.nio.file.Path;

/** Where a configuration lies on this node's disk. */
public record Folder(Path routes, Path mappings) {

    Folder(Path both) {
        this(both.resolve("routes"), both.resolve("mappings"));
    }

    /** The name that people know in place of where it lies here: {@code routes/flow/x.camel.yaml}. */
    String named(String text) {
        return text.replace(routes.toString(), "routes").replace(mappings.toString(), "mappings");
    }
}
