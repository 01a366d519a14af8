package songda.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.store.Sql;

/**
 * What the hub knows of the items that somebody speaks of, for a mapping that compares: the order as doors read it, when it was accepted, and
 * of the person only the recipient's name.
 */
@Component
public final class OrdersBeside {

    private static final String BESIDE = Sql.file("order-beside");
    private final JdbcTemplate db;
    private final Orders orders;

    OrdersBeside(JdbcTemplate db, Orders orders) {
        this.db = db;
        this.orders = orders;
    }

    /**
     * @param list {@code {rows: [{waybillNo, …}]}}: each row gets {@code order} and {@code person}; that of an unknown item stays as it is. One
     *     question to the database for all of them
     */
    public void put(JsonNode list) {
        JsonNode rows = list.path("rows");
        String[] numbers = StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.path("waybillNo").asText())
                .distinct()
                .toArray(String[]::new);
        if (numbers.length == 0) {
            return;
        }
        Map<String, ObjectNode> known = new HashMap<>();
        db.query(
                connection -> {
                    var asks = connection.prepareStatement(BESIDE);
                    asks.setArray(1, connection.createArrayOf("text", numbers));
                    return asks;
                },
                row -> {
                    known.put(row.getString("waybill_no"), order(row));
                });
        rows.forEach(row -> {
            ObjectNode beside = known.get(row.path("waybillNo").asText());
            if (beside != null && row instanceof ObjectNode whole) {
                whole.setAll(beside);
            }
        });
    }

    private ObjectNode order(ResultSet row) throws SQLException {
        ObjectNode beside = orders.withRecipient(row);
        OffsetDateTime accepted = row.getObject("accepted_at", OffsetDateTime.class);
        if (accepted != null) {
            beside.withObjectProperty("order")
                    .put("acceptedAt", HubClock.local(accepted.toInstant().truncatedTo(ChronoUnit.SECONDS)));
        }
        return beside;
    }
}
