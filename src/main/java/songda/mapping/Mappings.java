package songda.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * All mappings under one root, compiled at start. A reload compiles beside and swaps at once, all that a change touches
 * or nothing, so that a message never meets half of a change and a broken file never replaces a good one.
 */
@Component
public final class Mappings {

    private volatile Path root;
    private volatile Map<String, Mapping> active;
    private volatile Canary canary;

    /** @throws MappingBroken with every broken file and its line, so that the hub does not start */
    @Autowired
    Mappings(@Value("${songda.mappings:mappings}") String root) {
        this(Path.of(root));
    }

    public Mappings(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.active = compile(folders());
    }

    private Mappings(Path root, Map<String, Mapping> compiled) {
        this.root = root;
        this.active = compiled;
    }

    /** Some of them, for a look at what these do. */
    public Mappings(Path root, Set<String> names) {
        this.root = root.toAbsolutePath().normalize();
        this.active = compile(
                folders().stream().filter(place -> names.contains(place.name())).toList());
    }

    public Set<String> names() {
        return active.keySet();
    }

    /** @param name {@code gov/order-to-fact} */
    public Mapping get(String name) {
        Mapping mapping = active.get(name);
        if (mapping == null) {
            throw new IllegalArgumentException("no mapping '" + name + "': there are " + names());
        }
        return mapping;
    }

    /** Some messages use its mappings from now on. Null: none does. */
    public void canary(Canary next) {
        canary = next;
    }

    public Optional<Canary> canary() {
        return Optional.ofNullable(canary);
    }

    public boolean has(String name) {
        return active.containsKey(name);
    }

    /**
     * Compiles again what a changed file or folder touches: its own mapping, and those that use its code tables.
     *
     * @param changed any path at or below the root
     * @return the names that were swapped
     * @throws MappingBroken what is wrong, with file and line; then everything runs on as before
     */
    public synchronized Set<String> reload(Path changed) {
        Path path = changed.toAbsolutePath().normalize();
        List<Place> touched = folders().stream().filter(p -> touches(path, p)).toList();
        Map<String, Mapping> fresh = compile(touched);
        Map<String, Mapping> next = new TreeMap<>(active);
        next.putAll(fresh);
        active = Map.copyOf(next);
        return Set.copyOf(fresh.keySet());
    }

    /** Each has what the other had: the newer ones are in force, and the former at hand. */
    public void swap(Mappings other) {
        Path mine = root;
        Map<String, Mapping> now = active;
        root = other.root;
        active = other.active;
        other.root = mine;
        other.active = now;
    }

    /**
     * The mappings that read one of these files: their own, or a table or a library of another folder.
     *
     * @param files below the root, {@code gov/order-to-fact/map.jslt}; examples touch nothing
     */
    public Set<String> touched(Collection<String> files) {
        Set<Path> folders = files.stream()
                .filter(file -> !file.contains("/examples/"))
                .map(file -> root.resolve(file).getParent())
                .collect(Collectors.toSet());
        return active.entrySet().stream()
                .filter(mapping -> folders.stream().anyMatch(mapping.getValue()::uses))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean touches(Path path, Place place) {
        Mapping old = active.get(place.name());
        boolean own = path.startsWith(place.folder()) || place.folder().startsWith(path);
        return own || old == null || old.uses(path) || path.getParent() != null && old.uses(path.getParent());
    }

    private static Map<String, Mapping> compile(List<Place> places) {
        List<MappingBroken> bad = new ArrayList<>();
        Map<String, Mapping> good = compile(places, bad);
        if (!bad.isEmpty()) {
            throw MappingBroken.all(bad);
        }
        return good;
    }

    private static Map<String, Mapping> compile(List<Place> places, List<MappingBroken> bad) {
        Map<String, Mapping> good = new TreeMap<>();
        for (Place place : places) {
            try {
                good.put(place.name(), Mapping.compile(place));
            } catch (MappingBroken e) {
                bad.add(e);
            }
        }
        return Map.copyOf(good);
    }

    /**
     * What is wrong with the mappings under a root, their tables and their contracts.
     *
     * @param good is given them where nothing is
     */
    public static List<MappingBroken> faults(Path root, Consumer<Mappings> good) {
        Path all = root.toAbsolutePath().normalize();
        List<MappingBroken> bad = new ArrayList<>();
        Map<String, Mapping> compiled = compile(folders(all), bad);
        if (bad.isEmpty()) {
            good.accept(new Mappings(all, compiled));
        }
        return bad;
    }

    /** Of every mapping below a root, in their order. @throws MappingBroken there is no such folder */
    public static List<String> namesBelow(Path root) {
        return placesOf(root).stream().map(Place::name).toList();
    }

    /** Every place that has a mapping. */
    static List<Place> placesOf(Path root) {
        return folders(root.toAbsolutePath().normalize());
    }

    private List<Place> folders() {
        return folders(root);
    }

    /** Every {@code <system>/<name>} with a map in it; a folder of nothing but tables is read by those that use it. */
    private static List<Place> folders(Path root) {
        if (!Files.isDirectory(root)) {
            throw new MappingBroken(root.toString(), "there is no such folder: set songda.mappings (SONGDA_MAPPINGS)");
        }
        return places(root).stream().filter(Mappings::isMapping).toList();
    }

    private static List<Place> places(Path root) {
        return below(root).stream()
                .flatMap(system -> below(system).stream())
                .map(folder -> new Place(root, folder))
                .toList();
    }

    private static boolean isMapping(Place place) {
        return Set.of("map.jslt", "map.xsl", "in.schema.json", "out.schema.json", "examples").stream()
                .anyMatch(name -> Files.exists(place.folder().resolve(name)));
    }

    private static List<Path> below(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new MappingBroken(folder.toString(), "cannot be listed: " + e.getMessage());
        }
    }
}
