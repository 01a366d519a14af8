package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;

/**
 * The postal system's open platform: 020003 gives a waybill number, 020009 says which one an order has, 020010 takes a pickup; the scans
 * that follow are the scenario's. The journal keeps what stood in the envelopes.
 */
final class Postal extends HttpPartner {
    private static final String DOOR = "/f/amp/api/open";
    private final Ems ems;
    private final Map<String, String> waybills = new ConcurrentHashMap<>();
    private final Map<String, String> towns = new ConcurrentHashMap<>();
    private final Map<String, String> orders = new ConcurrentHashMap<>();
    private final BiConsumer<String, String> onPickup;

    /** onPickup: order number, waybill number; called again for a repeated request. */
    Postal(int port, Journal journal, ExecutorService pool, Ems ems, BiConsumer<String, String> onPickup) {
        super(Options.Place.postal, port, journal, pool);
        this.ems = ems;
        this.onPickup = onPickup;
        journal.replay(line -> {
            if (line.path("op").asText().equals("order") && line.path("answer").has("waybillNo"))
                remember(
                        line.path("key").asText(),
                        line.path("answer").path("waybillNo").asText(),
                        town(line.path("body")));
        });
    }

    @Override
    String called(String path, byte[] raw) {
        return path.equals(DOOR) ? Ems.form(raw).getOrDefault("apiCode", path) : path;
    }

    @Override
    JsonNode read(byte[] raw) throws IOException {
        return ems.open(Ems.form(raw));
    }

    @Override
    Object written(Object answer) {
        return answer instanceof ObjectNode said && said.has("retCode") ? Ems.answer(said) : answer;
    }

    @Override
    Reply handle(Request request) {
        return switch (request.path()) {
            case "020003" -> order(request);
            case "020009" -> query(request.text("logisticsOrderNo"));
            case "020010" -> pickup(request);
            default -> Reply.unknown(request.path());
        };
    }

    private Reply order(Request request) {
        String orderNo = request.text("logisticsOrderNo");
        String town = town(request.body());
        return Reply.ok("order", orderNo, taken(waybill(orderNo, town), town));
    }

    private Reply query(String orderNo) {
        String waybillNo = waybills.get(orderNo);
        return Reply.ok(
                "query",
                orderNo,
                waybillNo == null
                        ? Json.object().put("retCode", "B0404").put("retMsg", "查无此单")
                        : taken(waybillNo, towns.getOrDefault(orderNo, "")));
    }

    /** Province, city and county of the receiver, as far as they are said. */
    private static String town(JsonNode order) {
        JsonNode receiver = order.path("receiver");
        return receiver.path("prov").asText("") + " " + receiver.path("city").asText("") + " "
                + receiver.path("county").asText("");
    }

    private static ObjectNode taken(String waybillNo, String town) {
        String[] names = town.split(" ", 3);
        ObjectNode answer = Json.object().put("retCode", "00000").put("waybillNo", waybillNo);
        answer.put(
                "routeCode",
                "%03d-%03d-A1"
                        .formatted(Math.floorMod(names[0].hashCode(), 1000), Math.floorMod(town.hashCode(), 1000)));
        answer.put("packageCodeName", names[0].startsWith("浙江") ? names[1] + "集" : "外省集");
        answer.put("markDestinationName", names[1].isEmpty() ? names[0] : names[1] + names[2]);
        return answer;
    }

    private Reply pickup(Request request) {
        String waybillNo = request.text("waybillNo");
        String orderNo = orders.get(waybillNo);
        if (orderNo == null)
            return Reply.ok(
                    "pickup", waybillNo, Json.object().put("retCode", "B0404").put("retMsg", "查无此单"));
        onPickup.accept(orderNo, waybillNo);
        String pickupNo = "PK" + EmsNumber.digits("pickup/" + waybillNo);
        return Reply.ok(
                "pickup", waybillNo, Json.object().put("retCode", "00000").put("pickupNo", pickupNo));
    }

    /** The order's number, given now if it has none. */
    private String waybill(String orderNo, String town) {
        String known = waybills.get(orderNo);
        return known != null ? known : give(orderNo, town);
    }

    private synchronized String give(String orderNo, String town) {
        String number = waybills.get(orderNo);
        for (int salt = 0; number == null; salt++) {
            String candidate = EmsNumber.of("order/" + orderNo + (salt == 0 ? "" : "/" + salt));
            if (!orders.containsKey(candidate)) number = candidate;
        }
        remember(orderNo, number, town);
        return number;
    }

    private void remember(String orderNo, String waybillNo, String town) {
        towns.put(orderNo, town);
        waybills.put(orderNo, waybillNo);
        orders.put(waybillNo, orderNo);
    }

    /** Null when the postal system never saw the order. */
    String waybillOf(String orderNo) {
        return waybills.get(orderNo);
    }
}
