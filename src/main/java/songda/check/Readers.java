package songda.check;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import songda.calendar.Calendars;
import songda.deadline.Ladders;
import songda.directory.Directory;
import songda.fact.FactCatalogue;
import songda.label.Labels;
import songda.mapping.MappingBroken;
import songda.mapping.Mappings;

/** Asks those who read the files when the hub runs; what they refuse is told with its place. */
final class Readers {

    private static final Pattern LINE = Pattern.compile("(?s)\\s*line (\\d+): (.*)");
    private final RouteFiles all;
    private final Findings out;

    Readers(RouteFiles all, Findings out) {
        this.all = all;
        this.out = out;
    }

    private interface Reader<T> {
        T read();
    }

    /** @return null where it is refused */
    private <T> T told(String rule, String file, Reader<T> reader) {
        try {
            return reader.read();
        } catch (IllegalArgumentException e) {
            tell(rule, file, e);
            return null;
        }
    }

    /** Their messages begin with the file and often the line. */
    private void tell(String rule, String file, IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf(": ");
        boolean named = end > 0 && message.startsWith(all.routes() + "") || message.startsWith(all.mappings() + "");
        String shown = named ? message.substring(0, end) : file;
        String what = named ? message.substring(end + 2) : message;
        Matcher line = LINE.matcher(what);
        if (line.matches()) {
            out.add(rule, new Place(shown, Integer.parseInt(line.group(1)), 1), line.group(2));
        } else {
            out.add(rule, placed(shown, what), what);
        }
    }

    /** The catalogue names the fact, not the line. */
    private Place placed(String file, String what) {
        YamlText catalogue = all.yamls().get(all.catalogue());
        boolean fact = file.equals(all.catalogue().toString()) && catalogue != null && what.contains(": ");
        return fact ? catalogue.atKey("/facts", what.substring(0, what.indexOf(": "))) : Place.start(file);
    }

    FactCatalogue catalogue() {
        String file = all.catalogue().toString();
        return out.has(file) ? null : told("R302", file, () -> FactCatalogue.read(all.catalogue()));
    }

    Calendars calendars() {
        var folder = all.mappings().resolve("calendar");
        return told("R304", folder.toString(), () -> Calendars.read(folder));
    }

    Directory directory() {
        var file = all.mappings().resolve("directory").resolve("contacts.csv");
        return told("R305", file.toString(), () -> Directory.read(file));
    }

    void labels() {
        var folder = all.mappings().resolve("label");
        told("R307", folder.toString(), () -> new Labels(all.mappings()));
    }

    void ladders(FactCatalogue catalogue, Calendars calendars) {
        var folder = all.routes().resolve("ladder");
        if (catalogue == null || calendars == null || !java.nio.file.Files.isDirectory(folder)) {
            return;
        }
        var heard = all.in("flow").flatMap(f -> f.uses("fact")).map(Use::name).collect(Collectors.toSet());
        Ladders.faults(folder, catalogue, calendars, heard::contains).forEach((path, e) -> {
            if (!out.has(path.toString())) {
                tell("R301", path.toString(), e);
            }
        });
    }

    void mappings(Consumer<Mappings> good) {
        try {
            Mappings.faults(all.mappings(), good).forEach(this::tell);
        } catch (MappingBroken e) {
            tell(e);
        }
    }

    private void tell(MappingBroken e) {
        // They name every file from mappings/ on, wherever that is.
        String file = e.file().startsWith("mappings/")
                ? all.mappings()
                        .resolve(e.file().substring("mappings/".length()))
                        .toString()
                : e.file();
        String rule = file.endsWith(".csv")
                ? e.what().contains("stands on line") ? "R404" : "R403"
                : file.endsWith(".json") ? "R402" : "R401";
        if (!out.has(file)) {
            out.add(rule, new Place(file, e.line(), 1), e.what());
        }
    }
}
