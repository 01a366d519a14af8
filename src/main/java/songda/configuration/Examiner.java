package songda.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import songda.check.DryRun;
import songda.check.Finding;
import songda.failure.Refused;
import songda.mapping.Mappings;

/** Lays a configuration out on this node's disk and tries it, before any message meets it. */
@Component
final class Examiner {

    /** {@code <system>/<name>} */
    private static final Pattern FOLDER = Pattern.compile("^[^/]+/[^/]+(?=/)");

    private final Turn turn;
    private final Parts parts;
    private final Foretaste foretaste;
    private final Standby standby;
    private final Path laid;
    private final Duration limit;

    Examiner(
            Turn turn,
            Parts parts,
            Foretaste foretaste,
            Standby standby,
            @Value("${songda.data:data}") Path data,
            @Value("${songda.config.check-limit:PT60S}") Duration limit) {
        this.turn = turn;
        this.parts = parts;
        this.foretaste = foretaste;
        this.standby = standby;
        this.laid = ConfigurationStart.laid(data);
        this.limit = limit;
    }

    /** Untried. */
    Folder lay(Configuration next) {
        return next.lay(laid);
    }

    /**
     * Laid out and read, without a trial: it ran before.
     *
     * @throws Refused it cannot be read any more
     */
    Tried read(Configuration next) {
        Folder folder = lay(next);
        return read(folder, () -> new Mappings(folder.mappings()));
    }

    private static Tried read(Folder folder, Supplier<Mappings> mappings) {
        try {
            return new Tried(folder, Parts.Beside.read(folder, mappings.get()));
        } catch (RuntimeException e) {
            throw Refusals.notSwitched(folder.named(String.valueOf(e.getMessage())));
        }
    }

    /** @param beside what was read from the folder */
    record Tried(Folder folder, Parts.Beside beside) {}

    /**
     * Looks at it as {@code songda check} does, at the examples of what it touches, and, unless told otherwise, at messages of late.
     *
     * @param despite what of those would fail, and what timelines say
     * @param use what is done with it then; where that fails the folder is gone
     * @throws Refused every line of the check, or what would fail
     */
    <T> T tried(Configuration next, Changes changes, Despite despite, Function<Tried, T> use) {
        Folder folder = lay(next);
        try {
            AtomicReference<Mappings> compiled = new AtomicReference<>();
            refuse(errors(folder, changes, !despite.timelines(), compiled::set), folder);
            Tried tried = read(folder, compiled::get);
            if (!despite.failing()) {
                foretaste.refuse(turn.running().folder(), folder, tried.beside().mappings(), changes);
            }
            return use.apply(tried);
        } catch (RuntimeException e) {
            discard(folder);
            throw e;
        } finally {
            standby.another();
        }
    }

    /** What would have to be changed as well, or insisted on. @param examples {@code mapping: example}; @param timelines {@code file: name: what differs} */
    record Contradicted(List<String> examples, List<String> timelines) {}

    /**
     * Only looks: in a folder of its own, gone afterwards.
     *
     * @throws Refused every line of the check
     */
    <T> T looked(Configuration next, Changes changes, BiFunction<Folder, Contradicted, T> look) {
        Path own = laid.resolve("look-" + UUID.randomUUID());
        try {
            Folder folder = next.lay(own);
            Map<String, List<Finding>> errors = errors(folder, changes, true, good -> {}).stream()
                    .collect(Collectors.groupingBy(error -> error.rule().id()));
            Contradicted contradicted = new Contradicted(
                    texts(errors.remove(Examination.EXAMPLE), error -> ""),
                    texts(
                            errors.remove(Examination.TIMELINE),
                            error -> Path.of(error.place().file()).getFileName() + ": "));
            refuse(errors.values().stream().flatMap(List::stream).toList(), folder);
            return look.apply(folder, contradicted);
        } finally {
            delete(own);
            standby.another();
        }
    }

    private static List<String> texts(List<Finding> found, Function<Finding, String> first) {
        return found == null
                ? List.of()
                : found.stream()
                        .map(error -> first.apply(error) + String.join(": ", error.found()))
                        .toList();
    }

    private List<Finding> errors(Folder folder, Changes changes, boolean timelines, Consumer<Mappings> good) {
        if (!changes.atAStart().isEmpty()) {
            throw Refusals.atAStart(changes.atAStart());
        }
        return Examination.whole(
                        folder.routes(),
                        folder.mappings(),
                        limit,
                        extent(folder, changes, timelines),
                        standby.spare(),
                        good)
                .stream()
                .filter(Finding::error)
                .toList();
    }

    private static void refuse(List<Finding> errors, Folder folder) {
        if (!errors.isEmpty()) {
            throw Refusals.faulty(errors, folder);
        }
    }

    /** What may come to be otherwise by these changes: a mapping whose folder they touch, also a new one, and those that read it. */
    private DryRun.Extent extent(Folder folder, Changes changes, boolean timelines) {
        Set<String> files = changes.mappings();
        Set<String> touched = new TreeSet<>(parts.mappings().touched(files));
        files.stream().map(FOLDER::matcher).filter(Matcher::find).forEach(own -> touched.add(own.group()));
        return new DryRun.Extent(
                changes.routes(), touched, timelines && (changes.touchTimelines() || guarding(folder, touched)));
    }

    /** Whether a step asks one of these before it does anything. */
    private static boolean guarding(Folder folder, Set<String> mappings) {
        Path flow = folder.routes().resolve("flow");
        if (!Files.isDirectory(flow)) {
            return false; // the check says so
        }
        try (Stream<Path> steps = Files.list(flow)) {
            return steps.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .map(Examiner::text)
                    .anyMatch(step -> mappings.stream().anyMatch(name -> step.contains("uri: mapping:" + name + "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another version may lie in the same folder, and run. */
    private void discard(Folder folder) {
        if (!folder.equals(turn.running().folder())) {
            delete(folder.routes().getParent());
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
