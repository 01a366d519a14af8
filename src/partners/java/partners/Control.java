package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** The switchboard of the stand-ins, for tests and the demo: on the loopback only, see src/partners/README.md. */
final class Control extends HttpPartner {
    private final Map<String, Partner> partners;
    private final Hub hub;
    private final HubTime time;
    private final Pushes pushes;
    private final Scenario scenario;
    private final Options options;
    private final SmsPushes smsPushes;
    private final Runnable quit;
    private final AtomicReference<Pusher> lastPush = new AtomicReference<>();

    Control(
            int port,
            ExecutorService pool,
            Map<String, Partner> partners,
            Hub hub,
            HubTime time,
            Pushes pushes,
            Scenario scenario,
            Options options,
            SmsPushes smsPushes,
            Runnable quit) {
        super(Options.Place.control, port, null, pool);
        this.partners = partners;
        this.hub = hub;
        this.time = time;
        this.pushes = pushes;
        this.scenario = scenario;
        this.options = options;
        this.smsPushes = smsPushes;
        this.quit = quit;
    }

    @Override
    Reply handle(Request request) throws IOException {
        String[] path = request.path().substring(1).split("/");
        if (request.method().equals("GET")) return get(path);
        if (path.length == 2 && path[1].equals("quit")) return quit();
        if (path.length != 3 || !path[0].equals("control")) return Reply.unknown(request.path());
        if (path[2].equals("send")) return send(path[1], request);
        Partner partner = partners.get(path[1]);
        if (partner == null) return Reply.unknown(request.path());
        return act(partner, path[2], request);
    }

    private Reply get(String[] path) {
        return switch (path[path.length - 1]) {
            case "health" -> said(health());
            case "scenario" -> said(scenarioState());
            case "summary" -> said(new Summary(options.journal()).read());
            case "push" ->
                said(lastPush.get() == null ? Json.object() : lastPush.get().counts());
            default -> Reply.unknown(String.join("/", path));
        };
    }

    private Reply act(Partner partner, String verb, Request request) throws IOException {
        switch (verb) {
            case "start" -> partner.start();
            case "stop" -> partner.stop();
            case "behave" -> partner.behaviour().set(request.body());
            case "script" -> sms().script(request.body());
            case "reports", "inbound" -> {
                return said(Json.object().put("status", smsPushes.once(verb, request.body())));
            }
            case "push" -> {
                return push(request.body());
            }
            case "row" -> {
                if (partner instanceof Gov gov) return row(gov, request.body());
                Receipt85 receipts = (Receipt85) partners.get("receipt85");
                ObjectNode row = row(request.body());
                receipts.add(row);
                return said(row);
            }
            case "drop" -> {
                return drop(partner.place().name(), request.body());
            }
            case "reply" -> {
                return reply(partner, request.body());
            }
            case "mails" -> {
                return said(new MailPush(request.body(), options.postalSecret()).send(hub, partner.journal()));
            }
            case "scan" -> {
                if (!(partner instanceof Postal postal)) throw new IllegalArgumentException("no scans there");
                postal.scanned(request.body());
                return said(Json.object().put("kept", true));
            }
            case "event" -> {
                return event(partner, request.body());
            }
            default -> {
                return Reply.unknown(request.path());
            }
        }
        return said(state(partner));
    }

    private Sms sms() {
        if (!(partners.get("sms") instanceof Sms sms)) throw new IllegalArgumentException("no SMS provider");
        return sms;
    }

    private Reply quit() {
        return Reply.ok("quit", "", Json.object().put("bye", true));
    }

    @Override
    void sent(Reply reply) {
        if (reply.op().equals("quit")) quit.run();
    }

    /** Any message of any partner, signed with its key: {@code {"target","op"?,"key"?,"body"}}. */
    private Reply send(String system, Request request) {
        Partner partner = partners.getOrDefault(system, partners.get("gov"));
        JsonNode body = request.body();
        int status = pushes.once(
                partner.journal(),
                system,
                request.text("target"),
                body.path("op").asText("event"),
                body.path("key").asText(""),
                Json.bytes(body.path("body")));
        return said(Json.object().put("status", status));
    }

    /** A reply of the inquiry platform, signed and sent once: {@code {waybillNo | bagNo, reason, result?, nextDue?, replyNo?, …}}. */
    private Reply reply(Partner partner, JsonNode wanted) {
        if (!(partner instanceof Inquiry inquiry))
            throw new IllegalArgumentException("only the inquiry platform replies");
        Instant now = time.now() == null ? Instant.now() : time.now();
        ObjectNode reply = inquiry.reply(wanted, Receipt85.SECONDS.format(now.atZone(HubTime.ZONE)));
        String key =
                reply.path("chaseNo").asText() + "/" + reply.path("replyNo").asText();
        int status = pushes.once(inquiry.journal(), "inquiry", "/api/inquiry/replies", "reply", key, Json.bytes(reply));
        return said(reply.put("status", status));
    }

    /** A row for the exchange table; with {@code no} a row that is there becomes another: {@code {"orderNo","like"?,"row"?} | {"no","row"}}. */
    private Reply row(Gov gov, JsonNode wanted) throws IOException {
        Instant now = time.now() == null ? Instant.now() : time.now();
        return said(Json.object().put("no", gov.row(wanted, now)));
    }

