package songda.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The table of a run: printed, and written to {@code target/chaos/report.txt}. */
final class Report {

    static final Path FILE = Path.of("target", "chaos", "report.txt");
    /** So long before a fault an attempt may have begun that it hit. */
    private static final Duration LEAD = Duration.ofSeconds(12);

    private final List<String> lines = new ArrayList<>();

    private void line(String format, Object... values) {
        lines.add(format.formatted(values));
    }

    Report run(Settings settings, String version, Duration lasted, Map<World.Kind, Integer> kills) {
        line(
                "seed %d, %d minutes of faults, %d orders/s, %d nodes, commit %s; %d s in all",
                settings.seed(),
                settings.minutes(),
                settings.perSecond(),
                settings.nodes(),
                version,
                lasted.toSeconds());
        line(
                "again: mvn -Pchaos verify -Dsongda.chaos.seed=%d -Dsongda.chaos.minutes=%d",
                settings.seed(), settings.minutes());
        line(
                "kill -9: %s, in all %d",
                new TreeMap<>(kills), kills.values().stream().mapToInt(i -> i).sum());
        return this;
    }

    Report evidence(Evidence evidence) {
        orders(evidence);
        effects(evidence);
        doubles(evidence);
        times(evidence);
        line("at the end: %s", new TreeMap<>(evidence.resources()));
        return this;
    }

    private void orders(Evidence evidence) {
        for (String op : List.of("order", "scan", "poison")) {
            List<Evidence.Try> tries =
                    evidence.tries().stream().filter(it -> it.op().equals(op)).toList();
            Set<String> keys = tries.stream().map(Evidence.Try::key).collect(toSet());
            Set<String> taken = tries.stream()
                    .filter(it -> it.status() / 100 == 2)
                    .map(Evidence.Try::key)
                    .collect(toSet());
            Set<String> refused = tries.stream()
                    .filter(it -> it.status() / 100 == 4 && it.status() != 401 && it.status() != 429)
                    .map(Evidence.Try::key)
                    .collect(toSet());
            line(
                    "%-7s sent %d, accepted %d, refused %d, without an answer to the end %d; answers %s",
                    op + "s",
                    keys.size(),
                    taken.size(),
                    refused.size(),
                    keys.size() - taken.size() - refused.size(),
                    tries.stream()
                            .filter(it -> it.status() >= 0)
                            .collect(groupingBy(
                                    it -> it.status() == 0 ? "none" : "" + it.status(), TreeMap::new, counting())));
        }
        line(
                "in the database: %d orders %s",
                evidence.orders().size(),
                evidence.orders().stream().collect(groupingBy(Evidence.Order::stage, TreeMap::new, counting())));
        line(
                "receipts: %s",
                evidence.orders().stream().collect(groupingBy(Evidence.Order::receiptStage, TreeMap::new, counting())));
        line(
                "facts %d, in the stream %d; dead letters %d",
                evidence.facts().size(),
                evidence.published().size(),
                evidence.letters().size());
    }

    private void effects(Evidence evidence) {
        line(
                "effects %d %s",
                evidence.effects().size(),
                evidence.effects().stream().collect(groupingBy(Evidence.Effect::state, TreeMap::new, counting())));
        evidence.effects().stream()
                .collect(groupingBy(
                        Evidence.Effect::door,
                        TreeMap::new,
                        groupingBy(Evidence.Effect::state, TreeMap::new, counting())))
                .forEach((door, states) -> line("  %-24s %s", door, states));
        line(
                "not ACCEPTED, why: %s",
                evidence.effects().stream()
                        .filter(it -> !it.state().equals("ACCEPTED"))
                        .collect(groupingBy(
                                it -> it.state() + (it.waits() ? " waits" : "") + " "
                                        + Objects.toString(it.reason(), ""),
                                TreeMap::new,
                                counting())));
        line(
                "attempts: %s",
                evidence.effects().stream()
                        .collect(groupingBy(it -> Math.min(it.attempt(), 9), TreeMap::new, counting())));
    }

    /** What a partner heard more than once, by the fault in whose time the first of these came. */
    private void doubles(Evidence evidence) {
        Map<String, Map<String, Long>> causes = new TreeMap<>();
        evidence.lines().stream()
                .filter(it -> it.status() == 200 && !it.partner().equals("receipt85"))
                .collect(groupingBy(it -> it.partner() + " " + it.op() + " " + it.key()))
                .values()
                .stream()
                .filter(same -> same.size() > 1)
                .forEach(same -> causes.computeIfAbsent(
                                same.get(0).partner() + " " + same.get(0).op(), what -> new TreeMap<>())
                        .merge(cause(evidence, same.get(0).at()), same.size() - 1L, Long::sum));
        line("heard more than once at partners, by the fault in whose time the first came:");
        causes.forEach((what, by) -> line("  %-16s %s", what, by));
    }

    private static String cause(Evidence evidence, Instant at) {
        return evidence.episodes().stream()
                .filter(it -> at.isAfter(it.from().minus(LEAD)) && at.isBefore(it.mended()))
                .map(it -> it.name().replaceAll("([FP]\\d+) [^+]*", "$1 ").strip())
                .findFirst()
                .orElse("by intention");
    }

    private void times(Evidence evidence) {
        double[] late = TimeChecks.lateness(evidence);
        line(
                "deadlines %d %s; fired late by p50 %.1f s, p99 %.1f s, most %.1f s (wall clock, outages included)",
                evidence.deadlines().size(),
                evidence.deadlines().stream().collect(groupingBy(Evidence.Deadline::state, TreeMap::new, counting())),
                quantile(late, 0.5),
                quantile(late, 0.99),
                quantile(late, 1));
        line("%-70s %8s %8s %8s", "fault", "lasted", "taking", "flowing");
        for (Episode it : evidence.episodes()) {
            line(
                    "%-70s %8s %8s %8s%s",
                    it.name(),
                    Conductor.seconds(Duration.between(it.from(), it.mended())),
                    Conductor.seconds(it.intake()),
                    Conductor.seconds(it.flow()),
                    it.failed() == null ? "" : " " + it.failed());
        }
    }

    private static double quantile(double[] sorted, double q) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * q)];
    }

    Report violations(List<Violation> violations) {
        NotYet.faults().forEach(it -> line("not played: %s", it));
        NotYet.checks().forEach(it -> line("not checked: %s", it));
        line("violations: %d", violations.size());
        violations.stream()
                .collect(groupingBy(
                        it -> it.invariant() + " " + it.what().replaceAll("\\d+", "n"), TreeMap::new, counting()))
                .forEach((what, times) -> line("  %d × %s", times, what));
        violations.stream().limit(200).forEach(it -> line("  %s", it));
        return this;
    }

    void write() throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.write(FILE, lines);
        lines.forEach(System.out::println);
    }
}
