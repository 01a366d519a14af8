package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Plays the orders of {@code scenario.json}: pushes them, and answers what the hub asks of its partners with scans and
 * receipts at hub times. Days count from D0, the first day whose 08:00 lies ahead at the start. Should a pickup come
 * later than the first scan is planned, the whole walk moves by whole days, so that no distance to a deadline changes.
 */
final class Scenario {
    private static final LocalTime LATEST_START = LocalTime.of(7, 0);

    private final JsonNode script;
    private final Map<String, JsonNode> orders = new TreeMap<>();
    private final Map<String, Delivery> deliveries = new ConcurrentHashMap<>();
    private final Set<String> started = ConcurrentHashMap.newKeySet();
    private final Set<String> waiting = new ConcurrentSkipListSet<>();
    private final Set<String> awaitedRows = new ConcurrentSkipListSet<>();
    private final HubTimer timer;
    private final HubTime time;
    private final Pushes pushes;
    private final ExchangeTable exchange;
    private final Ems ems;
    private final Posts posts;
    private Journal gov;
    private Journal postal;
    private Receipt85 receipts;
    private SmsPushes sms;
    private Folders folders;
    private final boolean drops;
    private final Map<String, Runnable> dropped = new ConcurrentHashMap<>();
    private volatile LocalDate dayZero;

    Scenario(
            JsonNode script,
            String prefix,
            HubTimer timer,
            HubTime time,
            Pushes pushes,
            ExchangeTable exchange,
            Ems ems,
            boolean drops) {
        this.drops = drops;
        this.script = script;
        this.timer = timer;
        this.time = time;
        this.pushes = pushes;
        this.exchange = exchange;
        this.ems = ems;
        this.posts = new Posts(script.path("posts"));
        for (JsonNode order : script.path("orders"))
            orders.put(prefix + String.format("%04d", order.path("no").asInt()), order);
    }

    static JsonNode demo() throws IOException {
        try (InputStream in = Scenario.class.getResourceAsStream("/scenario.json")) {
            return Json.read(in.readAllBytes());
        }
    }

    /** Phone to the carrier's code, for whom no SMS reaches. */
    JsonNode unreachable() {
        return script.path("unreachable");
    }

    void connect(Journal govJournal, Journal postalJournal, Receipt85 receipt85, SmsPushes smsPushes, Folders places) {
        sms = smsPushes;
        folders = places;
        folders.onMoved(this::moved);
        gov = govJournal;
        postal = postalJournal;
        receipts = receipt85;
    }

    /** The hub's clock must be known. */
    void start() {
        ZonedDateTime now = time.now().atZone(HubTime.ZONE);
        dayZero = now.toLocalTime().isBefore(LATEST_START)
                ? now.toLocalDate()
                : now.toLocalDate().plusDays(1);
        orders.forEach(this::expect);
        orders.forEach(this::schedule);
    }

    private void expect(String orderNo, JsonNode order) {
        waiting.add(orderNo + " order");
        if (order.has("again")) waiting.add(orderNo + " order again");
        waiting.add(orderNo + " pickup");
        if (order.has("onChase")) waiting.add(orderNo + " chase");
    }

    private void schedule(String orderNo, JsonNode order) {
        Instant due = at(order.path("push").asText(), 0);
        ObjectNode body = body(orderNo, order, due);
        timer.at(due, orderNo, () -> push(orderNo, order, body, orderNo + " order"));
        if (order.has("again"))
            timer.at(
                    at(order.path("again").asText(), 0),
                    orderNo,
                    () -> push(orderNo, order, body, orderNo + " order again"));
    }

    private void push(String orderNo, JsonNode order, ObjectNode body, String what) {
        if (drops && order.path("dropped").asBoolean()) {
            drop(orderNo, body, what);
            return;
        }
        JsonNode place = order.path(order.has("tabled") ? "tabled" : "applied");
        if (order.has("tabled") && exchange.known()) {
            table(orderNo, application(body, place).path("params"), what);
            return;
        }
        if (place.isMissingNode()) pushes.untilTaken(gov, "gov", "/api/v1/orders", "order", orderNo, body);
        else pushes.applicationUntilTaken(gov, orderNo, application(body, place));
        waiting.remove(what);
    }

    private static ObjectNode application(ObjectNode body, JsonNode place) {
        return Application.of(
                body, place.path("prov").asText(), place.path("city").asText());
    }

    private void table(String orderNo, JsonNode row, String what) {
        try {
            exchange.insert(row, () -> waiting.remove(what));
        } catch (IOException | SQLException e) {
            System.err.println("[partners] " + orderNo + " did not get into the exchange table: " + e);
        }
    }

