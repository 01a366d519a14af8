package songda.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Processor time from /proc, which counts in hundredths of a second. */
final class Cpu {

    private static final double TICKS = 100;

    private Cpu() {}

    /** Seconds of one process, its threads that ended included. */
    static double of(long pid) {
        String[] fields = stat(pid);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /** Seconds of a process and its children, those that ended included: a PostgreSQL server. */
    static double ofTree(long pid) {
        String[] fields = stat(pid);
        double ended = (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS;
        return of(pid)
                + ended
                + children(pid).stream().mapToDouble(Cpu::ofOrNothing).sum();
    }

    /**
     * Seconds of a PostgreSQL server by what its processes do: {@code backends}, {@code autovacuum}, {@code checkpointer}, {@code writers}.
     * Asked again and again: what ended since is kept as it was seen last.
     */
    static final class Server {

        private record Seen(String work, double seconds) {}

        private final long pid;
        private final Map<Long, Seen> seen = new HashMap<>();

        Server(long pid) {
            this.pid = pid;
        }

        Map<String, Double> seconds() {
            for (long child : children(pid)) {
                double seconds = ofOrNothing(child);
                seen.merge(child, new Seen(work(child), seconds), (was, now) -> now.seconds > was.seconds ? now : was);
            }
            Map<String, Double> sums = new TreeMap<>();
            seen.values().forEach(one -> sums.merge(one.work, one.seconds, Double::sum));
            return sums;
        }

        private static String work(long pid) {
            String title;
            try {
                title = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            } catch (IOException ended) {
                return "backends";
            }
            if (title.contains("autovacuum")) {
                return "autovacuum";
            }
            return title.contains("checkpointer") ? "checkpointer" : title.contains("writer") ? "writers" : "backends";
        }
    }

    private static double ofOrNothing(long pid) {
        try {
            return of(pid);
        } catch (UncheckedIOException ended) {
            return 0;
        }
    }

    private static List<Long> children(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
    }

    /** The fields after the program's name, which may hold blanks: [0] is the state. */
    private static String[] stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The machine's load averages as it says them. */
    static String machine() {
        try {
            return Files.readString(Path.of("/proc/loadavg"))
                    .replaceAll("(\\S+ \\S+ \\S+) .*", "$1")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
