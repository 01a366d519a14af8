package songda.board;

import static songda.clock.HubClock.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.person.BlindIndex;
import songda.store.Sql;

/** Finds orders by their number, their waybill's or the last four digits of the recipient's phone; whole and exact, so that nothing can be tried out. */
@Component
final class Search {

    private static final String FIND = Sql.file("board-search");
    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9-]{4,32}");
    private static final Pattern TAIL = Pattern.compile("[0-9]{4}");
    private static final int MOST = 50;
    private final JdbcTemplate db;
    private final BlindIndex index;

    Search(JdbcTemplate db, BlindIndex index) {
        this.db = db;
        this.index = index;
    }

    /** @return {@code {orders: [{id, orderNo, client, waybillNo, county, stage, …}], more}}, newest first, at most fifty */
    ObjectNode find(String text) {
        String wanted = text.strip();
        if (!NUMBER.matcher(wanted).matches()) {
            throw new Refused(Problem.of(
                    400,
                    "invalid-search",
                    "请输入完整的订单号、运单号，或手机号后四位",
                    "Write a whole order number or waybill number, or the last four digits of a phone",
                    new Problem.Field("q", "4–32 位字母、数字或短横，不用通配符 / 4 to 32 letters, digits or hyphens, no wildcards")));
        }
        byte[] tail = TAIL.matcher(wanted).matches() ? index.ofTail(wanted) : null;
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode orders = page.putArray("orders");
        db.query(
                FIND,
                row -> {
                    if (orders.size() < MOST) {
                        orders.add(view(row));
                    } else {
                        page.put("more", true);
                    }
                },
                wanted,
                wanted,
                tail);
        return page;
    }

    private static ObjectNode view(ResultSet row) throws SQLException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", row.getString("id"))
                .put("orderNo", row.getString("order_no"))
                .put("client", row.getString("client"))
                .put("waybillNo", row.getString("waybill_no"))
                .put("county", row.getString("county"))
                .put("stage", row.getString("stage"))
                .put("stageAt", local(row.getTimestamp("stage_at")))
                .put("receiptStage", row.getString("receipt_stage"))
                .put("anomaly", row.getString("anomaly"))
                .put("receivedAt", local(row.getTimestamp("received_at")));
    }
}
