package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;

/**
 * The postal system's open platform: 020003 gives a waybill number, 020009 says which one an order has, 020010 takes a pickup, 020006 takes an
 * order back until it is scanned, 040001 tells all scans, 010004 gives a label, 050005 and 050001 a fee; the scans themselves are the
 * scenario's. Its older forms take orders at paths of their own. The journal keeps what stood in the envelopes.
 */
final class Postal extends HttpPartner {
    private static final String DOOR = "/f/amp/api/open";
    private static final String PDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    private final Ems ems;
    private final OldPost old;
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    /** By waybill number, each scan once: pushed, taken or not, or only kept. As bytes, since there are hundreds of thousands in a long run. */
    private final Map<String, Map<String, byte[]>> scans = new ConcurrentHashMap<>();

    private final Map<String, String> waybills = new ConcurrentHashMap<>();
    private final Map<String, String> towns = new ConcurrentHashMap<>();
    private final Map<String, String> orders = new ConcurrentHashMap<>();
    private final BiConsumer<String, String> onPickup;

    /** onPickup: order number, waybill number; called again for a repeated request. */
    Postal(int port, Journal journal, ExecutorService pool, Ems ems, OldPost old, BiConsumer<String, String> onPickup) {
        super(Options.Place.postal, port, journal, pool);
        this.ems = ems;
        this.old = old;
        this.onPickup = onPickup;
        journal.follow(line -> {
            if (line.path("op").asText().equals("order") && line.path("answer").has("waybillNo"))
                remember(
                        line.path("key").asText(),
                        line.path("answer").path("waybillNo").asText(),
                        town(line.path("body")));
            if (line.path("op").asText().equals("cancel")
                    && line.path("answer").path("retCode").asText().equals("00000"))
                cancelled.add(line.path("key").asText());
            if (line.path("op").asText().equals("scan")) scanned(line.path("body"));
        });
    }

    @Override
    String called(String path, byte[] raw) {
        return path.equals(DOOR) ? Ems.form(raw).getOrDefault("apiCode", path) : path;
    }

    @Override
    JsonNode read(byte[] raw) throws IOException {
        Map<String, String> form = Ems.form(raw);
        if (form.containsKey("signature")) return old.open(OldPost.OMS, form);
        return form.containsKey("sign") ? old.open(OldPost.ROUTER, form) : ems.open(form);
    }

    /** Which form it was stands in the answer until here. */
    @Override
    Object written(Object answer) {
        if (!(answer instanceof ObjectNode said) || !said.has("retCode")) return answer;
        return said.has("form") ? OldPost.answer(said.path("form").asText(), said) : Ems.answer(said);
    }

    /** {@code text:…}: a success that says this. */
    @Override
    Reply says(String what, JsonNode body) {
        return what.startsWith("text:")
                ? Reply.ok("said", "", no("00000", "成功").put("retText", what.substring("text:".length())))
                : null;
    }

    @Override
    Sent spoiled(String what, Sent sent) {
        return switch (what) {
            case "html" ->
                new Sent(200, "text/html", "<html><body>系统维护</body></html>".getBytes(StandardCharsets.UTF_8));
            case "empty" -> new Sent(200, sent.type(), new byte[0]);
            default -> sent;
        };
    }

    @Override
    Reply handle(Request request) {
        return switch (request.path()) {
            case "020003" -> order(request);
            case "020009" -> query(request.text("logisticsOrderNo"));
            case "020010" -> pickup(request);
            case "020006" -> cancel(request.text("logisticsOrderNo"));
            case "040001" -> track(request.text("waybillNo"));
            case "010004" -> label(request);
            case "050005" -> estimate(request);
            case "050001" -> fee(request.text("waybillNo"));
            case OldPost.OMS, OldPost.ROUTER -> oldOrder(request);
            default -> Reply.unknown(request.path());
        };
    }

