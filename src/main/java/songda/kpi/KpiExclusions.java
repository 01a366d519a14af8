package songda.kpi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.audit.Audit;
import songda.clock.HubClock;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.store.Sql;

/** What is left out of a KPI: asked for by one, agreed to by another, with a reason; both that and its withdrawal are audited. */
@Component
public final class KpiExclusions {

    private static final String LIST = Sql.file("kpi-exclusions");
    private static final String EXCLUDE = Sql.file("kpi-exclude");
    private static final String WITHDRAW = Sql.file("kpi-withdraw");
    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final Audit audit;

    KpiExclusions(JdbcTemplate db, TransactionTemplate transaction, Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
    }

    /** @return {@code {exclusions, next}}, newest first */
    public ObjectNode list(String cursor, int limit) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = page.putArray("exclusions");
        db.query(
                LIST,
                row -> {
                    rows.add(view(row));
                },
                cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor),
                limit);
        boolean more = rows.size() == limit;
        return page.put("next", more ? rows.get(limit - 1).path("id").asText() : null);
    }

    /** @param body {@code {kpi, orderNo, reason, approver}}; kpi may be {@code *} for every one */
    public ObjectNode exclude(String who, JsonNode body) {
        String kpi = body.path("kpi").asText();
        String approver = body.path("approver").asText();
        if (!kpi.equals("*")) {
            Kpis.ALL.find(kpi).orElseThrow(() -> KpiItems.unknown("/kpi"));
        }
        if (approver.equalsIgnoreCase(who)) {
            throw new Refused(Problem.of(
                    422,
                    "approver-is-asker",
                    "批准人不能是申请人",
                    "Who agrees must be another than who asks",
                    new Problem.Field("/approver", "写另一人的工号 / another person's work number")));
        }
        long order = order(body.path("orderNo").asText());
        return transaction.execute(status -> {
            List<Long> id = db.queryForList(
                    EXCLUDE, Long.class, kpi, order, body.path("reason").asText(), who, approver);
            if (id.isEmpty()) {
                throw new Refused(Problem.of(409, "excluded-already", "已经剔除", "It is left out already"));
            }
            ObjectNode detail = detail(id.get(0), kpi).put("approver", approver);
            audit.write(who, "kpi.exclude", order, body.path("reason").asText(), detail);
            return one(id.get(0));
        });
    }

    public ObjectNode withdraw(String who, String id, String reason) {
        return transaction.execute(status -> {
            List<Map<String, Object>> gone = db.queryForList(WITHDRAW, who, reason, Long.parseLong(id));
            if (gone.isEmpty()) {
                throw new Refused(Problem.of(
                        409, "not-excluded", "没有这条剔除，或已撤销", "There is no such exclusion, or it was withdrawn already"));
            }
            audit.write(
                    who, "kpi.include", (Long) gone.get(0).get("subject"), reason, detail(Long.parseLong(id), (String)
                            gone.get(0).get("kpi")));
            return one(Long.parseLong(id));
        });
    }

    private static ObjectNode detail(long id, String kpi) {
        return JsonNodeFactory.instance.objectNode().put("exclusion", id).put("kpi", kpi);
    }

    private long order(String orderNo) {
        List<Long> found = db.queryForList("select id from orders where order_no = ?", Long.class, orderNo);
        if (found.isEmpty()) {
            throw Refused.noSuchOrder();
        }
        if (found.size() > 1) {
            throw new Refused(Problem.of(
                    409,
                    "order-ambiguous",
                    "几个单位都有这个订单号",
                    "Several clients have an order of this number",
                    new Problem.Field("/orderNo", "用运单号查 / look at their waybill numbers")));
        }
        return found.get(0);
    }

    private ObjectNode one(long id) {
        return db.query(LIST, (row, n) -> view(row), id + 1, 1).get(0);
    }

    private static ObjectNode view(ResultSet row) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", row.getLong("id"))
                .put("kpi", row.getString("kpi"))
                .put("orderNo", row.getString("order_no"))
                .put("reason", row.getString("reason"))
                .put("who", row.getString("who"))
                .put("approver", row.getString("approver"))
                .put("at", HubClock.local(row.getTimestamp("at")))
                .put("withdrawnAt", HubClock.local(row.getTimestamp("withdrawn_at")))
                .put("withdrawnBy", row.getString("withdrawn_by"))
                .put("withdrawnWhy", row.getString("withdrawn_why"));
    }
}