    /** Across the air gap: the order is told when the reply has it. */
    private void drop(String orderNo, ObjectNode body, String what) {
        String name = orderNo + ".zip";
        dropped.put("reply/" + orderNo + ".reply.xml", () -> waiting.remove(what));
        try {
            ObjectNode holds = Json.object();
            holds.putArray("orders").add(orderNo);
            folders.drop("gov", name, OrderZip.of(List.of(body), ""), false, false, holds);
        } catch (IOException e) {
            System.err.println("[partners] " + name + " was not dropped: " + e);
        }
    }

    /** What the hub says of files that this script has dropped: replies to orders, and receipts that it is done with. */
    private void moved(String folder, String name, String text) {
        if (text != null) OrderReply.taken(text).forEach(orderNo -> gov.in("order", orderNo, 200, null, null, null));
        dropped.keySet().stream()
                .filter(key -> key.startsWith(folder + "/") && name.endsWith(key.substring(folder.length() + 1)))
                .forEach(key -> dropped.remove(key).run());
    }

    private ObjectNode body(String orderNo, JsonNode order, Instant orderedAt) {
        JsonNode office = script.path("offices").path(order.path("office").asText());
        ObjectNode body = Json.object().put("orderNo", orderNo);
        body.put(
                "caseNo",
                office.path("county").asText() + "26"
                        + String.format("%09d", order.path("no").asInt()));
        body.set("office", office);
        for (String field : new String[] {"recipient", "payer", "receipt", "service", "documents"})
            body.set(field, order.path(field));
        for (String field : new String[] {"declaredValue", "feeToCollect", "remark"})
            if (order.has(field)) body.set(field, order.path(field));
        return body.put("orderedAt", HubTime.text(orderedAt));
    }

    /** The postal system was asked to collect: the walk of this order begins, once. */
    void pickedUp(String orderNo, String waybillNo) {
        JsonNode order = orders.get(orderNo);
        if (order == null || dayZero == null || !started.add(orderNo)) return;
        JsonNode walk = order.path("walk").isTextual()
                ? script.path("walks").path(order.path("walk").asText())
                : order.path("walk");
        int minutes = order.path("no").asInt();
        long shift = shift(at(walk.path(0).path("at").asText(), minutes));
        int number = 0;
        for (JsonNode scan : walk) scan(orderNo, order, waybillNo, scan, ++number, minutes, shift);
        for (JsonNode written : order.path("writes")) write(orderNo, order, waybillNo, written, minutes, shift);
        if (deliveries.containsKey(waybillNo)) receipts(orderNo, waybillNo);
        waiting.remove(orderNo + " pickup");
    }

    private long shift(Instant first) {
        Duration late = Duration.between(first, time.now());
        return late.isNegative() ? 0 : late.toDays() + 1;
    }

    private void scan(
            String orderNo, JsonNode order, String waybillNo, JsonNode scan, int number, int minutes, long shift) {
        Instant happened = at(scan.path("at").asText(), minutes).plus(shift, ChronoUnit.DAYS);
        Instant sent =
                scan.has("sent") ? at(scan.path("sent").asText(), minutes).plus(shift, ChronoUnit.DAYS) : happened;
        String serial = waybillNo + "-" + String.format("%02d", number);
        ObjectNode body = Json.object().put("serialNo", serial).put("waybillNo", waybillNo);
        posts.describe(body, scan, script, order);
        body.put("opTime", Receipt85.SECONDS.format(happened.atZone(HubTime.ZONE)));
        if (scan.has("signer"))
            body.put(
                    "deliverCode",
                    order.path("signer").asText(scan.path("signer").asText()));
        if (scan.has("reason"))
            body.put("attemptDeliveryCode", scan.path("reason").asText());
        if (scan.path("code").asText().equals("704"))
            deliveries.put(
                    waybillNo,
                    new Delivery(
                            orderNo, waybillNo, happened, body.path("opOrgCode").asText()));
        push(orderNo, body, serial, sent);
        if (scan.path("twice").asBoolean()) push(orderNo, body, serial + " again", sent);
    }

    private void push(String orderNo, ObjectNode scan, String what, Instant due) {
        waiting.add(what);
        timer.at(due, orderNo, () -> {
            pushes.untilTaken(postal, ems, "scan", scan.path("serialNo").asText(), scan);
            waiting.remove(what);
        });
    }

    /** The recipient answers an SMS with one. */
    private void write(String orderNo, JsonNode order, String waybillNo, JsonNode written, int minutes, long shift) {
        String what = orderNo + " sms";
        String text = written.path("text").asText().replace("{tail}", waybillNo.substring(waybillNo.length() - 4));
        waiting.add(what);
        timer.at(at(written.path("at").asText(), minutes).plus(shift, ChronoUnit.DAYS), orderNo, () -> {
            sms.up(order.path("recipient").path("phone").asText(), text);
            waiting.remove(what);
        });
    }

