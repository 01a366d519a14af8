package songda.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What holds in the dated tables of units and of who serves them: one row for a day, and people who stand in the directory (R02, R13, R76). */
final class RosterRules {

    /** What says the same thing on one day. */
    private static final Map<String, List<String>> KEYS = new TreeMap<>(Map.of(
            "directory/account-managers", List.of("county", "contact"),
            "directory/hotlines", List.of("county"),
            "gov/commission/codes", List.of("unit")));

    private static final List<String> PEOPLE = List.of("contact", "staff");
    private static final String RULE = "R417";
    private final RouteFiles all;
    private final Findings out;

    private RosterRules(RouteFiles all, Findings out) {
        this.all = all;
        this.out = out;
    }

    static void check(RouteFiles all, Findings out) {
        RosterRules rules = new RosterRules(all, out);
        Set<String> people =
                rules.table("directory/contacts").map(RosterRules::ids).orElse(Set.of());
        KEYS.forEach((name, key) -> rules.table(name).ifPresent(table -> rules.sound(table, key, people)));
    }

    private Optional<CodeTable> table(String name) {
        Path file = all.mappings().resolve(name + ".csv");
        return Optional.ofNullable(all.texts().get(file)).map(text -> CodeTable.of(file.toString(), text));
    }

    private static Set<String> ids(CodeTable contacts) {
        return contacts.rows().stream()
                .map(row -> TariffRules.cell(contacts, row, "id"))
                .collect(Collectors.toSet());
    }

    private void sound(CodeTable table, List<String> key, Set<String> people) {
        List<CodeTable.Row> rows = table.rows();
        for (int i = 0; i < rows.size(); i++) {
            CodeTable.Row row = rows.get(i);
            Place place = new Place(table.file(), row.line(), 1);
            TariffRules.dates(table, row).ifPresent(wrong -> out.add(RULE, place, wrong));
            for (String column : PEOPLE) {
                String person = TariffRules.cell(table, row, column);
                boolean unknown = table.columns().contains(column) && !people.contains(person);
                out.when(unknown, RULE, place, column + " = " + person);
            }
            rows.subList(0, i).stream()
                    .filter(other -> TariffRules.same(table, row, other, key) && TariffRules.overlap(table, row, other))
                    .forEach(other -> out.add(RULE, place, other.cells().get(0)));
        }
    }
}
