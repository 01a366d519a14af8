package songda.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import songda.mapping.Examples;

/** What holds between mappings, their tables and their examples. */
final class MappingRules {

    private static final Pattern FACT = Pattern.compile("\"fact\"\\s*:\\s*\"([a-z0-9.-]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?m)^\\s*import\\s+\"([^\"]+)\"");
    private final RouteFiles all;
    private final Findings out;
    private final Set<String> facts;

    private MappingRules(RouteFiles all, Findings out) {
        this.all = all;
        this.out = out;
        this.facts = all.factNames();
    }

    static void check(RouteFiles all, Findings out) {
        MappingRules rules = new MappingRules(all, out);
        Map<String, Path> programs = rules.programs();
        programs.forEach(rules::program);
        rules.uncalled(programs);
        rules.tables();
    }

    private Map<String, Path> programs() {
        Map<String, Path> programs = new TreeMap<>();
        all.texts().keySet().stream()
                .filter(p -> p.startsWith(all.mappings())
                        && p.getFileName().toString().matches("map\\.(jslt|xsl)"))
                .forEach(p -> programs.put(name(p), p));
        return programs;
    }

    private String name(Path file) {
        return all.mappings().relativize(file.getParent()).toString().replace('\\', '/');
    }

    private void program(String mapping, Path file) {
        String text = all.texts().get(file);
        Matcher fact = FACT.matcher(text);
        while (fact.find()) {
            int at = fact.start(1);
            known(fact.group(1), () -> Place.of(file.toString(), text, at));
        }
        for (Lookup lookup : Lookup.of(text)) {
            CodeTable.find(all, mapping, lookup.table())
                    .ifPresent(table -> out.when(
                            !lookup.column().isEmpty() && !table.columns().contains(lookup.column()),
                            "R405",
                            Place.of(file.toString(), text, lookup.at()),
                            table.file(),
                            lookup.column(),
                            table.columns()));
        }
        Place start = Place.start(file.toString());
        out.when(Examples.of(all.mappings(), mapping).isEmpty(), "R407", start, mapping);
        Examples.single(all.mappings(), mapping).forEach(single -> out.add("R408", Place.start(single.toString())));
    }

    private void known(String fact, Supplier<Place> place) {
        if (!facts.contains(fact)) {
            out.add("R201", place.get(), fact, Distance.nearest(facts, fact));
        }
    }

    /** By a route, or by another mapping that imports it. */
    private void uncalled(Map<String, Path> programs) {
        Set<String> called = all.files().stream()
                .flatMap(f -> f.uses("mapping"))
                .map(Use::name)
                .collect(Collectors.toSet());
        programs.values().forEach(file -> IMPORT.matcher(all.texts().get(file))
                .results()
                .map(found -> file.getParent().resolve(found.group(1)).normalize())
                .filter(imported -> imported.startsWith(all.mappings()))
                .forEach(imported -> called.add(name(imported))));
        programs.forEach((name, file) -> out.when(!called.contains(name), "R409", Place.start(file.toString()), name));
    }

    private void tables() {
        all.texts().forEach((path, text) -> {
            if (path.startsWith(all.mappings())
                    && path.toString().endsWith(".csv")
                    && all.mappings().relativize(path).getNameCount() == 3) {
                table(CodeTable.of(path.toString(), text));
            }
        });
    }

    private void table(CodeTable table) {
        int fact = table.columns().indexOf("fact");
        for (CodeTable.Row row : table.rows()) {
            List<String> cells = row.cells();
            boolean gap = cells.get(0).isEmpty();
            out.when(gap && cells.size() == table.columns().size(), "R406", new Place(table.file(), row.line(), 1));
            if (fact >= 0 && fact < cells.size() && !cells.get(fact).isEmpty()) {
                known(cells.get(fact), () -> new Place(table.file(), row.line(), 1));
            }
        }
    }
}
