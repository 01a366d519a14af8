package songda.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import songda.Daytime;
import songda.embedded.LentPrograms;

/**
 * A hub in a JVM of its own, in one data folder and on ports that stay the same: it can be started, stopped, killed and
 * started again. It runs target/songda.jar where that exists, laid out as in the image, else target/classes. Not for several threads.
 *
 * <pre>{@code
 * try (HubProcess hub = HubProcess.in(folder);
 *         StandInsProcess partners = StandInsProcess.of(hub, journal)) {
 *     hub.with(partners.addresses()).start().awaitReady(Duration.ofMinutes(2));
 * }
 * }</pre>
 */
public final class HubProcess implements AutoCloseable {

    /** Half of the processor time until it is ready, of what the second compiler would take. */
    private static final List<String> QUICK = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Path JAR = Path.of("target", "songda.jar").toAbsolutePath();
    private static final Duration LEAVING = Duration.ofSeconds(60);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>(QUICK);
    private final Path data;
    private final int port;
    private final int adminPort;
    private Process process;
    private long startedAt;

    private HubProcess(Path data) {
        this.data = data.toAbsolutePath();
        this.port = freePort();
        this.adminPort = freePort();
        environment.put("SONGDA_DATA", this.data.toString());
        environment.put("SONGDA_HTTP_PORT", Integer.toString(port));
        environment.put("SONGDA_ADMIN_PORT", Integer.toString(adminPort));
        // Of use to who changes the configuration only, and its start takes processor time from what is measured.
        environment.put("SONGDA_CONFIG_STANDBY", "false");
    }

    /** A hub that does not run yet. Its log, {@link #log()}, is written beside the folder. */
    public static HubProcess in(Path data) {
        return new HubProcess(data);
    }

