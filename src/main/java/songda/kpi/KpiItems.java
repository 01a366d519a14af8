package songda.kpi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.person.Mask;
import songda.person.Sealer;
import songda.store.Sql;

/** The items behind a number, as they are judged now; of the recipient the masked name only. */
@Component
public final class KpiItems {

    private static final String ITEMS = Sql.file("kpi-items");
    private final JdbcTemplate db;
    private final Sealer sealer;

    KpiItems(JdbcTemplate db, Sealer sealer) {
        this.db = db;
        this.sealer = sealer;
    }

    /** @param verdict MET, MISSED, IMMATURE, EXCLUDED, or null for any; @return {@code {kpi, items: [{about, orderNo, waybillNo, recipient, county, client, payer, document, at, verdict, dueAt, excludedFor}], more}} */
    public ObjectNode of(String kpi, String day, String month, String county, String verdict, int limit) {
        Period period = Period.of(day, month);
        Kpis.ALL.find(kpi).orElseThrow(() -> unknown("kpi"));
        ObjectNode found = JsonNodeFactory.instance.objectNode().put("kpi", kpi);
        ArrayNode items = found.putArray("items");
        db.query(
                ITEMS,
                row -> {
                    items.add(item(row));
                },
                kpi,
                period.from().toString(),
                period.to().toString(),
                county,
                verdict,
                limit + 1);
        boolean more = items.size() > limit;
        if (more) {
            items.remove(limit);
        }
        return found.put("more", more);
    }

    static Refused unknown(String path) {
        return new Refused(Problem.of(
                404,
                "no-such-kpi",
                "没有这个指标",
                "There is no such KPI",
                new Problem.Field(path, "见 src/docs/operate/kpis.md / see src/docs/operate/kpis.md")));
    }

    private ObjectNode item(ResultSet row) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("about", row.getString("about"))
                .put("orderNo", row.getString("order_no"))
                .put("waybillNo", row.getString("waybill_no"))
                .put("recipient", recipient(row))
                .put("county", row.getString("county"))
                .put("client", row.getString("client"))
                .put("payer", row.getString("payer"))
                .put("document", row.getString("document"))
                .put("at", HubClock.local(row.getTimestamp("at")))
                .put("verdict", row.getString("verdict"))
                .put("dueAt", HubClock.local(row.getTimestamp("due_at")))
                .put("excludedFor", row.getString("excluded_for"));
    }

    /** @return null where the item is no order: a round, a unit, a contract price */
    private String recipient(ResultSet row) throws SQLException {
        byte[] name = row.getBytes("recipient_name");
        return name == null ? null : Mask.name(sealer.open(name, "orders.recipient_name", row.getLong("subject")));
    }
}
