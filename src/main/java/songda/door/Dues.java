package songda.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.directory.Contact;
import songda.directory.Directory;
import songda.order.Orders;

/** Reads the row of an effect, joined with its fact and its order, as the message of its door. */
@Component
final class Dues {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Orders orders;
    private final Directory directory;
    private final Site site;

    Dues(Orders orders, Directory directory, Site site) {
        this.orders = orders;
        this.directory = directory;
        this.site = site;
    }

    Due read(ResultSet row) throws SQLException {
        ObjectNode message = JSON.createObjectNode();
        message.putObject("fact")
                .put("name", row.getString("fact_name"))
                .put("id", row.getLong("fact_id"))
                .put("at", local(row, "happened_at"))
                .put("about", row.getString("about"))
                .set("data", json(row, "fact_data"));
        message.putObject("effect")
                .put("id", row.getLong("id"))
                .put("key", row.getLong("subject") + "-" + row.getLong("id"))
                .put("door", row.getString("door"))
                .put("attempt", row.getInt("attempt"))
                .put("asked", row.getInt("asked"))
                .put("sentAt", local(row, "sent_at"))
                .set("args", json(row, "args"));
        orders.describe(row, message);
        message.set("site", site.json());
        address(row.getString("addressee"), message);
        return new Due(
                row.getLong("subject"),
                row.getLong("id"),
                row.getString("door"),
                row.getInt("attempt"),
                row.getInt("asked"),
                row.getString("addressee"),
                row.getString("correlation"),
                message);
    }

    private static String local(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : HubClock.local(at.toInstant());
    }

    private static JsonNode json(ResultSet row, String column) throws SQLException {
        try {
            return JSON.readTree(row.getString(column));
        } catch (JsonProcessingException e) {
            throw new SQLException(e);
        }
    }

    private void address(String addressee, ObjectNode message) {
        if (addressee.startsWith("contact:")) {
            Contact contact = directory
                    .find(addressee.substring("contact:".length()))
                    .orElseThrow(() -> new IllegalStateException(
                            addressee + " left the directory: put the line back or settle by hand"));
            message.putObject("to")
                    .put("role", contact.role())
                    .put("id", contact.id())
                    .put("name", contact.name())
                    .put("phone", contact.phone())
                    .put("mail", contact.mail());
        }
    }

    /** What a gathered message says about this effect. */
    static ObjectNode notice(Due leader) {
        JsonNode message = leader.message();
        return notice(
                message.path("fact").path("name").asText(),
                message.path("fact").path("data"),
                message.path("effect").path("args"),
                message.path("order").path("waybillNo").asText(null));
    }

    static ObjectNode notice(ResultSet row) throws SQLException {
        return notice(
                row.getString("fact_name"), json(row, "fact_data"), json(row, "args"), row.getString("waybill_no"));
    }

    private static ObjectNode notice(String fact, JsonNode data, JsonNode args, String waybillNo) {
        ObjectNode notice = JSON.createObjectNode();
        notice.putObject("fact").put("name", fact).set("data", data);
        notice.set("args", args);
        notice.putObject("order").put("waybillNo", waybillNo);
        return notice;
    }
}
