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
public final class DatabaseProcess implements AutoCloseable {

    private final Path folder;
    private final int port = HubProcess.freePort();
    private final String command;
    private final Map<String, String> environment = new HashMap<>();
    private Process process;

    public DatabaseProcess(Path folder) throws IOException {
        this.folder = folder;
        this.command = MadePostgres.in(folder, port);
    }

    /** More environment for every start from now on. */
    public DatabaseProcess with(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    /** Its tables lie there from now on; its log of changes (WAL) stays where it is. Before the first start. */
    public DatabaseProcess tablesOn(Volume volume) throws IOException, InterruptedException {
        Path base = folder.resolve("postgres/base");
        Path there = volume.path().resolve("base");
        // cp keeps owner and mode, and a move to another file system is none.
        Process copy = new ProcessBuilder("cp", "-a", base.toString(), there.toString()).start();
        if (copy.waitFor() != 0) {
            throw new IOException(base + " could not be copied to " + there);
        }
        Files.move(base, base.resolveSibling("base-before"));
        Files.createSymbolicLink(base, there);
        return this;
    }

    /** Returns when it takes connections; after a kill it refuses to start until the last of its old processes has gone. */
    public DatabaseProcess start() {
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

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(port) + "?socketTimeout=60&connectTimeout=5", "songda", password());
    }

    private static String url(int port) {
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
        return settings(port, Duration.ofSeconds(60));
    }

    /**
     * The same for a hub that comes another way.
     *
     * @param through the port that it shall use
     * @param patience for how long it waits for an answer
     */
    public Map<String, String> settings(int through, Duration patience) {
        return Map.of(
                "SONGDA_DB_URL",
                url(through) + "?socketTimeout=" + patience.toSeconds()
                        + "&connectTimeout=5&tcpKeepAlive=true&reWriteBatchedInserts=true",
                "SONGDA_DB_USER",
                "songda",
                "SONGDA_DB_PASSWORD",
                password());
    }

    public int port() {
        return port;
    }

    /** All of its processes at once. */
    public void kill9() throws InterruptedException {
        all().forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** None of its processes does anything, and their connections stay open, until {@link #goOn()}. */
    public void standStill() throws IOException, InterruptedException {
        Signals.send("STOP", all());
    }

    public void goOn() throws IOException, InterruptedException {
        Signals.send("CONT", all());
    }

    /** Fast shutdown: sessions are cut off, what was committed is written down. */
    public void stopFast() throws IOException, InterruptedException {
        Signals.send("INT", List.of(process.toHandle()));
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null && process.isAlive()) {
            kill9();
        }
    }
}