    private Reply order(Request request) {
        String orderNo = request.text("logisticsOrderNo");
        String town = town(request.body());
        return Reply.ok("order", orderNo, taken(waybill(orderNo, town), town));
    }

    private Reply oldOrder(Request request) {
        Reply reply = order(request);
        ((ObjectNode) reply.body()).put("form", request.path());
        return reply;
    }

    private Reply cancel(String orderNo) {
        String waybillNo = waybills.get(orderNo);
        if (waybillNo == null) return Reply.ok("cancel", orderNo, no("B0404", "查无此单"));
        if (!scans(waybillNo).isEmpty()) return Reply.ok("cancel", orderNo, no("B0410", "已收寄，不能撤单"));
        cancelled.add(orderNo);
        return Reply.ok("cancel", orderNo, no("00000", "成功"));
    }

    private static ObjectNode no(String code, String message) {
        return Json.object().put("retCode", code).put("retMsg", message);
    }

    /** Where there is nothing to tell the platform says so in words, and calls it a success. */
    private Reply track(String waybillNo) {
        List<JsonNode> scans = scans(waybillNo);
        if (scans.isEmpty())
            return Reply.ok(
                    "track",
                    waybillNo,
                    no("00000", "成功").put("retText", orders.containsKey(waybillNo) ? "无查询信息" : "无邮件信息"));
        ObjectNode answer = no("00000", "成功");
        ArrayNode items = answer.putArray("responseItems");
        for (JsonNode scan : scans) {
            ObjectNode item = scan.deepCopy();
            item.remove(List.of("serialNo", "waybillNo"));
            items.add(item.put("traceNo", Integer.toString(items.size() + 1)));
        }
        return Reply.ok("track", waybillNo, answer);
    }

    private List<JsonNode> scans(String waybillNo) {
        Map<String, byte[]> known = scans.get(waybillNo);
        if (known == null) return List.of();
        List<JsonNode> all = new ArrayList<>();
        synchronized (known) {
            known.values().forEach(scan -> all.add(Json.of(scan)));
        }
        return all;
    }

    /** Also one whose push was lost: only who asks hears of it. */
    void scanned(JsonNode scan) {
        Map<String, byte[]> known = scans.computeIfAbsent(scan.path("waybillNo").asText(), w -> new LinkedHashMap<>());
        synchronized (known) {
            known.put(scan.path("opCode").asText() + scan.path("opTime").asText(), Json.bytes(scan));
        }
    }

    private Reply label(Request request) {
        String waybillNo = request.text("waybillNo");
        if (!orders.containsKey(waybillNo)) return Reply.ok("label", waybillNo, no("B0404", "查无此单"));
        boolean back = request.body().path("isReturn").asText().equals("1");
        String text = request.body().path("getURL").asText().equals("1")
                ? "https://label.example.org/" + request.text("type") + "/" + waybillNo + (back ? "/return" : "")
                        + ".pdf"
                : Base64.getEncoder().encodeToString(PDF.getBytes(StandardCharsets.US_ASCII));
        return Reply.ok("label", waybillNo, no("00000", "成功").put("retText", text));
    }

    /** Twelve yuan for the first kilogram, two for each further, six more to another province. */
    private Reply estimate(Request request) {
        boolean near = request.body()
                .path("senderInfo")
                .path("prov")
                .equals(request.body().path("receiveInfo").path("prov"));
        int further = Math.max(0, (request.body().path("weight").asInt() - 1) / 1000);
        return Reply.ok("estimate", "", no("00000", "成功").put("totalFee", (near ? 12 : 18) + 2 * further + ".00"));
    }

    private Reply fee(String waybillNo) {
        if (scans(waybillNo).isEmpty())
            return Reply.ok("fee", waybillNo, no("00000", "成功").put("retText", "无邮件信息"));
        return Reply.ok(
                "fee", waybillNo, no("00000", "成功").put("postageTotal", "12.50").put("realWeight", "180"));
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
        if (orderNo == null || cancelled.contains(orderNo))
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
