package songda.timeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import songda.deadline.YamlPlace;

/** Changes each number and each word of ladders and steps once, in a copy, and sees whether a timeline notices. */
public final class Mutants {

    private static final String REFUSED = "refused: ";
    private static final String STEP = ".camel.yaml";
    private static final Pattern RULE = Pattern.compile("\\bR\\d\\d\\b");
    private final Rehearsal.Ground ground;
    private final Path routes;
    private final Path copy;
    /** What noticed one wrong edit of a file will notice most of the others. */
    private final Map<String, Integer> kills = new HashMap<>();

    /**
     * @param rules those that the ladder, the step or the door keeps
     * @param killedBy the timeline or the check that noticed, or empty
     */
    public record Fate(Path file, int line, String what, Set<String> rules, Optional<String> killedBy) {

        public boolean survived() {
            return killedBy.isEmpty();
        }

        public String mutant() {
            return file + ":" + line + ": " + what;
        }

        public String text() {
            return survived() ? "SURVIVED " + mutant() : "killed   " + mutant() + "  <- " + killedBy.get();
        }
    }

    /** @param copy a folder that is made for it */
    public Mutants(Rehearsal.Ground ground, Path routes, Path copy) {
        this.ground = ground;
        this.routes = routes;
        this.copy = copy;
    }

    /** @throws IllegalArgumentException when a timeline fails without any mutant */
    public List<Fate> play(List<Timeline> timelines, Consumer<Fate> told) {
        copy();
        List<Fate> fates = new ArrayList<>();
        try (Rehearsal rehearsal = Rehearsal.of(ground, copy)) {
            List<Walk.Result> base =
                    timelines.stream().map(t -> Walk.play(rehearsal, t)).toList();
            base.forEach(r -> r.mismatch().ifPresent(m -> {
                throw new IllegalArgumentException("先修好时间线 / first mend the timelines:\n" + m);
            }));
            for (Mutant mutant : mutants(rehearsal)) {
                Fate fate = fate(rehearsal, mutant, base);
                fates.add(fate);
                told.accept(fate);
            }
        }
        return fates;
    }

    /** What a check refuses is edited in another way, as long as there is one. */
    private Fate fate(Rehearsal rehearsal, Mutant mutant, List<Walk.Result> base) {
        Optional<String> killer = killer(rehearsal, mutant, base);
        return mutant.otherwise() != null
                        && killer.filter(k -> k.startsWith(REFUSED)).isPresent()
                ? fate(rehearsal, mutant.otherwise(), base)
                : new Fate(mutant.file(), mutant.line(), mutant.what(), rules(mutant.text()), killer);
    }

    private static Set<String> rules(String file) {
        return RULE.matcher(file).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<String> killer(Rehearsal rehearsal, Mutant mutant, List<Walk.Result> base) {
        Path file = copy.resolve(routes.relativize(mutant.file()));
        String good = read(file);
        write(file, mutant.text());
        try {
            reload(rehearsal, file);
            Optional<String> killer = base.stream()
                    .filter(r -> r.touched().contains(mutant.about()))
                    .map(Walk.Result::timeline)
                    .sorted(Comparator.comparingInt(t -> -kills.getOrDefault(mutant.file() + t.title(), 0)))
                    .filter(t -> Walk.fails(rehearsal, t))
                    .map(Timeline::title)
                    .findFirst();
            killer.ifPresent(title -> kills.merge(mutant.file() + title, 1, Integer::sum));
            return killer;
        } catch (IllegalArgumentException e) {
            return Optional.of(REFUSED + e.getMessage().replaceAll("\\s+", " "));
        } finally {
            write(file, good);
            reload(rehearsal, file);
        }
    }

    private static void reload(Rehearsal rehearsal, Path file) {
        String name = file.getFileName().toString();
        if (file.getParent().getParent().endsWith("edge")) {
            rehearsal.reloadDoors();
        } else if (name.endsWith(STEP)) {
            rehearsal.reloadStep(name.substring(0, name.length() - STEP.length()));
        } else {
            rehearsal.reloadLadders();
        }
    }

    private List<Mutant> mutants(Rehearsal rehearsal) {
        Mutant.Choice choice =
                new Mutant.Choice(doors(), rehearsal.directory.roles(), kitFacts(rehearsal), rehearsal.hours());
        List<Mutant> mutants = new ArrayList<>();
        for (Path file : files("ladder", ".yaml")) {
            String text = read(file);
            mutants.addAll(Mutant.ofLadder(YamlPlace.read(file, text), text, choice));
        }
        for (Path file : files("flow", STEP)) {
            String text = read(file);
            YamlPlace.readList(file, text).forEach(route -> mutants.addAll(Mutant.ofStep(route, text, choice)));
        }
        for (Path file : files("edge", STEP)) {
            String text = read(file);
            YamlPlace.readList(file, text).forEach(route -> mutants.addAll(Mutant.ofDoor(route, text)));
        }
        return mutants;
    }

    private static Set<String> kitFacts(Rehearsal rehearsal) {
        return rehearsal.catalogue.names().stream()
                .filter(f -> rehearsal.catalogue.get(f).saidBy().contains("kit"))
                .collect(Collectors.toSet());
    }

    private Set<String> doors() {
        return files("edge", STEP).stream()
                .filter(f -> read(f).contains("uri: door:"))
                .map(f -> f.getFileName().toString().replace(STEP, ""))
                .collect(Collectors.toSet());
    }

    private List<Path> files(String room, String end) {
        try (Stream<Path> all = Files.walk(routes.resolve(room))) {
            return all.filter(f -> f.toString().endsWith(end) && !f.toString().endsWith(".test.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy() {
        try {
            org.springframework.util.FileSystemUtils.copyRecursively(routes, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
