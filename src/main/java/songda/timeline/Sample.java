package songda.timeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** An order as its mapping would give it, about nobody. */
final class Sample {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Sample() {}

    static ObjectNode order(String orderNo, Map<String, String> columns) {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode order = json.putObject("order").put("orderNo", orderNo);
        columns.forEach(order::put);
        ObjectNode person = json.putObject("person");
        person.putObject("recipient")
                .put("name", "某人")
                .put("phone", "13800000000")
                .put("address", "某处");
        person.putObject("sender").put("name", "某人").put("phone", "13800000000").put("address", "某处");
        return json;
    }
}
