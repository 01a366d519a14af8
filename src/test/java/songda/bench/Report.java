package songda.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lines for the terminal, kept in a file too. */
final class Report {

    private final Path file;

    Report(Path file) {
        this.file = file;
        write(file, "", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    void title(String format, Object... values) {
        line("%n== " + format + " (%d processors, Java %s)", with(values));
    }

    private static Object[] with(Object... values) {
        Object[] more = java.util.Arrays.copyOf(values, values.length + 2);
        more[values.length] = Runtime.getRuntime().availableProcessors();
        more[values.length + 1] = Runtime.version().feature();
        return more;
    }

    /** @param hubMicros processor time of the hub's JVM for one order; serverMicros that of PostgreSQL */
    void load(JsonNode result, double hubMicros, double serverMicros) {
        line(
                "%2d connections, %3.0f s: %6.1f orders/s accepted, p50 %.1f ms, p99 %.1f ms;"
                        + " CPU per order: hub %.0f us, PostgreSQL %.0f us, generator %.0f us; load average %s",
                result.path("connections").asInt(),
                result.path("measuredSeconds").asDouble(),
                result.path("acceptedPerSecond").asDouble(),
                result.path("p50Millis").asDouble(),
                result.path("p99Millis").asDouble(),
                hubMicros,
                serverMicros,
                result.path("generatorCpuMillisPerOrder").asDouble() * 1000,
                Cpu.machine());
    }

    void floor(String when, Floor.Measured floor) {
        line(
                "floor %s, 16 connections: %6.1f commits/s; CPU per commit: PostgreSQL %.0f us, client %.0f us; load average %s",
                when, floor.perSecond(), floor.serverMicros(), floor.clientMicros(), floor.machine());
    }

    void line(String format, Object... values) {
        String line = String.format(format, values);
        System.out.println(line);
        write(file, line + "\n", StandardOpenOption.APPEND);
    }

    private static void write(Path file, String text, StandardOpenOption... options) {
        try {
            Files.writeString(file, text, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
