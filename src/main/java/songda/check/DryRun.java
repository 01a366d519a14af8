package songda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The hidden command {@code dry-run} in a process of its own, which is ended when its time is up: nothing that a file says can hold up the caller. */
public final class DryRun {

    /** In place of names. */
    public static final String NONE = "-";

    private static final Duration LEAVING = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path routes;
    private final Path mappings;
    private final Duration limit;
    private final Spare spare;

    public DryRun(Path routes, Path mappings, Duration limit) {
        this(routes, mappings, limit, null);
    }

    /** @param spare whose process is taken where one waits; null for none */
    public DryRun(Path routes, Path mappings, Duration limit, Spare spare) {
        this.routes = routes;
        this.mappings = mappings;
        this.limit = limit;
        this.spare = spare;
    }

    /**
     * What of a configuration is run.
     *
     * @param routes which of them are loaded, by their names below the folder, {@code flow/x.camel.yaml}; null is all
     * @param mappings whose examples have to come out as they say; null is all, only to see that they end
     * @param timelines whether all timelines are played as well
     */
    public record Extent(Set<String> routes, Set<String> mappings, boolean timelines) {

        public static final Extent ALL = new Extent(null, null, false);

        private boolean nothing() {
            return routes != null && routes.isEmpty() && mappings != null && mappings.isEmpty();
        }
    }

    public List<Finding> findings() {
        try (Running running = start(Extent.ALL)) {
            return running.findings();
        }
    }

    /** Plays all timelines, on a database of their own: some ten seconds. */
    public List<Finding> timelines() {
        try (Running running = fresh(List.of("--timelines", "--only=" + NONE, "--only-routes=" + NONE))) {
            return running.findings();
        }
    }

    /** All but the timelines. Goes on by itself; whoever started it asks for the findings, or ends it. */
    public Running start(Extent extent) {
        if (extent.nothing()) {
            return new Running(null, null);
        }
        List<String> options = options(extent);
        return spare == null
                ? fresh(options)
                : spare.take(arguments(options))
                        .map(taken -> new Running(taken, options))
                        .orElseGet(() -> fresh(options));
    }

    private Running fresh(List<String> options) {
        Process child = process(arguments(options));
        try {
            child.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Running(child, null);
    }

    private List<String> arguments(List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("--routes=" + routes, "--mappings=" + mappings));
        arguments.addAll(options);
        return arguments;
    }

    /** The process at work, or none where nothing is to be run. Its time runs from its start. */
    public final class Running implements AutoCloseable {

        private final Process child;
        private final List<String> again;
        private final Told told = new Told();
        private final CompletableFuture<Void> reading;
        private final long began = System.nanoTime();

        /** @param again the options for another process, where this one waited and may be gone before it begins; or null */
        private Running(Process child, List<String> again) {
            this.child = child;
            this.again = again;
            this.reading = child == null
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.runAsync(() -> told.read(child));
        }

        /** Waits for its end, or ends it when its time is up. */
        public List<Finding> findings() {
            if (child == null) {
                return List.of();
            }
            boolean ended = heard(limit.toNanos() - (System.nanoTime() - began));
            if (!ended) {
                end();
                // Not before: to end a process closes what it said, read or not.
                reading.join();
                told.found.add(finding("R502", limit.toSeconds(), told.at));
            } else if (!told.begun && again != null) {
                return anew();
            } else if (!told.done) {
                told.found.add(finding("R503", exit(), told.at, told.last));
            }
            return told.found;
        }

        private List<Finding> anew() {
            try (Running fresh = fresh(again)) {
                return fresh.findings();
            }
        }

        /** Told first, so that it takes a database of its own with it. */
        private void end() {
            child.destroy();
            if (!ended(LEAVING.toNanos())) {
                child.destroyForcibly();
            }
        }

        /** Whether it has come to its end, or said that it has: a process may take a while to go. */
        private boolean heard(long within) {
            try {
                reading.get(within, TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }

        /** It may still be on its way out when its last word is read. */
        private int exit() {
            if (!ended(LEAVING.toNanos())) {
                end();
            }
            return child.onExit().join().exitValue();
        }

        private boolean ended(long within) {
            try {
                return child.waitFor(within, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }

        @Override
        public void close() {
            if (child == null) {
                return;
            }
            if (reading.isDone()) {
                child.destroyForcibly(); // it has said all, and has nothing to take with it any more
            } else {
                end();
            }
        }
    }

    static Process process(List<String> arguments) {
        try {
            return new ProcessBuilder(command(arguments))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Finding finding(String rule, Object... words) {
        return new Finding(
                Rules.find(rule).orElseThrow(),
                new Place(routes.toString(), 1, 1),
                Stream.of(words).map(String::valueOf).toList());
    }

    /** What the process said of itself: findings, where it is, whether it came to its end; the last line that is none of these, of its log or of the JVM. */
    private static final class Told {

        private final List<Finding> found = new ArrayList<>();
        private String at = "start";
        private String last = "";
        private boolean begun;
        private boolean done;

        void read(Process child) {
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = done ? null : lines.readLine()) {
                    if (line.startsWith("{")) {
                        take(JSON.readTree(line));
                    } else if (!line.isBlank()) {
                        last = line.strip();
                    }
                }
            } catch (IOException e) {
                // Ended while it spoke: what it had said counts.
                last = e.getMessage();
            }
        }

        private void take(JsonNode told) {
            begun = true;
            done |= told.has("done");
            at = told.path("at").asText(at);
            if (told.has("rule")) {
                List<String> words = new ArrayList<>();
                told.path("found").forEach(w -> words.add(w.asText()));
                found.add(new Finding(
                        Rules.find(told.path("rule").asText()).orElseThrow(),
                        new Place(told.path("file").asText(), told.path("line").asInt(1), 1),
                        words));
            }
        }
    }

    private static List<String> command(List<String> arguments) {
        String classes = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8"));
        // The packaged program is one jar that starts itself.
        command.addAll(
                classes.endsWith("songda.jar") ? List.of("-jar", classes) : List.of("-cp", classes, "songda.Songda"));
        command.add("dry-run");
        command.addAll(arguments);
        return command;
    }

    private static List<String> options(Extent extent) {
        List<String> options = new ArrayList<>();
        option(options, "--only-routes", extent.routes());
        option(options, "--only", extent.mappings());
        return options;
    }

    private static void option(List<String> options, String name, Set<String> only) {
        if (only != null) {
            options.add(name + "=" + (only.isEmpty() ? NONE : String.join(",", only)));
        }
    }
}
