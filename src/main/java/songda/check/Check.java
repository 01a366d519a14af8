package songda.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import songda.calendar.Calendars;
import songda.directory.Directory;
import songda.fact.FactCatalogue;
import songda.mapping.Mappings;

/** Everything that can be said of a folder of routes and a folder of mappings without running them. */
public final class Check {

    private Check() {}

    /** In the order of the files and their lines; empty where all is well. */
    public static List<Finding> of(Path routes, Path mappings) {
        return of(routes, mappings, good -> {});
    }

    /** @param good is given the mappings as they were compiled, where nothing is wrong with them */
    public static List<Finding> of(Path routes, Path mappings, Consumer<Mappings> good) {
        Findings out = new Findings();
        RouteFiles all = RouteFiles.read(routes, mappings, out);
        EditorSchemas.check(all, out);
        HouseRules.check(all, out);
        Endpoints.check(all, out);
        Readers readers = new Readers(all, out);
        FactCatalogue catalogue = readers.catalogue();
        Calendars calendars = readers.calendars();
        readers.ladders(catalogue, calendars);
        readers.mappings(good);
        readers.labels();
        Catalogue.check(all, out);
        Directory directory = readers.directory();
        if (all.complete()) {
            References.check(all, directory, calendars, out);
            Cycles.check(all, out);
            MappingRules.check(all, out);
            TariffRules.check(all, out);
            RosterRules.check(all, out);
        }
        return out.sorted();
    }

    /** The hub's own URI schemes. */
    public static Set<String> words() {
        return Schemes.ours();
    }

    /** @throws IllegalArgumentException with a line for each error, where there is one; warnings do not stop a start */
    public static void refuse(Path routes, Path mappings) {
        List<Finding> errors =
                of(routes, mappings).stream().filter(Finding::error).toList();
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(errors.stream()
                    .map(f -> f.line("zh") + " / " + f.message("en"))
                    .collect(Collectors.joining("\n")));
        }
    }
}
