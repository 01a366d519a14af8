package partners;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;

/**
 * The 85 system: rows of receipts by the time of their entry. A row shows in every window [begin, end] that covers its
 * {@code op_time}; a window that reaches into the future shows at most what half a wall second more would bring.
 */
final class Receipt85 extends HttpPartner {
    static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final HubTime time;
    private final List<Row> rows = new CopyOnWriteArrayList<>();
    private final Set<String> served = ConcurrentHashMap.newKeySet();

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
    Reply handle(Request request) {
        if (!request.path().equals("/receipts")) return Reply.unknown(request.path());
        Instant begin = instant(request.query("begin"), "begin");
        Instant end = instant(request.query("end"), "end");
        int page = number(request.query("pageNo"), 1);
        int size = Math.min(number(request.query("pageSize"), 200), 200);
        List<Row> found = between(begin, end);
        ArrayNode shown = Json.object().putArray("rows");
        for (int i = (page - 1) * size; i < Math.min(page * size, found.size()); i++) show(found.get(i), shown);
        ObjectNode answer = Json.object().put("total", found.size()).put("pageNo", page);
        answer.set("rows", shown);
        return Reply.ok("receipts", request.query("begin") + "/" + request.query("end") + "/" + page, answer);
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

    private static Instant instant(String text, String name) {
        if (text == null) throw new IllegalArgumentException("parameter missing: " + name);
        return text.contains("T") && (text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d"))
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text.replace(' ', 'T'))
                        .atZone(HubTime.ZONE)
                        .toInstant();
    }

    private static int number(String text, int otherwise) {
        return text == null ? otherwise : Math.max(1, Integer.parseInt(text));
    }

    private record Row(Instant at, ObjectNode content) {}
}
