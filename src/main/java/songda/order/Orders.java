package songda.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import songda.person.Sealer;
import songda.person.Tokens;

/** Turns a row of {@code orders} into what a mapping reads. Here, and only here, a person is opened. */
@Component
public final class Orders {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SEALED = List.of(
            "recipient_name",
            "recipient_phone",
            "recipient_id_no",
            "recipient_address",
            "sender_name",
            "sender_phone",
            "sender_address");
    private final Sealer sealer;
    private final Tokens tokens;

    Orders(Sealer sealer, Tokens tokens) {
        this.sealer = sealer;
        this.tokens = tokens;
    }

    /** Adds {@code order} and {@code person}; nothing where the effect is not about an order. */
    public void describe(ResultSet row, ObjectNode into) throws SQLException {
        if (row.getString("order_no") == null) {
            return;
        }
        long id = row.getLong("subject");
        into.set("order", order(row).put("token", tokens.of(id)));
        ObjectNode person = into.putObject("person");
        for (String column : SEALED) {
            byte[] sealed = row.getBytes(column);
            if (sealed != null) {
                String[] party = column.split("_", 2);
                String key = party[1].equals("id_no") ? "idNo" : party[1];
                person.withObjectProperty(party[0]).put(key, sealer.open(sealed, "orders." + column, id));
            }
        }
        byte[] more = row.getBytes("more");
        if (more != null) {
            person.setAll(read(sealer.open(more, "orders.more", id)));
        }
        byte[] redirect = row.getBytes("redirect");
        if (redirect != null) {
            person.set("redirect", read(sealer.open(redirect, "orders.redirect", id)));
        }
    }

    /** Who signed in the recipient's place (R43), for nobody but a person that asks with a reason: no door has it. */
    Optional<ObjectNode> agent(ResultSet row) throws SQLException {
        byte[] agent = row.getBytes("agent");
        return agent == null
                ? Optional.empty()
                : Optional.of(read(sealer.open(agent, "orders.agent", row.getLong("subject"))));
    }

    /** {@code order}, and of {@code person} the recipient's name only. */
    public ObjectNode withRecipient(ResultSet row) throws SQLException {
        ObjectNode beside = JSON.createObjectNode();
        beside.set("order", order(row));
        beside.putObject("person")
                .putObject("recipient")
                .put(
                        "name",
                        sealer.open(row.getBytes("recipient_name"), "orders.recipient_name", row.getLong("subject")));
        return beside;
    }

    static ObjectNode read(String json) throws SQLException {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new SQLException("no JSON object in a column of orders", e);
        }
    }

    /** Everything that is not personal. */
    public static ObjectNode order(ResultSet row) throws SQLException {
        ObjectNode order = read(row.getString("detail"));
        order.put("id", row.getLong("subject"));
        order.put("client", row.getString("client"));
        order.put("waybillNo", row.getString("waybill_no"));
        order.put("stage", row.getString("stage"));
        order.put("receiptStage", row.getString("receipt_stage"));
        order.put("anomaly", row.getString("anomaly"));
        return order;
    }
}
