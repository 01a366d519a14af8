package partners;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The load generator: {@code java -cp target/songda-partners.jar partners.Load --hub URL --keys FILE [--seconds 60]
 * [--warmup 30] [--connections 16] [--rate 0] [--prefix TEXT] [--retries 0] [--journal FOLDER]}. Prints one JSON object: accepted
 * orders a second and latencies of the measured time, and the processor time that this generator itself took in it.
 */
public final class Load {
    private Load() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = Options.pairs(arguments);
        URI hub = URI.create(given.getOrDefault("hub", "http://127.0.0.1:8080"));
        Keys.Key key = Keys.read(Path.of(given.getOrDefault("keys", "data/partners.json")))
                .of("gov");
        double seconds = number(given, "seconds", 60);
        double warmup = number(given, "warmup", 30);
        int connections = (int) number(given, "connections", 16);
        String prefix = given.getOrDefault("prefix", "L" + Long.toString(System.currentTimeMillis(), 36) + "-");
        Journal journal =
                given.containsKey("journal") ? new Journal(Path.of(given.get("journal")), "gov", () -> null) : null;
        MadeOrders orders = new MadeOrders(prefix.toUpperCase(Locale.ROOT), Instant.now());

        long begin = System.nanoTime();
        long from = begin + (long) (warmup * 1e9);
        long to = from + (long) (seconds * 1e9);
        Pusher pusher = new Pusher(
                        hub,
                        key,
                        orders,
                        journal,
                        (int) number(given, "retries", 0),
                        1,
                        Long.MAX_VALUE - 1,
                        number(given, "rate", 0))
                .window(from, to);
        AtomicReference<Double> warm = new AtomicReference<>(0.0);
        Thread meter = new Thread(() -> {
            for (long left = from - System.nanoTime(); left > 0; left = from - System.nanoTime())
                LockSupport.parkNanos(left);
            warm.set(cpuSeconds());
        });
        meter.start();
        long[] sorted = pusher.run(connections);
        double cpu = cpuSeconds() - warm.get();

        ObjectNode result = pusher.counts();
        result.put("acceptedPerSecond", Math.round(sorted.length / seconds * 10) / 10.0);
        Pusher.latencies(result, sorted);
        result.put("connections", connections).put("warmupSeconds", warmup).put("measuredSeconds", seconds);
        result.put("generatorCpuSeconds", rounded(cpu, 100));
        result.put("generatorCpuMillisPerOrder", rounded(cpu * 1000 / Math.max(1, sorted.length), 1000));
        System.out.println(Json.pretty(result));
    }

    private static double rounded(double value, double parts) {
        return Math.round(value * parts) / parts;
    }

    private static double cpuSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    private static double number(Map<String, String> given, String name, double otherwise) {
        return given.containsKey(name) ? Double.parseDouble(given.get(name)) : otherwise;
    }
}
