package songda.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's view of one data directory. A process belongs to it when its program is a {@code postgres} and
 * its working directory is that data directory (every PostgreSQL process changes into it): neither a name nor a number
 * in a file is enough, since the number may have been given to somebody else by now.
 */
final class PostgresProcesses {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresProcesses.class);
    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE = Duration.ofSeconds(10);
    private final Path data;
    private final Path pidFile;

    PostgresProcesses(Path data) {
        this.data = data;
        this.pidFile = data.resolve("postmaster.pid");
    }

    /** The running postmaster of this data directory, whoever started it. */
    Optional<ProcessHandle> postmaster() {
        return numberInPidFile().flatMap(ProcessHandle::of).filter(this::isOurs);
    }

    /**
     * Stops what a killed hub left behind: the postmaster first, then waits for its orphans. What remains of the pid file
     * is then stale; PostgreSQL would refuse to start if its number were now a foreign process's.
     */
    void stopLeftBehind() throws IOException {
        if (Files.notExists(data)) {
            return;
        }
        Optional<ProcessHandle> left = postmaster();
        left.ifPresent(it -> LOG.info(
                "停掉上次遗留的 PostgreSQL / stopping the PostgreSQL that a killed hub left behind: pid {}", it.pid()));
        stop();
        Files.deleteIfExists(pidFile);
    }

    /** Stops the postmaster in an orderly way (open sessions are ended), hard after half a minute; none is fine. */
    void stop() throws IOException {
        Optional<ProcessHandle> running = postmaster();
        if (running.isPresent()) {
            signal(running.get(), "INT");
            if (!gone(FAST)) {
                LOG.warn("PostgreSQL 没有及时停下，强制停止 / PostgreSQL did not stop in time and is stopped hard: {}", data);
                signal(running.get(), "QUIT");
            }
        }
        if (!gone(IMMEDIATE)) {
            throw new IOException("PostgreSQL processes of " + data + " do not end: " + ours());
        }
    }

    private Optional<Long> numberInPidFile() {
        try {
            List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
            return lines.stream()
                    .findFirst()
                    .map(String::strip)
                    .filter(it -> it.matches("[1-9]\\d{0,9}"))
                    .map(Long::valueOf);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isOurs(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            String program =
                    Files.readSymbolicLink(proc.resolve("exe")).getFileName().toString();
            return program.split(" ")[0].equals("postgres")
                    && Files.readSymbolicLink(proc.resolve("cwd")).equals(data.toRealPath());
        } catch (IOException e) {
            return false; // ended meanwhile, or another user's
        }
    }

    private List<Long> ours() {
        return ProcessHandle.allProcesses()
                .filter(this::isOurs)
                .map(ProcessHandle::pid)
                .toList();
    }

    private boolean gone(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!ours().isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return true;
    }

    /** Java itself can only send TERM, which waits for clients to leave, and KILL. */
    private static void signal(ProcessHandle process, String name) throws IOException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            kill.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
