package songda.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** A PostgreSQL as the hub makes it, stopped again: whoever has its command line can run it by himself. */
public final class MadePostgres {

    static {
        LoggingSystem.get(MadePostgres.class.getClassLoader()).setLogLevel("io.zonky.test", LogLevel.WARN);
    }

    private MadePostgres() {}

    /** @return the command line; data and password stand in {@code postgres} and {@code postgres.password} of the folder */
    public static String in(Path folder, int port) throws IOException {
        DataFolder locked = DataFolder.lock(folder);
        try {
            new EmbeddedPostgreSql(locked, port, EmbeddedPostgreSql.Room.SMALL, () -> false)
                    .start()
                    .close();
            return Files.readString(folder.resolve("postgres").resolve("postmaster.opts"))
                    .strip();
        } finally {
            locked.close();
        }
    }
}
