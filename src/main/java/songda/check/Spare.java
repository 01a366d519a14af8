package songda.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process that has started already and waits to be told its dry run, so that nobody waits for the start of Java. Each takes one and ends; it also ends where its
 * caller does, in whichever way, because then what it reads from comes to its end.
 */
public final class Spare implements AutoCloseable {

    /** One that was ended from outside is started again, one that does not live is not: that would go on for ever. */
    private static final Duration PROVEN = Duration.ofMinutes(1);

    private static final ObjectMapper JSON = new ObjectMapper();
    private Path mappings;
    private Process waiting;
    private boolean closed;

    /**
     * Starts one where none waits.
     *
     * @param mappings it reads them once, so that the words of mappings are known to it; none is run
     */
    public synchronized void prepare(Path mappings) {
        this.mappings = mappings;
        if (closed || waiting != null && waiting.isAlive()) {
            return;
        }
        try {
            Process started = DryRun.process(List.of("--wait", "--routes=" + DryRun.NONE, "--mappings=" + mappings));
            long began = System.nanoTime();
            waiting = started;
            started.onExit().thenRun(() -> ended(started, System.nanoTime() - began));
        } catch (UncheckedIOException e) {
            waiting = null; // each dry run starts its own, and says what keeps it from that
        }
    }

    private synchronized void ended(Process process, long nanos) {
        if (waiting == process) {
            waiting = null;
            if (nanos > PROVEN.toNanos()) {
                prepare(mappings);
            }
        }
    }

    /** The one that waits, told what to do; nothing where none does. It is the caller's from now on. */
    synchronized Optional<Process> take(List<String> arguments) {
        Process taken = waiting;
        waiting = null;
        if (taken == null || !taken.isAlive()) {
            return Optional.empty();
        }
        try {
            OutputStream told = taken.getOutputStream(); // stays open: its end would end the process
            told.write((JSON.writeValueAsString(arguments) + "\n").getBytes(StandardCharsets.UTF_8));
            told.flush();
            return Optional.of(taken);
        } catch (IOException e) {
            taken.destroyForcibly();
            return Optional.empty();
        }
    }

    /** Of the one that waits. */
    public synchronized OptionalLong pid() {
        return waiting == null ? OptionalLong.empty() : OptionalLong.of(waiting.pid());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (waiting != null) {
            waiting.destroyForcibly();
            waiting = null;
        }
    }
}