    /** One push of 040002, once; with {@code sealedWith} under another key than the hub has. */
    private Reply event(Partner partner, JsonNode wanted) {
        Ems ems = new Ems(wanted.path("sealedWith").asText(options.postalKey()));
        JsonNode event = wanted.path("event");
        int status = pushes.once(
                partner.journal(), ems, "scan", event.path("serialNo").asText(), Json.bytes(event));
        return said(Json.object().put("status", status));
    }

    /** A row for the 85 system: the given fields over a good receipt of now. */
    private ObjectNode row(JsonNode wanted) {
        Instant now = time.now() == null ? Instant.now() : time.now();
        ObjectNode row = Json.object().put("mail_num", wanted.path("mail_num").asText());
        row.put("receipt_flag", "6")
                .put(
                        "receipt_mail_num",
                        EmsNumber.of("receipt/" + row.path("mail_num").asText()));
        row.put("dlv_bureau_org_code", "31010000").put("dlv_date", "").put("dlv_time", "");
        row.put("sign_sts_code", "N").put("signer_name", "收发室").put("receipt_sts", "20");
        row.put("agent_relation", "").put("agent_id_mask", "");
        row.put("receipt_err_code", "").put("op_time", Receipt85.SECONDS.format(now.atZone(HubTime.ZONE)));
        row.put("serialnumber", "85" + EmsNumber.digits("row/" + wanted + now)).put("effect", "1");
        wanted.properties().forEach(field -> row.set(field.getKey(), field.getValue()));
        return row;
    }

    /**
     * A file on the SFTP server. gov: {@code {"name","orders"|"count"+"prefix","bad"?}}; receipt85: {@code {"name","rows","bad"?}}; either:
     * {@code {"name","base64"}}; {@code "half"}: only its beginning lies there; {@code "marker":false}: without its .ok.
     */
    private Reply drop(String system, JsonNode wanted) throws IOException {
        Folders folders = (Folders) partners.get("files");
        byte[] bytes = bytes(system, wanted);
        boolean marker = system.equals("receipt85") && wanted.path("marker").asBoolean(true);
        String name = wanted.path("name").asText();
        folders.drop(system, name, bytes, marker, wanted.path("half").asBoolean());
        return said(Json.object().put("name", name).put("bytes", bytes.length));
    }

    private byte[] bytes(String system, JsonNode wanted) throws IOException {
        String bad = wanted.path("bad").asText();
        if (wanted.has("base64")) return wanted.path("base64").binaryValue();
        if (system.equals("gov")) {
            MadeOrders made = new MadeOrders(wanted.path("prefix").asText("FILE"), orderedAt(wanted));
            return OrderZip.of(OrderZip.wanted(wanted, made), bad);
        }
        if (!system.equals("receipt85")) throw new IllegalArgumentException("no files from " + system);
        List<JsonNode> rows = new ArrayList<>();
        wanted.path("rows").forEach(row -> rows.add(row(row)));
        return ReceiptFile.of(rows, bad);
    }

    /** {@code {"count","prefix","rate"?,"connections"?,"first"?,"retries"?,"orderedAt"?,"wait"?}}: wait=false answers at once. */
    private Reply push(JsonNode wanted) throws IOException {
        Pusher pusher = new Pusher(
                options.hub(),
                Keys.read(options.keys()).of("gov"),
                new MadeOrders(wanted.path("prefix").asText("MADE"), orderedAt(wanted)),
                partners.get("gov").journal(),
                wanted.path("retries").asInt(0),
                wanted.path("first").asLong(1),
                wanted.path("count").asLong(1),
                wanted.path("rate").asDouble(0));
        lastPush.set(pusher);
        int connections = wanted.path("connections").asInt(4);
        if (wanted.path("wait").asBoolean(true)) return said(run(pusher, connections));
        new Thread(() -> run(pusher, connections), "push").start();
        return said(pusher.counts());
    }

    /** Given by whoever pushes the same orders again: another time would be another body. */
    private Instant orderedAt(JsonNode wanted) {
        if (wanted.has("orderedAt"))
            return OffsetDateTime.parse(wanted.path("orderedAt").asText()).toInstant();
        return time.now() == null ? Instant.now() : time.now();
    }

    private static ObjectNode run(Pusher pusher, int connections) {
        try {
            long[] sorted = pusher.run(connections);
            return Pusher.latencies(pusher.counts(), sorted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return pusher.counts();
        }
    }

    private ObjectNode scenarioState() {
        ObjectNode state = scenario == null ? Json.object().put("done", true).put("pushed", 0) : scenario.state();
        long quiet = Long.MAX_VALUE;
        for (Partner partner : partners.values())
            if (partner.place() != Options.Place.receipt85)
                quiet = Math.min(quiet, partner.journal().quietNanos());
        return state.put("quietMillis", quiet / 1_000_000);
    }

    private ObjectNode health() {
        ObjectNode health = Json.object().put("ok", true).put("hub", hub.known());
        Instant now = time.now();
        health.put("hubTime", now == null ? null : now.toString()).put("rate", time.rate());
        ObjectNode all = health.putObject("partners");
        partners.forEach((name, partner) -> all.set(name, state(partner)));
        return health;
    }

    private static ObjectNode state(Partner partner) {
        return Json.object().put("port", partner.port()).put("running", partner.running());
    }

    private static Reply said(ObjectNode body) {
        return Reply.ok("control", "", body);
    }
}
