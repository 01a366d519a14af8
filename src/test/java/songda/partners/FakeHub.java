package songda.partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import songda.EmsForm;

/**
 * As much of a hub as the stand-ins need: checks signatures, gives a fast clock, asks for waybill, label and pickup,
 * pulls receipts at the usual hours, chases what is late and reports three levels.
 */
final class FakeHub implements AutoCloseable {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Instant EPOCH =
            OffsetDateTime.parse("2026-11-23T13:21:00+08:00").toInstant();
    private static final List<String> PULLS =
            List.of("00:10", "08:00", "10:00", "12:00", "14:00", "16:00", "18:00", "20:00", "21:00");

    final Map<String, byte[]> orders = new ConcurrentHashMap<>();
    final Map<String, Integer> posts = new ConcurrentHashMap<>();
    final Map<String, Item> items = new ConcurrentHashMap<>();
    final Map<String, JsonNode> scans = new ConcurrentHashMap<>();
    final List<String> scanOrder = new CopyOnWriteArrayList<>();
    /** Who says who they are by their envelope, or by their address. */
    private static final Set<String> UNSIGNED =
            Set.of("/api/postal/pushes", "/api/postal/mails", "/api/sms/reports/stand-in", "/api/sms/inbound/stand-in");

    final List<JsonNode> sms = new CopyOnWriteArrayList<>();
    final List<String> wrongs = new CopyOnWriteArrayList<>();
    final List<JsonNode> replies = new CopyOnWriteArrayList<>();
    /** The secret, and what came with it. */
    final List<String> mails = new CopyOnWriteArrayList<>();

    final Set<String> receiptsSeen = ConcurrentHashMap.newKeySet();

    private final Map<String, byte[]> secrets = new HashMap<>();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final double rate;
    private final long startedAt = System.nanoTime();
    private final Predicate<Integer> refuse;
    private volatile StandIns partners;
    private SoapCall receipts;
    private Instant pulledUntil = EPOCH;
    private ZonedDateTime nextPull = EPOCH.atZone(ZONE);

    /** refuse: is asked with the number of each order post; true answers it 503. */
    FakeHub(Path keys, double rate, Predicate<Integer> refuse) throws IOException {
        this.rate = rate;
        this.refuse = refuse;
        writeKeys(keys);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(pool);
        server.createContext("/", this::serve);
        server.start();
    }

