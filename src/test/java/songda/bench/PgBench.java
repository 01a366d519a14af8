package songda.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The floor once more, by PostgreSQL's own tool where it is installed. */
final class PgBench {

    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");

    private PgBench() {}

    static Optional<Double> measure(Floor floor, Path folder, int connections, int seconds) throws IOException {
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "pgbench")));
        return installed ? Optional.of(run(floor, folder, connections, seconds)) : Optional.empty();
    }

    private static double run(Floor floor, Path folder, int connections, int seconds) throws IOException {
        Path script = Files.writeString(folder.resolve("floor.sql"), floor.script());
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "pgbench",
                        "-n",
                        "-M",
                        "prepared",
                        "-c",
                        Integer.toString(connections),
                        "-j",
                        "2",
                        "-T",
                        Integer.toString(seconds),
                        "-D",
                        "n=0",
                        "-D",
                        "base=" + System.nanoTime() % 1_000_000 * 1_000_000_000_000L,
                        "-f",
                        script.toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(floor.port()),
                        "-U",
                        "songda",
                        floor.database()))
                .redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", floor.password());
        String said = new String(builder.start().getInputStream().readAllBytes());
        Matcher rate = RATE.matcher(said);
        if (!rate.find()) {
            throw new IllegalStateException("pgbench: " + said);
        }
        return Double.parseDouble(rate.group(1));
    }
}
