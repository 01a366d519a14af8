package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import songda.timeline.Rehearsal;
import songda.timeline.Simulation;

@Command(
        name = "simulate",
        description = {
            "在模拟时钟上看何时会发生什么、找谁、依据哪条规则，什么也不发出 / what would fire when, to whom, by which rule; nothing is sent",
            "假定此后没有别的事发生，85 系统每次都查得到 / taken that nothing else happens, and that the 85 system can always be asked"
        })
final class SimulateCommand implements Callable<Integer> {

    @Mixin
    private Hub hub;

    @ArgGroup(multiplicity = "1")
    private From from;

    static final class From {
        @Option(names = "--order", description = "运行中的送达里的订单号 / an order of the running hub")
        private List<String> orders;

        @Option(names = "--file", description = "CSV：orderNo,fact,at[,county,destCounty,payer,receipt,service]")
        private Path file;
    }

    @Option(names = "--until", description = "到多久以后 / how far (${DEFAULT-VALUE})", defaultValue = "P30D")
    private String until;

    @Option(names = "--in", description = "现行路由 / the routes in force (${DEFAULT-VALUE})", defaultValue = "routes")
    private Path routes;

    @Option(names = "--routes", description = "另一套路由：显示差别 / other routes: the difference is shown")
    private Path others;

    @Override
    public Integer call() {
        Simulation simulation =
                from.file != null ? Simulation.ofFile(from.file) : Simulation.ofOrders(snapshots(from.orders));
        try (var ground = Rehearsal.ground(Workplace.folder().resolve("data"))) {
            List<Simulation.Line> now = run(ground, routes, simulation);
            if (others == null) {
                now.forEach(line -> System.out.println(line.text()));
                System.out.println(now.size() + " 件 / in all");
            } else {
                difference(now, run(ground, others, simulation));
            }
            return 0;
        }
    }

    private List<JsonNode> snapshots(List<String> orders) {
        return orders.stream()
                .map(no -> hub.get("/api/v1/orders/" + no + "/snapshot"))
                .toList();
    }

    private List<Simulation.Line> run(Rehearsal.Ground ground, Path folder, Simulation simulation) {
        try (Rehearsal rehearsal = Rehearsal.of(ground, folder)) {
            return simulation.run(rehearsal, until);
        }
    }

    /** In the order of time, what only one of the two would do. */
    private void difference(List<Simulation.Line> before, List<Simulation.Line> after) {
        Map<String, Integer> left = counts(before);
        Map<String, Integer> right = counts(after);
        List<String> lines = new ArrayList<>();
        left.forEach((line, n) -> repeat(lines, line + "\u0000-", n - right.getOrDefault(line, 0)));
        right.forEach((line, n) -> repeat(lines, line + "\u0000+", n - left.getOrDefault(line, 0)));
        lines.stream()
                .sorted()
                .forEach(line -> System.out.println(
                        line.substring(line.length() - 1) + " " + line.substring(0, line.length() - 2)));
        System.out.printf(
                "- %s   + %s   %d 处不同 / lines differ, %d 处相同 / are the same%n",
                routes,
                others,
                lines.size(),
                before.size()
                        - (int) lines.stream().filter(l -> l.endsWith("-")).count());
    }

    private static Map<String, Integer> counts(List<Simulation.Line> lines) {
        Map<String, Integer> counts = new TreeMap<>(new LinkedHashMap<>());
        lines.forEach(line -> counts.merge(line.text(), 1, Integer::sum));
        return counts;
    }

    private static void repeat(List<String> lines, String line, int times) {
        for (int i = 0; i < times; i++) {
            lines.add(line);
        }
    }
}
