package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An order of the scenario in the other form of the government network: {@code {"params": {a row of inf_apply_wlxx}}} to
 * {@code /logisticscenter/callems}, with yes and no in the body.
 */
final class Application {
    static final String TARGET = "/api/logisticscenter/callems";
    private static final int REFUSED = 422;

    private Application() {}

    /** Both ends lie in the province and city that are given; counties go as their six digits. */
    static ObjectNode of(JsonNode order, String prov, String city) {
        ObjectNode all = Json.object();
        ObjectNode row = all.putObject("params");
        row.set("ems_ord_no", order.path("orderNo"));
        row.set("internal_no", order.path("caseNo"));
        row.put("post_type", "1").put("net_type", "02");
        row.put("buss_type", order.path("payer").asText().equals("SENDER") ? "1" : "2");
        JsonNode office = order.path("office");
        row.set("zwfwzx_code", office.path("hall"));
        row.set("deptno", office.path("creditCode"));
        row.set("orgname", office.path("name"));
        party(row, "send_", office, prov, city).set("send_name", office.path("contactName"));
        row.set("send_call", office.path("contactPhone"));
        JsonNode recipient = order.path("recipient");
        party(row, "rcv_", recipient, prov, city).set("rcv_name", recipient.path("name"));
        row.set("rcv_phone", recipient.path("phone"));
        if (recipient.has("idNo")) row.set("rcv_id_no", recipient.path("idNo"));
        List<String> documents = new ArrayList<>();
        order.path("documents").forEach(it -> documents.add(it.path("type").asText()));
        row.put("item", String.join("、", documents));
        row.set("receipt_type", order.path("receipt"));
        row.set("service_type", order.path("service"));
        row.put("sendtime", order.path("orderedAt").asText().substring(0, 19).replace('T', ' '));
        return all;
    }

    private static ObjectNode party(ObjectNode row, String prefix, JsonNode party, String prov, String city) {
        row.put(prefix + "prov", prov).put(prefix + "city", city);
        row.set(prefix + "country", party.path("county"));
        row.set(prefix + "strect", party.path("address"));
        return row;
    }

    /** HTTP says 200 to a refusal, too: the body says no. */
    static Wire.Answer read(Wire.Answer answer) throws IOException {
        boolean no = answer.status() == 200
                && Json.read(answer.body()).path("custom").path("code").asInt() != 1;
        return no ? new Wire.Answer(REFUSED, answer.body()) : answer;
    }
}