    /** More environment for every start from now on, e.g. {@code SONGDA_GOV_ADDRESS} or {@code SONGDA_DOOR_SENDINGFOR}. */
    public HubProcess with(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    /** Undoes {@link #with} for the next starts. */
    public HubProcess without(Map<String, String> these) {
        environment.keySet().removeAll(these.keySet());
        return this;
    }

    /** Options of its JVM for every start from now on, in place of {@link #QUICK}. */
    public HubProcess java(String... instead) {
        options.clear();
        options.addAll(List.of(instead));
        return this;
    }

    /** As in production, with the second compiler: for what is measured. */
    public HubProcess compiled() {
        return java("-Xmx512m", "-XX:+UseSerialGC");
    }

    public HubProcess start() {
        if (isAlive()) {
            throw new IllegalStateException("it runs already: pid " + pid());
        }
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(options);
        command.add("-Dstdout.encoding=UTF-8");
        command.addAll(program());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().keySet().removeIf(it -> it.startsWith("SONGDA_"));
        builder.environment().putAll(environment);
        try {
            LentPrograms.to(data);
            startedAt = System.nanoTime();
            process = builder.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> program() {
        if (Files.exists(JAR)) {
            return List.of("-jar", laidOut().toString());
        }
        String path = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(it -> !it.endsWith("test-classes"))
                .collect(Collectors.joining(java.io.File.pathSeparator));
        return List.of("-cp", path, "songda.Songda");
    }

    /** A third less processor time until it is ready than out of the one jar. */
    private static Path laidOut() {
        Path folder = JAR.resolveSibling("laid-out");
        Path jar = folder.resolve(JAR.getFileName());
        try {
            if (!Files.exists(jar) || Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(JAR)) < 0) {
                FileSystemUtils.deleteRecursively(folder);
                layOut(folder);
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void layOut(Path folder) throws IOException {
        Process tool = new ProcessBuilder(
                        java(),
                        "-Djarmode=tools",
                        "-jar",
                        JAR.toString(),
                        "extract",
                        "--destination",
                        folder.toString())
                .inheritIO()
                .start();
        if (tool.onExit().join().exitValue() != 0) {
            throw new IOException(JAR + " cannot be laid out");
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Waits for {@code /readyz}.
     *
     * @return the time since {@link #start()}
     */
    public Duration awaitReady(Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!answers("/readyz")) {
            if (!isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError((isAlive() ? "not ready in " + most : "it ended") + ":\n" + logText());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        Duration ready = Duration.ofNanos(System.nanoTime() - startedAt);
        daytime();
        return ready;
    }

    /** A new hub begins at ten in the morning, whatever the hour: at night citizens' messages wait. */
    private void daytime() {
        if (!Files.exists(postmasterPid())) {
            return;
        }
        try (Connection connection = jdbc();
                PreparedStatement set = connection.prepareStatement(
                        "update hub_clock set hub_at = ?, wall_at = now() where hub_at = 'epoch'")) {
            set.setTimestamp(1, Timestamp.from(Daytime.today()));
            set.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@code /readyz} says now. */
    public boolean ready() {
        return isAlive() && answers("/readyz");
    }

    private boolean answers(String path) {
        try {
            var request = HttpRequest.newBuilder(url().resolve(path)).timeout(Duration.ofSeconds(5));
            return http.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Actuator, metrics and Hawtio. */
    public URI adminUrl() {
        return URI.create("http://127.0.0.1:" + adminPort);
    }

    public Path data() {
        return data;
    }

    /** The partners' keys; the hub makes the file at its first start. */
    public Path keys() {
        return data.resolve("partners.json");
    }

    /** Everything that every start has said so far, stdout and stderr. */
    public Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    public String logText() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new connection to its embedded PostgreSQL, as the hub's own user; it works between kill -9 and the next start too. */
    public Connection jdbc() throws SQLException {
        try {
            String password =
                    Files.readString(data.resolve("postgres.password")).strip();
            String port = Files.readAllLines(postmasterPid()).get(3).strip();
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + port + "/songda?socketTimeout=60&connectTimeout=5",
                    "songda",
                    password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path postmasterPid() {
        return data.resolve("postgres").resolve("postmaster.pid");
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** {@code VmRSS} of the JVM in kilobytes; its PostgreSQL is not in it. */
    public long residentKilobytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            return lines.filter(it -> it.startsWith("VmRSS:"))
                    .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It stands still, and its connections stay open, until {@link #goOn()}. */
    public void standStill() throws IOException, InterruptedException {
        Signals.send("STOP", List.of(process.toHandle()));
    }

    public void goOn() throws IOException, InterruptedException {
        Signals.send("CONT", List.of(process.toHandle()));
    }

    /** Its PostgreSQL stays behind, as it would for an operator. */
    public void kill9() {
        process.destroyForcibly();
        if (!ended(LEAVING)) {
            throw new AssertionError("kill -9 did not end pid " + pid());
        }
    }

    /**
     * SIGTERM, and waits.
     *
     * @return the time that it took
     */
    public Duration stop() {
        long from = System.nanoTime();
        process.destroy();
        if (!ended(LEAVING)) {
            process.destroyForcibly();
            throw new AssertionError("SIGTERM did not end it within " + LEAVING + ":\n" + logText());
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private boolean ended(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Leaves nothing running, not even the PostgreSQL of a killed hub. */
    @Override
    public void close() {
        if (isAlive()) {
            process.destroy();
            if (!ended(LEAVING)) {
                kill9();
            }
        }
        leftBehind().ifPresent(ProcessHandle::destroy);
        leftBehind()
                .ifPresent(postgres ->
                        postgres.onExit().orTimeout(30, TimeUnit.SECONDS).join());
        try {
            LentPrograms.back(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ProcessHandle> leftBehind() {
        try {
            Path postgres = data.resolve("postgres");
            if (!Files.exists(postmasterPid())) {
                return Optional.empty();
            }
            String pid = Files.readAllLines(postmasterPid()).get(0).strip();
            return Files.readSymbolicLink(Path.of("/proc", pid, "cwd")).equals(postgres.toRealPath())
                    ? ProcessHandle.of(Long.parseLong(pid))
                    : Optional.empty();
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
    }

    /** Below the ports that the system gives to connections: one of those could take it before the hub does. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: another one
            }
        }
    }
}
