package songda.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import songda.check.RoutingTree;
import songda.mapping.PairRun;
import songda.timeline.Coverage;
import songda.timeline.Mutants;
import songda.timeline.Rehearsal;
import songda.timeline.RuleTable;
import songda.timeline.Timeline;
import songda.timeline.TimelineFiles;
import songda.timeline.Walk;

@Command(
        name = "test",
        description = "映射的例子、所有时间线、走到了多少 / example pairs of mappings, all timelines, and what they reach",
        footer = {
            "",
            "  songda test",
            "  songda test --only receipt",
            "  songda test --pairs           # 只比较例子，几秒 / only the example pairs, seconds",
            "  songda test --mutate",
            "",
            "0 都如所写 / all as written, 1 有不符 / some differ"
        })
final class TestCommand implements Callable<Integer> {

    private static final int MOST = 12;

    @Option(names = "--routes", description = "路由目录 / the folder of routes", defaultValue = "routes")
    private Path routes;

    @Option(
            names = "--only",
            description = "只演练名称含此文字的 / only those whose file or name has this in it",
            defaultValue = "")
    private String only;

    @Option(
            names = "--mutate",
            description =
                    "逐一改动期限、日历、出口、角色、台阶，看时间线能否发现 / changes every duration, calendar, door, role and rung once: a timeline has to notice")
    private boolean mutate;

    @Option(names = "--mappings", description = "映射目录 / the folder of mappings", defaultValue = "mappings")
    private Path mappings;

    @Option(names = "--pairs", description = "只比较映射的例子 / only the example pairs of mappings")
    private boolean pairs;

    @Override
    public Integer call() {
        if (pairs) {
            return pairs();
        }
        List<Timeline> timelines = TimelineFiles.read(routes).stream()
                .filter(t -> t.title().contains(only))
                .toList();
        Path folder = Workplace.folder();
        try (var ground = Rehearsal.ground(folder.resolve("data"), mappings)) {
            if (mutate) {
                return mutate(new Mutants(ground, routes, folder.resolve("routes")), timelines);
            }
            int examples = only.isEmpty() ? pairs() : 0;
            return Math.max(examples, play(ground, timelines));
        }
    }

    private int pairs() {
        PairRun run = PairRun.of(mappings);
        run.mismatches().forEach(System.out::println);
        System.out.printf(
                "%d 对例子，%d 对不符 / %d example pairs, %d differ%n",
                run.pairs(),
                run.mismatches().size(),
                run.pairs(),
                run.mismatches().size());
        int unread = run.unread().values().stream().mapToInt(Set::size).sum();
        System.out.printf("代码 / codes: %d/%d%n", run.codes() - unread, run.codes());
        run.unread()
                .forEach((table, keys) ->
                        System.out.println("  没有例子用到 / no example looks up: " + table + " " + some(keys)));
        return run.mismatches().isEmpty() ? 0 : 1;
    }

    private static String some(Set<String> keys) {
        String first = String.join(" ", keys.stream().limit(MOST).toList());
        return keys.size() <= MOST ? first : first + " … (" + keys.size() + ")";
    }

    private int play(Rehearsal.Ground ground, List<Timeline> timelines) {
        long began = System.nanoTime();
        try (Rehearsal rehearsal = Rehearsal.of(ground, routes)) {
            List<Walk.Result> results =
                    timelines.stream().map(t -> Walk.play(rehearsal, t)).toList();
            System.out.println(new RuleTable(routes, results).text());
            if (only.isEmpty()) {
                RoutingTree tree = RoutingTree.read(routes, mappings);
                System.out.println(new Coverage(tree, results).text(tree));
            }
            results.forEach(r -> r.mismatch().ifPresent(System.out::println));
            long wrong = results.stream().filter(r -> r.mismatch().isPresent()).count();
            System.out.printf(
                    "%d 条时间线，%d 条不符 / %d timelines, %d differ; %.1f s%n",
                    results.size(), wrong, results.size(), wrong, seconds(began));
            return wrong == 0 ? 0 : 1;
        }
    }

    private static int mutate(Mutants mutants, List<Timeline> timelines) {
        long began = System.nanoTime();
        List<Mutants.Fate> fates = mutants.play(timelines, fate -> System.out.println(fate.text()));
        long survived = fates.stream().filter(Mutants.Fate::survived).count();
        System.out.printf(
                "%d 处改动，%d 处无人发现 / %d mutants, %d survived; %.1f s%n",
                fates.size(), survived, fates.size(), survived, seconds(began));
        return survived == 0 ? 0 : 1;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
