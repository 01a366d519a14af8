package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;

/**
 * The 85 system: rows of receipts by the time of their entry, over SOAP 1.1 in GBK, for who has logged in. A row shows in every window
 * [beginTime, endTime] that covers its {@code op_time}; a window that reaches into the future shows at most what half a wall second more
 * would bring.
 */
final class Receipt85 extends HttpPartner {
    static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int LARGEST_PAGE = 200;
    private static final int MAINTENANCE_ENDS = 2;
    private static final String XML = "text/xml; charset=GBK";
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"GBK\"?>";

    private final HubTime time;
    private final List<Row> rows = new CopyOnWriteArrayList<>();
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();

    Receipt85(int port, Journal journal, ExecutorService pool, HubTime time) {
        super(Options.Place.receipt85, port, journal, pool);
        this.time = time;
    }

    /** The row's op_time says from when on it is there. */
    void add(ObjectNode row) {
        rows.add(new Row(shanghai(row.path("op_time").asText()), row));
    }

    boolean served(String serialNumber) {
        return served.contains(serialNumber);
    }

    @Override
    String called(String path, byte[] raw) {
        try {
            return raw.length == 0 ? path : Soap.read(raw).path("operation").asText(path);
        } catch (IOException e) {
            return path;
        }
    }

    @Override
    JsonNode read(byte[] raw) throws IOException {
        return raw.length == 0 ? Json.object() : Soap.read(raw);
    }

    @Override
    Reply handle(Request request) throws IOException {
        return switch (request.path()) {
            case "login" -> login(request.body());
            case "queryReceipt" -> query(request.body());
            case "/services/receipt" -> wsdl(request);
            default -> Reply.unknown(request.path());
        };
    }

    private Reply wsdl(Request request) throws IOException {
        if (!"wsdl".equals(request.exchange().getRequestURI().getQuery())) return Reply.unknown(request.path());
        try (InputStream in = Receipt85.class.getResourceAsStream("/receipt85.wsdl")) {
            return Reply.ok("wsdl", "", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private Reply login(JsonNode asked) {
        if (!asked.path("userName").asText().equals("songda")
                || !asked.path("password").asText().equals("stand-in"))
            return Reply.ok("login", "", Json.object().put("ret", "1003").put("msg", "用户名或密码错误"));
        String session = "S-" + UUID.randomUUID();
        sessions.add(session);
        ObjectNode answer = Json.object().put("ret", "0").put("msg", "成功");
        return Reply.ok("login", asked.path("userName").asText(), answer.put("sessionId", session));
    }

    private Reply query(JsonNode asked) {
        if (!sessions.contains(asked.path("session").asText())) return fault("Client", "1002", "会话已失效");
        Instant begin;
        Instant end;
        int page = asked.path("pageNo").asInt();
        int size = asked.path("pageSize").asInt();
        try {
            begin = shanghai(asked.path("beginTime").asText());
            end = shanghai(asked.path("endTime").asText());
        } catch (RuntimeException e) {
            return fault("Client", "1004", "时间格式不符");
        }
        if (asked.path("orgCode").asText().isEmpty() || page < 1 || size < 1 || size > LARGEST_PAGE)
            return fault("Client", "1004", "机构、页号或页长不符");
        List<Row> found = between(begin, end);
        ObjectNode answer = Json.object().put("ret", "0").put("msg", "成功");
        answer.put("total", found.size()).put("pageNo", page);
        ArrayNode shown = answer.putArray("rows");
        for (int i = (page - 1) * size; i < Math.min(page * size, found.size()); i++) show(found.get(i), shown);
        String window =
                asked.path("beginTime").asText() + "/" + asked.path("endTime").asText();
        return Reply.ok("receipts", window + "/" + page, answer);
    }

    private static Reply fault(String who, String code, String message) {
        ObjectNode fault = Json.object().put("fault", who).put("message", message);
        if (code != null) fault.put("code", code);
        return new Reply(500, "fault", code == null ? "" : code, fault);
    }

    /** What needs no rows: the session that ended, the night, a fault without a code. */
    @Override
    Reply says(String what, JsonNode asked) {
        return switch (what) {
            case "session-expired" -> {
                sessions.clear();
                yield asked.path("operation").asText().equals("login") ? null : fault("Client", "1002", "会话已失效");
            }
            case "maintenance" -> closed();
            case "maintenance-at-night" -> night() ? closed() : null;
            case "fault" -> fault("Server", null, "java.lang.NullPointerException");
            case "busy" ->
                Reply.ok("receipts", "", Json.object().put("ret", "9002").put("msg", "系统繁忙"));
            case "html", "empty", "truncated", "doctype", "utf8", "gb2312", "no-charset" -> null;
            default -> super.says(what, asked);
        };
    }

    private static Reply closed() {
        return Reply.ok("closed", "", Json.object().put("ret", "9001").put("msg", "系统维护，请于 02:00 后再试"));
    }

    private boolean night() {
        Instant now = time.now();
        return now != null && now.atZone(HubTime.ZONE).getHour() < MAINTENANCE_ENDS;
    }

    @Override
    Sent bytes(Reply reply) {
        if (!(reply.body() instanceof JsonNode answer))
            return new Sent(
                    reply.status(),
                    "text/xml; charset=utf-8",
                    String.valueOf(reply.body()).getBytes(StandardCharsets.UTF_8));
        boolean ours = answer.has("ret") || answer.has("fault");
        JsonNode said = ours
                ? answer
                : Json.object().put("fault", "Client").put("code", "1004").put("message", "不是约定的请求");
        String operation = reply.op().equals("login") ? "login" : "queryReceipt";
        String text = DECLARATION + Soap.envelope(operation, said);
        return new Sent(ours ? reply.status() : 500, XML, text.getBytes(Soap.GBK));
    }

    @Override
    Sent spoiled(String what, Sent sent) {
        String text = new String(sent.body(), Soap.GBK);
        return switch (what) {
            case "html" ->
                new Sent(200, "text/html; charset=GBK", "<html><body>系统繁忙，请稍后再试</body></html>".getBytes(Soap.GBK));
            case "empty" -> new Sent(200, XML, new byte[0]);
            case "truncated" -> new Sent(200, XML, Arrays.copyOf(sent.body(), sent.body().length / 2));
            case "doctype" ->
                new Sent(
                        200,
                        XML,
                        text.replace(
                                        DECLARATION,
                                        DECLARATION + "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>")
                                .getBytes(Soap.GBK));
            case "utf8" -> new Sent(200, XML, text.getBytes(StandardCharsets.UTF_8));
            case "gb2312" ->
                new Sent(
                        200,
                        "text/xml; charset=GB2312",
                        text.replace("GBK", "GB2312").getBytes(Soap.GBK));
            case "no-charset" -> new Sent(200, "text/xml", sent.body());
            default -> sent;
        };
    }

    private List<Row> between(Instant begin, Instant end) {
        Instant now = time.now();
        Instant latest = now == null ? end : now.plus(Duration.ofMillis((long) (500 * time.rate())));
        Instant last = end.isBefore(latest) ? end : latest;
        List<Row> found = new ArrayList<>();
        for (Row row : rows) if (!row.at.isBefore(begin) && !row.at.isAfter(last)) found.add(row);
        found.sort(Comparator.comparing(Row::at));
        return found;
    }

    private void show(Row row, ArrayNode shown) {
        shown.add(row.content);
        served.add(row.content.path("serialnumber").asText());
    }

    static Instant shanghai(String text) {
        return LocalDateTime.parse(text, SECONDS).atZone(HubTime.ZONE).toInstant();
    }

    private record Row(Instant at, ObjectNode content) {}
}
