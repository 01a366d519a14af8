package songda.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import songda.check.DryRun;
import songda.check.Finding;
import songda.failure.Refused;

/** Lays a configuration out on this node's disk and tries it, before any message meets it. */
@Component
final class Examiner {

    /** {@code <system>/<name>} */
    private static final Pattern FOLDER = Pattern.compile("^[^/]+/[^/]+(?=/)");

    private final Turn turn;
    private final Parts parts;
    private final Foretaste foretaste;
    private final Path laid;
    private final Duration limit;

    Examiner(
            Turn turn,
            Parts parts,
            Foretaste foretaste,
            @Value("${songda.data:data}") Path data,
            @Value("${songda.config.check-limit:PT60S}") Duration limit) {
        this.turn = turn;
        this.parts = parts;
        this.foretaste = foretaste;
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
        return read(lay(next));
    }

    private static Tried read(Folder folder) {
        try {
            return new Tried(folder, Parts.Beside.read(folder));
        } catch (RuntimeException e) {
            throw Refusals.notSwitched(folder.named(String.valueOf(e.getMessage())));
        }
    }

    /** @param beside what was read from the folder */
    record Tried(Folder folder, Parts.Beside beside) {}

    /**
     * Looks at it as {@code songda check} does, at the examples of what it touches, and, unless told otherwise, at messages of late.
     *
     * @param despite what of those would fail
     * @param use what is done with it then; where that fails the folder is gone
     * @throws Refused every line of the check, or what would fail
     */
    <T> T tried(Configuration next, Changes changes, boolean despite, Function<Tried, T> use) {
        Folder folder = lay(next);
        try {
            refuse(errors(folder, changes), folder);
            Tried tried = read(folder);
            if (!despite) {
                foretaste.refuse(turn.running().folder(), folder, tried.beside().mappings(), changes);
            }
            return use.apply(tried);
        } catch (RuntimeException e) {
            discard(folder);
            throw e;
        }
    }

    /**
     * Only looks: in a folder of its own, gone afterwards.
     *
     * @param look is told of the examples that would have to be changed with their mapping, too: {@code mapping: example}
     * @throws Refused every line of the check
     */
    <T> T looked(Configuration next, Changes changes, BiFunction<Folder, List<String>, T> look) {
        Path own = laid.resolve("look-" + UUID.randomUUID());
        try {
            Folder folder = next.lay(own);
            Map<Boolean, List<Finding>> errors = errors(folder, changes).stream()
                    .collect(
                            Collectors.partitioningBy(error -> error.rule().id().equals(Examination.EXAMPLE)));
            refuse(errors.get(false), folder);
            return look.apply(
                    folder,
                    errors.get(true).stream()
                            .map(error -> String.join(": ", error.found()))
                            .toList());
        } finally {
            delete(own);
        }
    }

    private List<Finding> errors(Folder folder, Changes changes) {
        if (!changes.atAStart().isEmpty()) {
            throw Refusals.atAStart(changes.atAStart());
        }
        return Examination.whole(folder.routes(), folder.mappings(), limit, extent(changes)).stream()
                .filter(Finding::error)
                .toList();
    }

    private static void refuse(List<Finding> errors, Folder folder) {
        if (!errors.isEmpty()) {
            throw Refusals.faulty(errors, folder);
        }
    }

    /** What may come to be otherwise by these changes: a mapping whose folder they touch, also a new one, and those that read it. */
    private DryRun.Extent extent(Changes changes) {
        Set<String> files = changes.mappings();
        Set<String> touched = new TreeSet<>(parts.mappings().touched(files));
        files.stream().map(FOLDER::matcher).filter(Matcher::find).forEach(own -> touched.add(own.group()));
        return new DryRun.Extent(changes.routes(), touched);
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
