package songda.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import songda.mapping.Examples;
import songda.mapping.Mapping;
import songda.mapping.Mappings;
import songda.route.DryLoad;

/** What {@code check} runs apart from itself: every mapping once with each of its examples, then all routes in a scratch context. */
@Command(name = "dry-run", hidden = true)
final class DryRunCommand implements Callable<Integer> {

    private static final int SECONDS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--routes", required = true)
    private Path routes;

    @Option(names = "--mappings", required = true)
    private Path folder;

    @Override
    public Integer call() throws IOException {
        Mappings mappings = new Mappings(folder);
        for (String name : mappings.names().stream().sorted().toList()) {
            for (Examples.Example example : Examples.of(folder, name)) {
                tell(JSON.createObjectNode().put("at", name + ": " + example.sentence()));
                String how = ends(mappings.get(name), example);
                if (how != null) {
                    fault("R411", folder.resolve(name).resolve("map.jslt"), name, example.sentence(), how);
                    break;
                }
            }
        }
        tell(JSON.createObjectNode().put("at", "routes"));
        new DryLoad(routes, folder).run((file, reason) -> fault("R501", file, reason));
        tell(JSON.createObjectNode().put("done", true));
        // A mapping without end still runs on a thread of its own.
        Runtime.getRuntime().halt(0);
        return 0;
    }

    /** How it does not end, or null. */
    private static String ends(Mapping mapping, Examples.Example example) {
        FutureTask<Void> task = new FutureTask<>(() -> Examples.run(mapping, example), null);
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
        ObjectNode told = JSON.createObjectNode().put("rule", rule).put("file", file.toString());
        told.set("found", JSON.valueToTree(List.of(found)));
        tell(told);
    }

    private static void tell(ObjectNode line) {
        System.out.println(line);
        System.out.flush();
    }
}
