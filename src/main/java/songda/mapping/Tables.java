package songda.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** The code tables that one mapping uses: its own and those of other folders, found by the names in its source. */
final class Tables {

    private static final Pattern USE =
            Pattern.compile("\\b(?:code(?:-or-null)?|rows|row-on)\\(\\s*[\"']([^\"']+)[\"']");
    private final Place place;
    private final Map<String, Table> byName = new HashMap<>();
    private final Set<Path> folders = new HashSet<>();
    private final BiConsumer<String, String> looked;

    /** @param looked hears of each key that is looked up, and in which file */
    Tables(Place place, BiConsumer<String, String> looked) {
        this.place = place;
        this.looked = looked;
        for (Path csv : csvs(place.folder())) {
            String name = csv.getFileName().toString().replaceFirst("\\.csv$", "");
            byName.put(name, Table.read(csv, place.shown(csv)));
        }
    }

    static List<Path> csvs(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
        } catch (IOException e) {
            throw new MappingBroken(folder.toString(), "cannot be listed: " + e.getMessage());
        }
    }

    /** Loads every table that a source names, so that a misspelled one stops the start and not a message. */
    void prepare(String source, String file) {
        var use = USE.matcher(source);
        while (use.find()) {
            String name = use.group(1);
            if (!byName.containsKey(name)) {
                int line = (int) source.substring(0, use.start()).lines().count();
                byName.put(name, foreign(name, file, Math.max(1, line)));
            }
        }
    }

    /** {@code ../region} is that folder's codes.csv, {@code ../region/cities} its cities.csv. */
    private Table foreign(String name, String file, int line) {
        Path target = place.within(place.folder().resolve(name), file);
        Path csv = Files.isDirectory(target)
                ? target.resolve("codes.csv")
                : target.resolveSibling(target.getFileName() + ".csv");
        if (!Files.isRegularFile(csv)) {
            throw new MappingBroken(file, line, "no table '" + name + "': there is no " + place.shown(csv));
        }
        return Table.read(reads(csv), place.shown(csv));
    }

    /** That the mapping depends on this file of another folder. */
    Path reads(Path file) {
        folders.add(file.getParent());
        return file;
    }

    Table get(String name) {
        Table table = byName.get(name);
        if (table == null) {
            throw Breach.ours("no table of this name: write the table's name as a plain text in " + place.shown());
        }
        return table;
    }

    /** The table in which a key is about to be looked up. */
    Table look(String name, String key) {
        Table table = get(name);
        looked.accept(table.file(), key);
        return table;
    }

    Collection<Table> all() {
        return byName.values();
    }

    /** Other folders whose change changes this mapping. */
    Set<Path> folders() {
        return Set.copyOf(folders);
    }
}
