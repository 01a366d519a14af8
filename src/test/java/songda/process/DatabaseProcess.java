package songda.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import songda.embedded.MadePostgres;

/** A PostgreSQL outside of any hub, on a port that stays the same, to be killed and started again on its folder. */
final class DatabaseProcess implements AutoCloseable {

    private final Path folder;
    private final int port = HubProcess.freePort();
    private final String command;
    private final Map<String, String> environment = new HashMap<>();
    private Process process;

    DatabaseProcess(Path folder) throws IOException {
        this.folder = folder;
        this.command = MadePostgres.in(folder, port);
    }

    /** More environment for every start from now on. */
    DatabaseProcess with(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    /** Returns when it takes connections; after a kill it refuses to start until the last of its old processes has gone. */
    DatabaseProcess start() {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            if (process == null || !process.isAlive()) {
                run();
            }
            return answers();
        });
        return this;
    }

    private void run() throws IOException {
        boolean root = "root".equals(System.getProperty("user.name"));
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + (root ? "unshare -U " : "") + command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + "?socketTimeout=60&connectTimeout=5", "songda", password());
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/songda";
    }

    private String password() {
        try {
            return Files.readString(folder.resolve("postgres.password")).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The hub's environment. */
    Map<String, String> settings() {
        return Map.of(
                "SONGDA_DB_URL",
                url() + "?socketTimeout=60&connectTimeout=5&tcpKeepAlive=true&reWriteBatchedInserts=true",
                "SONGDA_DB_USER",
                "songda",
                "SONGDA_DB_PASSWORD",
                password());
    }

    /** All of its processes at once. */
    void kill9() throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null && process.isAlive()) {
            kill9();
        }
    }
}
