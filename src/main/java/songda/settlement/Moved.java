package songda.settlement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import songda.order.Orders;

/**
 * A fact that moves money.
 *
 * @param xid its place in the order of commits
 * @param order all of it that is not personal
 */
record Moved(String xid, long fact, long subject, Cause cause, Instant at, ObjectNode order) {

    /** Its return was recorded before its acceptance: nobody pays at the door. */
    boolean returned() {
        return order.path("stage").asText().equals("RETURNING")
                && Cause.RETURNED.ends(order.path("payer").asText());
    }

    static Moved read(ResultSet row) throws SQLException {
        ObjectNode order = Orders.order(row)
                .put("county", row.getString("county"))
                .put("destCounty", row.getString("dest_county"))
                .put("payer", row.getString("payer"))
                .put("receipt", row.getString("receipt"))
                .put("service", row.getString("service"));
        return new Moved(
                row.getString("xid"),
                row.getLong("fact"),
                row.getLong("subject"),
                Cause.of(row.getString("name")),
                row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                order);
    }
}
