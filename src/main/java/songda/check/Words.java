package songda.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words that a step gives to a door: its mapping must read them, and know their values. */
final class Words {

    private static final Set<String> ADDRESSING = Set.of("to", "role", "place", "quiet", "by");
    private final RouteFiles all;
    private final Findings out;
    private final Map<String, Program> programs = new HashMap<>();

    Words(RouteFiles all, Findings out) {
        this.all = all;
        this.out = out;
    }

    /** A mapping's, with what it imports. */
    private record Program(String text, List<Lookup> lookups) {}

    private Program program(String mapping) {
        return programs.computeIfAbsent(mapping, name -> {
            String text = all.program(name);
            return new Program(text, Lookup.of(text));
        });
    }

    void check(Use use) {
        RouteFile door = all.door(use.name()).findFirst().orElse(null);
        if (door == null) {
            return;
        }
        Set<String> mappings = door.uses("mapping").map(Use::name).collect(Collectors.toSet());
        String texts = mappings.stream().map(mapping -> program(mapping).text()).collect(Collectors.joining("\n"));
        use.options().forEach((key, option) -> {
            if (ADDRESSING.contains(key) || texts.isBlank()) {
                return;
            }
            boolean read = Pattern.compile("[.$]\"?" + Pattern.quote(key) + "\\b")
                    .matcher(texts)
                    .find();
            out.when(!read, "R220", option.place(), key, use.name(), mappings);
            mappings.forEach(mapping -> value(mapping, key, option));
        });
    }

    /** Where the mapping looks the word up in a table, its value must stand there. */
    private void value(String mapping, String key, Use.Option option) {
        Pattern plain = Pattern.compile("(?s).*args\\.\"?" + Pattern.quote(key) + "\"?");
        for (Lookup lookup : program(mapping).lookups()) {
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
