package songda.check;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words that a step gives to a door: its mapping must read them, and know their values. */
final class Words {

    private static final Set<String> ADDRESSING = Set.of("to", "role", "place", "quiet", "by");

    private Words() {}

    static void check(RouteFiles all, Use use, Findings out) {
        RouteFile door = all.door(use.name()).findFirst().orElse(null);
        if (door == null) {
            return;
        }
        Set<String> mappings = door.uses("mapping").map(Use::name).collect(Collectors.toSet());
        String programs = mappings.stream().map(all::program).collect(Collectors.joining("\n"));
        use.options().forEach((key, option) -> {
            if (ADDRESSING.contains(key) || programs.isBlank()) {
                return;
            }
            boolean read = Pattern.compile("[.$]\"?" + Pattern.quote(key) + "\\b")
                    .matcher(programs)
                    .find();
            out.when(!read, "R220", option.place(), key, use.name(), mappings);
            mappings.forEach(mapping -> value(all, mapping, key, option, out));
        });
    }

    /** Where the mapping looks the word up in a table, its value must stand there. */
    private static void value(RouteFiles all, String mapping, String key, Use.Option option, Findings out) {
        Pattern plain = Pattern.compile("(?s).*args\\.\"?" + Pattern.quote(key) + "\"?");
        for (Lookup lookup : Lookup.of(all.program(mapping))) {
            if (plain.matcher(lookup.key()).matches()) {
                CodeTable.find(all, mapping, lookup.table())
                        .filter(table -> !table.keys().contains(option.value()))
                        .ifPresent(table -> out.add(
                                "R219",
                                option.place(),
                                key,
                                option.value(),
                                table.file(),
                                Distance.nearest(table.keys(), option.value())));
            }
        }
    }
}
