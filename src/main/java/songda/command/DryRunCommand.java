package songda.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import songda.check.DryRun;
import songda.mapping.Examples;
import songda.mapping.Mapping;
import songda.mapping.MappingBroken;
import songda.mapping.Mappings;
import songda.route.DryLoad;
import songda.timeline.Rehearsal;
import songda.timeline.Timeline;
import songda.timeline.TimelineFiles;
import songda.timeline.Walk;

/**
 * What {@code check} runs apart from itself: every mapping once with each of its examples, then all routes in a scratch context. For a change, only
 * what it touches, and then an example has to give what it says; and, where that is asked, each timeline has to come out as it is written.
 */
@Command(name = "dry-run", hidden = true)
final class DryRunCommand implements Callable<Integer> {

    private static final int SECONDS = 5;
    private static final int FEW = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--routes", required = true)
    private Path routes;

    @Option(names = "--mappings", required = true)
    private Path folder;

    @Option(names = "--only", split = ",")
    private List<String> only;

    @Option(names = "--only-routes", split = ",")
    private List<String> onlyRoutes;

    @Option(names = "--timelines")
    private boolean timelines;

    @Option(names = "--wait", description = "for the arguments of the one to run, a line of JSON on stdin")
    private boolean wait;

    @Override
    public Integer call() throws IOException {
        return wait ? waited() : run();
    }

    /** Ends with whoever holds the other end of stdin. */
    private int waited() throws IOException {
        acquaint();
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String arguments = told.readLine();
        if (arguments == null) {
            return 0;
        }
        Thread end = new Thread(() -> awaitEnd(told), "end");
        end.setDaemon(true);
        end.start();
        return new CommandLine(new DryRunCommand()).execute(JSON.readValue(arguments, String[].class));
    }

    /** With the words of mappings, by reading a few; that takes most of the time that the first one takes. */
    private void acquaint() {
        try {
            Set<String> few = Mappings.namesBelow(folder).stream().limit(FEW).collect(Collectors.toSet());
            new Mappings(folder, few);
        } catch (MappingBroken broken) {
            // what is to be run may be another version
        }
    }

    private static void awaitEnd(BufferedReader told) {
        try {
            while (told.read() >= 0) {
                continue; // nothing more is said
            }
        } catch (IOException e) {
            // as good as its end
        }
        Runtime.getRuntime().halt(1);
    }

    private int run() throws IOException {
        Mappings mappings = only == null ? new Mappings(folder) : new Mappings(folder, Set.copyOf(only));
        for (String name : mappings.names().stream().sorted().toList()) {
            examples(mappings.get(name), name);
        }
        if (onlyRoutes == null || !onlyRoutes.equals(List.of(DryRun.NONE))) {
            tell(JSON.createObjectNode().put("at", "routes"));
            new DryLoad(routes, folder)
                    .run(
                            onlyRoutes == null ? null : Set.copyOf(onlyRoutes),
                            (file, reason) -> fault("R501", file, reason));
        }
        if (timelines) {
            timelines();
        }
        tell(JSON.createObjectNode().put("done", true));
        // A mapping without end still runs on a thread of its own.
        Runtime.getRuntime().halt(0);
        return 0;
    }

    private void timelines() {
        tell(JSON.createObjectNode().put("at", "timelines"));
        Path place = Workplace.folder();
        try (var ground = Rehearsal.ground(place.resolve("data"), folder);
                Rehearsal rehearsal = Rehearsal.of(ground, routes)) {
            for (Timeline timeline : TimelineFiles.read(routes)) {
                tell(JSON.createObjectNode().put("at", timeline.title()));
                Walk.play(rehearsal, timeline)
                        .mismatch()
                        .ifPresent(why -> fault("R415", timeline.file(), timeline.line(), timeline.name(), first(why)));
            }
        }
        FileSystemUtils.deleteRecursively(place.toFile());
    }

    /** Of what differs. */
    private static String first(String why) {
        return why.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("expected, but") || line.startsWith("happened, but"))
                .findFirst()
                .orElse(why.lines().skip(1).findFirst().orElse(why).strip());
    }

    private void examples(Mapping mapping, String name) {
        for (Examples.Example example : Examples.of(folder, name)) {
            tell(JSON.createObjectNode().put("at", name + ": " + example.sentence()));
            FutureTask<Boolean> task = new FutureTask<>(() -> as(mapping, example));
            String how = ends(task);
            Path file = folder.resolve(name).resolve("map.jslt");
            if (how != null) {
                fault("R411", file, name, example.sentence(), how);
                return;
            }
            if (only != null && !agreed(task)) {
                fault("R412", file, name, example.sentence());
            }
        }
    }

    private static boolean agreed(FutureTask<Boolean> ended) {
        try {
            return ended.get();
        } catch (ExecutionException fails) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether it gives what its example says, where that is asked. */
    private boolean as(Mapping mapping, Examples.Example example) {
        if (only == null) {
            Examples.run(mapping, example);
            return true;
        }
        return Examples.mismatch(mapping, example).isEmpty();
    }

    /** How it does not end, or null. */
    private static String ends(FutureTask<Boolean> task) {
        Thread thread = new Thread(task, "example");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (TimeoutException e) {
            return "> " + SECONDS + " s";
        } catch (ExecutionException e) {
            return e.getCause() instanceof StackOverflowError || e.getCause() instanceof OutOfMemoryError
                    ? e.getCause().getClass().getSimpleName()
                    : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "?";
        }
    }

    private static void fault(String rule, Path file, String... found) {
        fault(rule, file, 1, found);
    }

    private static void fault(String rule, Path file, int line, String... found) {
        ObjectNode told = JSON.createObjectNode()
                .put("rule", rule)
                .put("file", file.toString())
                .put("line", line);
        told.set("found", JSON.valueToTree(List.of(found)));
        tell(told);
    }

    private static void tell(ObjectNode line) {
        System.out.println(line);
        System.out.flush();
    }
}
