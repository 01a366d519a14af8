package songda.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import songda.store.Sql;

/** The end of the demo in numbers: what the hub's database says, beside what the partners' journals say. */
final class ClosingTable {

    private static final List<String> PARTS =
            List.of("旅程 / the journey", "事实 / facts", "待办 / effects by door", "时限 / deadlines", "死信 / dead letters");
    private static final Map<String, String> JOURNALS = Map.ofEntries(
            Map.entry("orders", "/orders/accepted"),
            Map.entry("waybills", "/waybills"),
            Map.entry("labels", "/labels/printed"),
            Map.entry("pickups", "/pickups"),
            Map.entry("scans", "/scans/pushed"),
            Map.entry("statuses", "/statuses/received"),
            Map.entry("sms", "/sms/notices"),
            Map.entry("receipts good", "/receipts/good"),
            Map.entry("receipts wrong", "/receipts/wrong"),
            Map.entry("chases opened", "/chases/opened"),
            Map.entry("orders reminded", "/chases/reminded"),
            Map.entry("chases closed", "/chases/closed"),
            Map.entry("tickets", "/tickets/created"),
            Map.entry("ticket entries", "/tickets/entries"),
            Map.entry("tickets closed", "/tickets/closed"),
            Map.entry("mails", "/mails/items"));

    private record Row(int part, String what, long hub) {}

    private final List<String> lines = new ArrayList<>();

    /** @param journals the stand-ins' counts, recomputed from their journals */
    ClosingTable(JdbcTemplate db, JsonNode journals) {
        int part = 0;
        for (Row row :
                db.query(Sql.file("demo-closing"), (r, n) -> new Row(r.getInt(1), r.getString(2), r.getLong(3)))) {
            if (row.part() != part) {
                part = row.part();
                lines.add(
                        part == 1
                                ? String.format("%-44s %5s %9s", PARTS.get(0), "hub", "journals")
                                : PARTS.get(part - 1));
            }
            lines.add(line(row, journals));
        }
    }

    private static String line(Row row, JsonNode journals) {
        String line = String.format("  %-42s %5d", row.what(), row.hub());
        String journal = row.part() == 1 ? JOURNALS.get(row.what()) : null;
        return journal == null
                ? line
                : line + String.format(" %9d", journals.at(journal).asLong(-1));
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }
}