    private void receipts(String orderNo, String waybillNo) {
        Delivery delivery = deliveries.get(waybillNo);
        for (JsonNode row : orders.get(orderNo).path("receipts85")) {
            LocalDate day = delivery.at
                    .atZone(HubTime.ZONE)
                    .toLocalDate()
                    .plusDays(row.path("daysAfterDelivery").asLong());
            row(
                    delivery,
                    row,
                    day.atTime(LocalTime.parse(row.path("time").asText()))
                            .atZone(HubTime.ZONE)
                            .toInstant());
        }
    }

    /** A chase was opened at the inquiry platform: the delivery unit answers as scripted, or stays silent. */
    void chased(String waybillNo, String reason) {
        Delivery delivery = deliveries.get(waybillNo);
        if (delivery == null) return;
        JsonNode answer = orders.get(delivery.orderNo).path("onChase");
        if (!answer.path("reason").asText().equals(reason) || !waiting.contains(delivery.orderNo + " chase")) return;
        row(delivery, answer, time.now().plus(answer.path("hours").asLong(), ChronoUnit.HOURS));
        waiting.remove(delivery.orderNo + " chase");
    }

    private void row(Delivery delivery, JsonNode wanted, Instant at) {
        String serial = "85" + EmsNumber.digits(delivery.orderNo + "/row/" + wanted);
        boolean wrong = !wanted.path("error").asText().isEmpty();
        ZonedDateTime signed = delivery.at.atZone(HubTime.ZONE);
        JsonNode order = orders.get(delivery.orderNo);
        String name = order.path("recipient").path("name").asText();
        ObjectNode row = Json.object().put("mail_num", delivery.waybillNo);
        row.put("receipt_flag", order.path("receipt").asText().equals("OWN_FORM") ? "7" : "6");
        row.put("receipt_mail_num", EmsNumber.of("receipt/" + delivery.orderNo));
        row.put("dlv_bureau_org_code", delivery.orgCode);
        row.put("dlv_date", signed.format(DateTimeFormatter.ofPattern("yyyyMMdd")));
        row.put("dlv_time", signed.format(DateTimeFormatter.ofPattern("HHmmss")));
        row.put("sign_sts_code", wrong ? "Z" : order.path("signer").asText("W"));
        row.put("signer_name", wrong ? "" : order.path("signerName").asText(name));
        boolean agent = row.path("sign_sts_code").asText().equals("M");
        row.put("agent_relation", agent ? "家属" : "").put("agent_id_mask", agent ? "3301**********0017" : "");
        row.put("receipt_sts", wrong ? "90" : "20")
                .put("receipt_err_code", wanted.path("error").asText());
        row.put("op_time", Receipt85.SECONDS.format(at.atZone(HubTime.ZONE)));
        row.put("serialnumber", serial).put("effect", "1");
        awaitedRows.add(serial);
        if (drops && wanted.path("filed").asBoolean()) timer.at(at, delivery.orderNo, () -> file(row, at));
        else receipts.add(row);
    }

    /** The row in the form of a file, with nothing else in it; who asks over SOAP is not told of it. */
    private void file(ObjectNode row, Instant at) {
        String name = "FD85_" + row.path("dlv_bureau_org_code").asText() + "_"
                + DateTimeFormatter.ofPattern("yyyyMMdd_HHmm").format(at.atZone(HubTime.ZONE)) + ".txt";
        dropped.put(
                "done/" + name,
                () -> awaitedRows.remove(row.path("serialnumber").asText()));
        try {
            ObjectNode holds = Json.object();
            holds.putArray("rows").add(row);
            folders.drop("receipt85", name, ReceiptFile.of(List.of(row), ""), true, false, holds);
        } catch (IOException e) {
            System.err.println("[partners] " + name + " was not dropped: " + e);
        }
    }

    /** {@code {"done","pushed","refused","retried","waitingFor":n,"waiting":[…]}}. */
    ObjectNode state() {
        awaitedRows.removeIf(receipts::served);
        ObjectNode state = Json.object().put("done", dayZero != null && waiting.isEmpty() && awaitedRows.isEmpty());
        state.put("dayZero", dayZero == null ? null : dayZero.toString());
        state.put("pushed", pushes.taken()).put("refused", pushes.refused()).put("retried", pushes.retried());
        state.put("waitingFor", waiting.size() + awaitedRows.size());
        var some = state.putArray("waiting");
        waiting.stream().limit(20).forEach(some::add);
        awaitedRows.stream().limit(20).forEach(serial -> some.add("row " + serial));
        return state;
    }

    /** {@code D2 10:30} as an instant. */
    private Instant at(String text, int plusMinutes) {
        String[] parts = text.split(" ");
        return dayZero.plusDays(Long.parseLong(parts[0].substring(1)))
                .atTime(LocalTime.parse(parts[1]))
                .atZone(HubTime.ZONE)
                .toInstant()
                .plus(plusMinutes, ChronoUnit.MINUTES);
    }

    private record Delivery(String orderNo, String waybillNo, Instant at, String orgCode) {}
}
