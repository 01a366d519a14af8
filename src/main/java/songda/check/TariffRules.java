package songda.check;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds in tables with dates, the price list first: one row for a day, and contracts no dearer than the reference (R04). */
final class TariffRules {

    /** What says the same thing on one day. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "tariff/postage", List.of("scope", "zone"),
            "tariff/services", List.of("item", "scope"),
            "tariff/zones", List.of("area"),
            "tariff/contracts", List.of("client", "item", "scope", "zone"),
            "gov/promise/cutoffs", List.of("area"));

    private static final String CUTOFFS = "gov/promise/cutoffs";

    private static final List<String> NUMBERS =
            List.of("first", "each", "amount", "rate", "double", "firstGrams", "stepGrams");

    private final RouteFiles all;
    private final Findings out;

    private TariffRules(RouteFiles all, Findings out) {
        this.all = all;
        this.out = out;
    }

    static void check(RouteFiles all, Findings out) {
        TariffRules rules = new TariffRules(all, out);
        KEYS.keySet().stream().sorted().forEach(name -> rules.table(name)
                .ifPresent(t -> rules.sound(t, KEYS.get(name))));
        rules.table(CUTOFFS).ifPresent(rules::hours);
        rules.contracts();
    }

    private Optional<CodeTable> table(String name) {
        Path file = all.mappings().resolve(name + ".csv");
        return Optional.ofNullable(all.texts().get(file)).map(text -> CodeTable.of(file.toString(), text));
    }

    static String cell(CodeTable table, CodeTable.Row row, String column) {
        int at = table.columns().indexOf(column);
        return at < 0 || at >= row.cells().size() ? "" : row.cells().get(at);
    }

    private void sound(CodeTable table, List<String> key) {
        List<CodeTable.Row> rows = table.rows();
        for (int i = 0; i < rows.size(); i++) {
            Place place = new Place(table.file(), rows.get(i).line(), 1);
            for (String column : NUMBERS) {
                String cell = cell(table, rows.get(i), column);
                out.when(!cell.isEmpty() && number(cell).isEmpty(), "R414", place, column + " = " + cell);
            }
            dates(table, rows.get(i)).ifPresent(wrong -> out.add("R414", place, wrong));
            for (int j = 0; j < i; j++) {
                if (same(table, rows.get(i), rows.get(j), key) && overlap(table, rows.get(i), rows.get(j))) {
                    out.add("R414", place, rows.get(j).cells().get(0));
                }
            }
        }
    }

    private void hours(CodeTable cutoffs) {
        for (CodeTable.Row row : cutoffs.rows()) {
            String after = cell(cutoffs, row, "after");
            out.when(
                    !after.matches("(([01][0-9]|2[0-3]):[0-5][0-9])?"),
                    "R414",
                    new Place(cutoffs.file(), row.line(), 1),
                    "after = " + after);
        }
    }

    /** What is wrong with the days of a row: none of them is one, or it ends before it begins. */
    static Optional<String> dates(CodeTable table, CodeTable.Row row) {
        String from = cell(table, row, "validFrom");
        String to = cell(table, row, "validTo");
        boolean wrong = !day(from) || !day(to) || !to.isEmpty() && to.compareTo(from) < 0;
        return wrong ? Optional.of(from + "–" + to) : Optional.empty();
    }

    private static boolean day(String cell) {
        try {
            return cell.isEmpty() || LocalDate.parse(cell).toString().equals(cell);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Optional<BigDecimal> number(String cell) {
        return cell.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") ? Optional.of(new BigDecimal(cell)) : Optional.empty();
    }

    static boolean same(CodeTable table, CodeTable.Row a, CodeTable.Row b, List<String> key) {
        return key.stream().allMatch(column -> cell(table, a, column).equals(cell(table, b, column)));
    }

    static boolean overlap(CodeTable a, CodeTable.Row one, CodeTable.Row other) {
        return begins(a, one, a, other) && begins(a, other, a, one);
    }

    /** Whether the one begins before the other ends. */
    private static boolean begins(CodeTable a, CodeTable.Row one, CodeTable b, CodeTable.Row other) {
        String end = cell(b, other, "validTo");
        return end.isEmpty() || cell(a, one, "validFrom").compareTo(end) <= 0;
    }

    /** One that has an end is to be lowered then; the daily comparison of the hub tells of those in force. */
    private void contracts() {
        table("tariff/contracts").ifPresent(contracts -> contracts.rows().stream()
                .filter(row -> cell(contracts, row, "validTo").isEmpty())
                .forEach(row -> {
                    boolean postage = cell(contracts, row, "item").equals("POSTAGE");
                    table(postage ? "tariff/postage" : "tariff/services")
                            .ifPresent(reference -> contract(contracts, row, reference, postage));
                }));
    }

    private void contract(CodeTable contracts, CodeTable.Row row, CodeTable reference, boolean postage) {
        String scope = cell(contracts, row, "scope");
        for (CodeTable.Row usual : reference.rows()) {
            String other = cell(reference, usual, "scope");
            boolean beside = postage
                    ? other.equals(scope) && cell(reference, usual, "zone").equals(cell(contracts, row, "zone"))
                    : cell(reference, usual, "item").equals(cell(contracts, row, "item"))
                            && (other.isEmpty() || scope.isEmpty() || other.equals(scope));
            if (beside && begins(contracts, row, reference, usual)) {
                above(contracts, row, "amount", reference, usual, postage ? "first" : "amount");
                above(contracts, row, "each", reference, usual, "each");
                above(contracts, row, "rate", reference, usual, "rate");
            }
        }
    }

    private void above(
            CodeTable contracts,
            CodeTable.Row row,
            String mine,
            CodeTable reference,
            CodeTable.Row usual,
            String theirs) {
        Optional<BigDecimal> price = number(cell(contracts, row, mine));
        Optional<BigDecimal> other = number(cell(reference, usual, theirs));
        if (price.isPresent() && other.isPresent() && price.get().compareTo(other.get()) > 0) {
            out.add(
                    "R413",
                    new Place(contracts.file(), row.line(), 1),
                    row.cells().get(0),
                    price.get().toPlainString(),
                    other.get().toPlainString(),
                    usual.cells().get(0));
        }
    }
}
