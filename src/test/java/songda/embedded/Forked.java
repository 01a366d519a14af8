package songda.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** A {@link Hubling} in a JVM of its own, to be killed. */
final class Forked implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private final Process process;
    private final Path output;

    private Forked(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Forked hub(Path data, String... settings) throws IOException {
        LentPrograms.to(data);
        Path output = Files.createTempFile(data.getParent(), "hub", ".out");
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dstdout.encoding=UTF-8",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Hubling.class.getName(),
                                "--songda.data=" + data),
                        Stream.of(settings))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Forked(process, output);
    }

    /** The words of the READY line: url, password, brokers. */
    List<String> ready() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            for (String line : output().split("\n")) {
                if (line.startsWith("READY ") && output().endsWith("\n")) {
                    return List.of(line.substring("READY ".length()).strip().split(" "));
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError("no READY line:\n" + output());
    }

    Connection database() throws IOException, SQLException {
        List<String> words = ready();
        return DriverManager.getConnection(words.get(0), EmbeddedPostgreSql.USER, words.get(1));
    }

    Admin kafka() throws IOException {
        return Admin.create(Map.of("bootstrap.servers", ready().get(2)));
    }

    int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + output());
        }
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    void terminate() {
        process.destroy();
    }

    void kill9() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        terminate();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill9();
        }
    }
}
