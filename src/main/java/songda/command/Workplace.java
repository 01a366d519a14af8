package songda.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/** A folder of this process alone; gone with it. */
final class Workplace {

    private Workplace() {}

    static Path folder() {
        try {
            Path folder = Files.createTempDirectory("songda-");
            // Spring runs these after the contexts have closed, last come first: PostgreSQL has stopped by then.
            SpringApplication.getShutdownHandlers().add(() -> delete(folder));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
