package songda.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import songda.timeline.Mutants;
import songda.timeline.Rehearsal;
import songda.timeline.RuleTable;
import songda.timeline.Timeline;
import songda.timeline.TimelineFiles;
import songda.timeline.Walk;

@Command(name = "test", description = "演练所有时间线 / plays all timelines of routes/**/*.test.yaml")
final class TestCommand implements Callable<Integer> {

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

    @Override
    public Integer call() {
        List<Timeline> timelines = TimelineFiles.read(routes).stream()
                .filter(t -> t.title().contains(only))
                .toList();
        Path folder = Workplace.folder();
        try (var ground = Rehearsal.ground(folder.resolve("data"))) {
            return mutate
                    ? mutate(new Mutants(ground, routes, folder.resolve("routes")), timelines)
                    : play(ground, timelines);
        }
    }

    private int play(Rehearsal.Ground ground, List<Timeline> timelines) {
        long began = System.nanoTime();
        try (Rehearsal rehearsal = Rehearsal.of(ground, routes)) {
            List<Walk.Result> results =
                    timelines.stream().map(t -> Walk.play(rehearsal, t)).toList();
            System.out.println(new RuleTable(routes, results).text());
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