    private void writeKeys(Path file) throws IOException {
        ObjectNode all = StandIns.JSON.createObjectNode();
        for (String system : List.of("gov", "postal", "inquiry", "ticket")) {
            byte[] secret = ("not a secret of " + system).getBytes(StandardCharsets.UTF_8);
            secrets.put(system + "-1", secret);
            all.withArray("keys")
                    .addObject()
                    .put("keyId", system + "-1")
                    .put("system", system)
                    .put("client", "test")
                    .put("secret", Base64.getEncoder().encodeToString(secret));
        }
        Files.write(file, StandIns.JSON.writeValueAsBytes(all));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on the hub asks its partners for things. */
    void work(StandIns standIns) {
        partners = standIns;
        ticker.scheduleWithFixedDelay(this::tick, 0, 5, TimeUnit.MILLISECONDS);
    }

    Instant now() {
        return EPOCH.plusNanos((long) ((System.nanoTime() - startedAt) * rate));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestURI().getPath().equals("/readyz")) answer(exchange, 200, "{}");
            else if (UNSIGNED.contains(exchange.getRequestURI().getPath()) || known(exchange, body))
                serve(exchange, body);
            else answer(exchange, 401, "{}");
        }
    }

    private boolean known(HttpExchange exchange, byte[] body) {
        try {
            if (nonces.add(new SignedRequest(exchange, body).verified(secrets))) return true;
            wrongs.add("nonce seen before");
        } catch (GeneralSecurityException e) {
            wrongs.add(String.valueOf(e.getMessage()));
        }
        return false;
    }

    private void serve(HttpExchange exchange, byte[] body) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/api/v1/clock" ->
                answer(
                        exchange,
                        200,
                        "{\"now\":\"" + now().atZone(ZONE).toOffsetDateTime() + "\",\"rate\":" + rate + "}");
            case "/api/v1/orders" -> {
                JsonNode order = StandIns.JSON.readTree(body);
                if (!order.path("orderedAt").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+08:00"))
                    wrongs.add("ordered at no time: " + order);
                order(
                        exchange,
                        body,
                        order.path("orderNo").asText(),
                        order.path("receipt").asText());
            }
            case "/api/logisticscenter/callems" -> {
                JsonNode row = StandIns.JSON.readTree(body).path("params");
                if (!row.path("sendtime").asText().matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"))
                    wrongs.add("ordered at no time: " + row);
                order(
                        exchange,
                        body,
                        row.path("ems_ord_no").asText(),
                        row.path("receipt_type").asText());
            }
            case "/api/postal/pushes" -> pushed(exchange, body);
            case "/api/postal/mails" -> {
                mails.add(exchange.getRequestHeaders().getFirst("authenticate") + " "
                        + new String(body, Charset.forName("GBK")));
                answer(exchange, 200, "<response><success>1</success></response>");
            }
            case "/api/inquiry/replies" -> {
                replies.add(StandIns.JSON.readTree(body));
                answer(exchange, 200, "{\"code\":\"0\",\"message\":\"已收到\"}");
            }
            case "/api/sms/reports/stand-in", "/api/sms/inbound/stand-in" -> {
                StandIns.JSON.readTree(body).forEach(sms::add);
                answer(exchange, 200, "{\"code\":0,\"msg\":\"接收成功\"}");
            }
            default -> answer(exchange, 404, "{}");
        }
    }

    private void order(HttpExchange exchange, byte[] body, String orderNo, String receipt) throws IOException {
        posts.merge(orderNo, 1, Integer::sum);
        if (refuse.test(posts.values().stream().mapToInt(n -> n).sum())) {
            answer(exchange, 503, "{}");
            return;
        }
        byte[] before = orders.putIfAbsent(orderNo, body);
        if (before != null && !java.util.Arrays.equals(before, body)) wrongs.add(orderNo + " came with another body");
        answer(
                exchange,
                before == null ? 201 : 200,
                "{\"orderNo\":\"" + orderNo + "\",\"duplicate\":" + (before != null) + ",\"custom\":{\"code\":1}}");
        if (before == null && partners != null) pool.execute(() -> handle(orderNo, receipt));
    }

    private void handle(String orderNo, String receipt) {
        try {
            ObjectNode ask = StandIns.JSON.createObjectNode().put("logisticsOrderNo", orderNo);
            ask.putObject("receiver").put("prov", "浙江省");
            String waybillNo =
                    partners.ems("020003", ask.toString()).path("waybillNo").asText();
            items.put(waybillNo, new Item(orderNo, receipt));
            print(partners.port("printer"), waybillNo, false);
            partners.ems("020010", "{\"waybillNo\":\"" + waybillNo + "\"}");
        } catch (IOException | InterruptedException e) {
            wrongs.add(e.toString());
        }
    }

    static void print(int port, String waybillNo, boolean copy) throws IOException {
        String label = "SIZE 100 mm,150 mm\r\nCLS\r\nTEXT 20,30,\"TSS24.BF2\",0,2,2,\"特投" + (copy ? " 副本" : "")
                + "\"\r\nBARCODE 20,80,\"128\",96,0,0,2,2,\"" + waybillNo + "\"\r\nPRINT 1,1\r\n";
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(label.getBytes(Charset.forName("GBK")));
            out.flush();
            socket.shutdownOutput();
            socket.getInputStream().read();
        }
    }

    private void pushed(HttpExchange exchange, byte[] body) throws IOException {
        JsonNode push = StandIns.JSON.readTree(body);
        String serialNo = push.path("serialNo").asText();
        JsonNode scan = StandIns.JSON.readTree(
                EmsForm.opened(push.path("logitcsInterface").asText()));
        Instant at = shanghai(scan.path("opTime").asText());
        if (at.isAfter(now())) wrongs.add("a scan from the future: " + scan);
        Item item = items.get(scan.path("waybillNo").asText());
        if (item == null) wrongs.add("a scan for an unknown item: " + scan);
        else if (scan.path("opCode").asText().equals("704")) item.deliveredAt = at;
        scanOrder.add(
                scan.path("waybillNo").asText() + " " + scan.path("opCode").asText());
        scans.put(serialNo, scan);
        answer(exchange, 200, "{\"serialNo\":\"" + serialNo + "\",\"code\":\"00000\"}");
    }

    private void tick() {
        try {
            Instant now = now();
            if (!nextPull.toInstant().isAfter(now)) pull(now);
            for (Map.Entry<String, Item> entry : items.entrySet()) check(entry.getKey(), entry.getValue(), now);
        } catch (IOException | InterruptedException | RuntimeException e) {
            wrongs.add(e.toString());
        }
    }

    private void pull(Instant now) throws IOException, InterruptedException {
        if (receipts == null) {
            receipts = new SoapCall(partners);
            receipts.logIn("stand-in");
        }
        for (int page = 1, left = 1; left > 0; page++) {
            JsonNode answer = receipts.page(local(pulledUntil), local(now), page, 2);
            left = answer.path("total").asInt() - page * 2;
            for (JsonNode row : answer.path("rows")) row(row);
        }
        pulledUntil = now;
        nextPull = after(now.atZone(ZONE));
    }

    private static ZonedDateTime after(ZonedDateTime now) {
        for (LocalDate day = now.toLocalDate(); ; day = day.plusDays(1))
            for (String time : PULLS) {
                ZonedDateTime pull = day.atTime(LocalTime.parse(time)).atZone(ZONE);
                if (pull.isAfter(now)) return pull;
            }
    }

    private void row(JsonNode row) throws IOException, InterruptedException {
        String waybillNo = row.path("mail_num").asText();
        if (!receiptsSeen.add(row.path("serialnumber").asText())) return;
        Item item = items.get(waybillNo);
        if (row.path("receipt_err_code").asText().isEmpty()) item.returned = true;
        else chase(waybillNo, item, "WRONG_CONTENT");
    }

    private void check(String waybillNo, Item item, Instant now) throws IOException, InterruptedException {
        if (item.deliveredAt == null || item.returned) return;
        if (item.receipt.equals("NONE") || item.receipt.equals("ELECTRONIC")) return;
        Instant due = item.deliveredAt
                .atZone(ZONE)
                .toLocalDate()
                .plusDays(3)
                .atStartOfDay(ZONE)
                .toInstant();
        if (item.chasedAt == null && pulledUntil.isAfter(due)) chase(waybillNo, item, "NO_INFO");
        if (item.chasedAt == null) return;
        for (int level = 3; level >= 1; level--)
            if (item.levels.size() == 3 - level && now.isAfter(item.chasedAt.plus(Duration.ofHours(24L * (4 - level)))))
                item.levels.add(level);
    }

    private void chase(String waybillNo, Item item, String reason) throws IOException, InterruptedException {
        item.chasedAt = now();
        item.reason = reason;
        partners.post(
                "inquiry",
                "/chases",
                "{\"externalRef\":\"x\",\"waybillNo\":\"" + waybillNo + "\",\"reason\":\"" + reason + "\"}");
    }

    /** Levels by order number, for the orders that were chased. */
    Map<String, String> climbs() {
        Map<String, String> climbs = new TreeMap<>();
        for (Item item : items.values())
            if (item.chasedAt != null) climbs.put(item.orderNo, item.reason + " " + item.levels);
        return climbs;
    }

    private static String local(Instant time) {
        return SECONDS.format(time.atZone(ZONE));
    }

    private static Instant shanghai(String text) {
        return LocalDateTime.parse(text, SECONDS).atZone(ZONE).toInstant();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        server.stop(0);
        pool.shutdownNow();
    }

    /** One order under way. */
    static final class Item {
        final String orderNo;
        final String receipt;
        final List<Integer> levels = new ArrayList<>();
        volatile Instant deliveredAt;
        volatile Instant chasedAt;
        volatile String reason;
        volatile boolean returned;

        Item(String orderNo, String receipt) {
            this.orderNo = orderNo;
            this.receipt = receipt;
        }
    }
}
