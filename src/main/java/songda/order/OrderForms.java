package songda.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import songda.person.BlindIndex;
import songda.person.Sealer;
import songda.store.Ids;

/** Makes the row of a new order out of what the mapping gives: personal data is sealed here, before it goes anywhere. */
@Component
public final class OrderForms {

    private static final List<String> PARTIES = List.of("recipient", "sender");
    private final Ids ids;
    private final Sealer sealer;
    private final BlindIndex index;

    OrderForms(Ids ids, Sealer sealer, BlindIndex index) {
        this.ids = ids;
        this.sealer = sealer;
        this.index = index;
    }

    /** @param mapped {@code {order: {…}, person: {recipient: {…}, sender: {…}}}} */
    public OrderForm read(JsonNode mapped, String client) {
        long id = ids.next();
        JsonNode order = mapped.path("order");
        JsonNode person = mapped.path("person");
        Map<String, byte[]> sealed = new HashMap<>();
        for (String party : PARTIES) {
            person.path(party).properties().forEach(e -> {
                String column = party + "_" + (e.getKey().equals("idNo") ? "id_no" : e.getKey());
                sealed.put(column, sealer.seal(e.getValue().asText(), "orders." + column, id));
            });
        }
        ObjectNode more = person.deepCopy();
        more.remove(PARTIES);
        if (!more.isEmpty()) {
            sealed.put("more", sealer.seal(more.toString(), "orders.more", id));
        }
        String phone = person.path("recipient").path("phone").asText();
        sealed.put("phone_hash", index.of(phone));
        sealed.put("phone_tail_hash", index.ofTail(phone));
        Map<String, String> row = Map.of(
                "county", order.path("county").asText(),
                "dest_county", order.path("destCounty").asText(),
                "payer", order.path("payer").asText(),
                "receipt", order.path("receipt").asText(),
                "service", order.path("service").asText());
        byte[] hash = index.ofText(Canonical.text(order) + Canonical.text(person));
        return new OrderForm(id, client, order.path("orderNo").asText(), hash, row, sealed, (ObjectNode) order);
    }
}
