package songda.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a door's file stands: in the folder of its system, or in one folder for each dialect in which the system is spoken to. */
final class DoorFiles {

    private DoorFiles() {}

    /** What a door says of itself it says in all dialects: any of them will do. */
    static Optional<Path> find(Path edge, String door) {
        Path system = edge.resolve(door.split("-", 2)[0]);
        String name = door + ".camel.yaml";
        if (Files.exists(system.resolve(name))) {
            return Optional.of(system.resolve(name));
        }
        if (!Files.isDirectory(system)) {
            return Optional.empty();
        }
        try (Stream<Path> dialects = Files.list(system)) {
            return dialects.map(dialect -> dialect.resolve(name))
                    .filter(Files::exists)
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
