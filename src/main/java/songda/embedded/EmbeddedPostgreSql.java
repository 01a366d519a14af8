package songda.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.FileSystemUtils;
import songda.failure.StartRefused;

/** A PostgreSQL of the hub's own in {@code <data>/postgres}, on loopback, with a generated password in a 0600 file. */
final class EmbeddedPostgreSql implements AutoCloseable {

    static final String USER = "songda";
    /** After kill -9 or a power cut it first replays its log, on a slow disk for minutes. */
    private static final Duration START = Duration.ofMinutes(5);

    /** What the library writes when the last of the programs is there. */
    private static final String UNPACKED = ".exists";

    private static final String DRIVER =
            "socketTimeout=60&connectTimeout=5&tcpKeepAlive=true&ApplicationName=songda&reWriteBatchedInserts=true";

    /** Over the library's own settings, which are made for throw-away tests: fsync and synchronous commit are off there. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("max_connections", "100"),
            // Loopback only and no socket in /tmp, where any user of the machine could put one of the same name.
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            // One forgotten transaction holds back vacuum and slows the whole hub down within a minute.
            Map.entry("idle_in_transaction_session_timeout", "60s"),
            // Short statements by the thousand: compiling them costs more than running them.
            Map.entry("jit", "off"),
            // A week of logs, one file a day; without statements and details, since these may hold personal data.
            Map.entry("logging_collector", "on"),
            Map.entry("log_directory", "log"),
            Map.entry("log_filename", "postgresql-%a.log"),
            Map.entry("log_truncate_on_rotation", "on"),
            Map.entry("log_rotation_age", "1d"),
            Map.entry("log_rotation_size", "0"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("log_error_verbosity", "terse"),
            Map.entry("log_min_error_statement", "panic"));

    private final DataFolder folder;
    private final Path data;
    private final Path programs;
    private final Path passwordFile;
    private final Path startLog;
    private final PostgresProcesses processes;
    private final int port;
    private final Room room;
    private final BooleanSupplier leaving;
    private Closeable server = () -> {};

    /** How much memory it keeps pages in, and how much log it writes between two checkpoints; in PostgreSQL's units. */
    record Room(String sharedBuffers, String maxWalSize) {

        /** Enough for a newcomer's machine. */
        static final Room SMALL = new Room("128MB", "1GB");
    }

    /** @param leaving whether the hub is stopping: a start that is under way then ends early */
    EmbeddedPostgreSql(DataFolder folder, int port, Room room, BooleanSupplier leaving) {
        this.folder = folder;
        this.data = folder.path().resolve("postgres");
        // Beside the data, never in /tmp: there, anybody could put programs for us to run.
        this.programs = folder.path().resolve("postgres-programs");
        this.passwordFile = folder.path().resolve("postgres.password");
        this.startLog = folder.path().resolve("postgres-start.log");
        this.processes = new PostgresProcesses(data);
        this.port = port;
        this.room = room;
        this.leaving = leaving;
    }

    /** Starts it, on first use after making it; returns when it answers. */
    EmbeddedPostgreSql start() {
        try {
            processes.stopLeftBehind();
            folder.makeOnce("postgres", () -> {
                makePassword();
                run();
                makeDatabase();
            });
            if (processes.postmaster().isEmpty()) {
                run();
            }
            return this;
        } catch (StartRefused e) {
            throw e;
        } catch (Exception e) {
            throw new StartRefused(
                    "内置 PostgreSQL 没有启动 / The embedded PostgreSQL did not start: " + reason(e),
                    "全文见 " + startLog + " 和 " + data.resolve("log") + "，或用 SONGDA_DB_URL 指定外部数据库 / "
                            + "See those files, or name an external database with SONGDA_DB_URL",
                    e);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/songda?" + DRIVER;
    }

    int port() {
        return port;
    }

    String password() {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new StartRefused(
                    "读不到内置数据库的口令 / The embedded database's password cannot be read: " + passwordFile,
                    "从备份恢复这个文件；它属于旁边的 postgres 目录 / Restore the file from a backup: it belongs to the folder postgres beside it",
                    e);
        }
    }

    private void makePassword() throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(random) + "\n");
    }

    private void run() throws IOException {
        Files.deleteIfExists(startLog);
        sweepHalfUnpacked();
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(programs.toFile())
                .setPort(port)
                .setPGStartupWait(START)
                // The library's hook would stop the database while the Spring context still needs it.
                .setRegisterShutdownHook(false)
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(startLog.toFile()))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(startLog.toFile()))
                .setConnectConfig("password", password())
                // Passed on to initdb as --name=value after the library's own "-A trust": the last one counts.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
        SETTINGS.forEach(builder::setServerConfig);
        builder.setServerConfig("shared_buffers", room.sharedBuffers());
        builder.setServerConfig("max_wal_size", room.maxWalSize());
        server = await(CompletableFuture.supplyAsync(
                () -> start(builder), task -> new Thread(task, "postgres-start").start()));
    }

    /** The library goes on with what an earlier start left half unpacked, and stumbles for ever over its first link to a file that is not there. */
    private void sweepHalfUnpacked() throws IOException {
        if (Files.notExists(programs)) {
            return;
        }
        try (Stream<Path> unpacked = Files.list(programs)) {
            for (Path half :
                    unpacked.filter(it -> Files.notExists(it.resolve(UNPACKED))).toList()) {
                FileSystemUtils.deleteRecursively(half);
            }
        }
    }

    private static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The library asks the port until the time is over, even when pg_ctl has long said that there is no server. */
    private EmbeddedPostgres await(CompletableFuture<EmbeddedPostgres> starting) throws IOException {
        while (!starting.isDone()) {
            if (leaving.getAsBoolean()) {
                throw new IOException("the hub is stopping");
            }
            if (lines(startLog).anyMatch(it -> it.startsWith("pg_ctl:"))
                    && processes.postmaster().isEmpty()) {
                throw new IOException("pg_ctl could not start the server");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return starting.join();
    }

    private void makeDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", password());
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + USER + " login password '" + password() + "'");
            statement.execute("create database songda owner " + USER);
        }
    }

    /** PostgreSQL's own last word: from what it said before its log was open, or from the log of this start. */
    private String reason(Exception e) {
        return Stream.concat(lines(startLog), logsOfThisStart().flatMap(EmbeddedPostgreSql::lines))
                .filter(it -> it.contains("FATAL") || it.contains("PANIC") || it.startsWith("pg_ctl:"))
                .reduce((earlier, later) -> later)
                .orElse(NestedExceptionUtils.getMostSpecificCause(e).toString());
    }

    private Stream<Path> logsOfThisStart() {
        try (Stream<Path> logs = Files.list(data.resolve("log"))) {
            long began = startLog.toFile().lastModified();
            return logs.filter(it -> it.toFile().lastModified() >= began).toList().stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8).lines();
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    /** The library waits five seconds and takes no notice of a failure; the rest is up to us. */
    @Override
    public void close() throws IOException {
        server.close();
        processes.stop();
    }
}
