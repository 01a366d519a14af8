package partners;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;

/** The postal system: gives waybill numbers and takes pickups; the scans that follow are the scenario's. */
final class Postal extends HttpPartner {
    private final Map<String, String> waybills = new ConcurrentHashMap<>();
    private final Map<String, String> counties = new ConcurrentHashMap<>();
    private final Map<String, String> orders = new ConcurrentHashMap<>();
    private final BiConsumer<String, String> onPickup;

    /** onPickup: order number, waybill number; called again for a repeated request. */
    Postal(int port, Journal journal, ExecutorService pool, BiConsumer<String, String> onPickup) {
        super(Options.Place.postal, port, journal, pool);
        this.onPickup = onPickup;
        journal.replay(line -> {
            if (line.path("op").asText().equals("order") && line.path("answer").has("waybillNo"))
                remember(
                        line.path("key").asText(),
                        line.path("answer").path("waybillNo").asText(),
                        line.path("body").path("receiver").path("county").asText(""));
        });
    }

    @Override
    Reply handle(Request request) {
        if (request.method().equals("GET") && request.path().equals("/orders")) return query(request.query("orderNo"));
        return switch (request.path()) {
            case "/orders" -> order(request);
            case "/pickups" -> pickup(request);
            default -> Reply.unknown(request.path());
        };
    }

    private Reply order(Request request) {
        String orderNo = request.text("orderNo");
        String county = request.body().path("receiver").path("county").asText("");
        return Reply.ok("order", orderNo, taken(waybill(orderNo, county), county));
    }

    private Reply query(String orderNo) {
        String waybillNo = waybills.get(orderNo);
        return Reply.ok(
                "query",
                orderNo,
                waybillNo == null
                        ? Json.object().put("retCode", "B0404").put("retMsg", "查无此单")
                        : taken(waybillNo, counties.getOrDefault(orderNo, "")));
    }

    private static ObjectNode taken(String waybillNo, String county) {
        ObjectNode answer = Json.object().put("retCode", "00000").put("waybillNo", waybillNo);
        answer.put("routeCode", route(county));
        answer.put("packageCodeName", (county.startsWith("33") ? "浙江集" : "外省集") + head(county, 4));
        answer.put("markDestinationName", head(county, 4) + "-" + head(county, 6));
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
    private String waybill(String orderNo, String county) {
        String known = waybills.get(orderNo);
        return known != null ? known : give(orderNo, county);
    }

    private synchronized String give(String orderNo, String county) {
        String number = waybills.get(orderNo);
        for (int salt = 0; number == null; salt++) {
            String candidate = EmsNumber.of("order/" + orderNo + (salt == 0 ? "" : "/" + salt));
            if (!orders.containsKey(candidate)) number = candidate;
        }
        remember(orderNo, number, county);
        return number;
    }

    private void remember(String orderNo, String waybillNo, String county) {
        counties.put(orderNo, county);
        waybills.put(orderNo, waybillNo);
        orders.put(waybillNo, orderNo);
    }

    /** Null when the postal system never saw the order. */
    String waybillOf(String orderNo) {
        return waybills.get(orderNo);
    }

    private static String route(String county) {
        return head(county, 2) + "-" + head(county, 4) + "-" + head(county, 6) + "-A1";
    }

    private static String head(String county, int length) {
        return county.length() < length ? county : county.substring(0, length);
    }
}
