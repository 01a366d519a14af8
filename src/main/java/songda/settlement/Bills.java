package songda.settlement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.clock.HubClock;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.store.Sql;

/** The carrier's bills: kept line by line, and compared with the book of postage, item by item (R12). */
@Component
final class Bills {

    private static final String INSERT = Sql.file("bill-insert");
    private static final String CONFLICTS = Sql.file("bill-conflicts");
    private static final String COMPARE = Sql.file("bill-compare");
    private static final List<String> FINDINGS =
            List.of("MATCHED", "DIFFERENT", "MISSING_HERE", "MISSING_THERE", "DUPLICATE", "BILLED_BEFORE");
    private static final int MOST_SHOWN = 50_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final Books books;
    private final Clock clock;

    Bills(JdbcTemplate db, TransactionTemplate transaction, Books books, HubClock clock) {
        this.db = db;
        this.transaction = transaction;
        this.books = books;
        this.clock = clock;
    }

    private record Line(long no, String waybillNo, BigDecimal amount) {}

    /**
     * @param body {@code {billNo, month, unit?, lines: [{no, waybillNo, amount}]}}
     * @return {@code {billNo, kept, known}}: lines that are new, and those that were there already
     * @throws Refused 409 when a line is there and says something else: then nothing is kept
     */
    ObjectNode keep(JsonNode body) {
        String bill = body.path("billNo").asText();
        List<Line> lines = StreamSupport.stream(body.path("lines").spliterator(), false)
                .map(l -> new Line(
                        l.path("no").asLong(),
                        l.path("waybillNo").asText(),
                        l.path("amount").decimalValue().setScale(2, RoundingMode.UNNECESSARY)))
                .toList();
        String month = body.path("month").asText();
        String unit = body.path("unit").asText(null);
        int kept = transaction.execute(status ->
                db.execute((ConnectionCallback<Integer>) c -> new Keeping(c, bill, month, unit, lines).keep()));
        return JSON.objectNode().put("billNo", bill).put("kept", kept).put("known", lines.size() - kept);
    }

    private final class Keeping {

        private final java.sql.Connection connection;
        private final String bill;
        private final String month;
        private final String unit;
        private final List<Line> lines;

        Keeping(java.sql.Connection connection, String bill, String month, String unit, List<Line> lines) {
            this.connection = connection;
            this.bill = bill;
            this.month = month;
            this.unit = unit;
            this.lines = lines;
        }

        int keep() throws SQLException {
            int kept;
            try (var insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, bill);
                insert.setString(2, month);
                insert.setString(3, unit);
                insert.setString(4, clock.instant().toString());
                lines(insert, 5);
                kept = insert.executeUpdate();
            }
            try (var look = connection.prepareStatement(CONFLICTS)) {
                lines(look, 1);
                look.setString(4, bill);
                look.setString(5, month);
                look.setString(6, unit);
                try (ResultSet row = look.executeQuery()) {
                    if (row.next()) {
                        throw conflict(row.getLong(1));
                    }
                }
            }
            return kept;
        }

        private void lines(java.sql.PreparedStatement s, int at) throws SQLException {
            s.setArray(
                    at,
                    connection.createArrayOf(
                            "int8", lines.stream().map(Line::no).toArray()));
            s.setArray(
                    at + 1,
                    connection.createArrayOf(
                            "text", lines.stream().map(Line::waybillNo).toArray()));
            s.setArray(
                    at + 2,
                    connection.createArrayOf(
                            "text",
                            lines.stream().map(l -> l.amount().toPlainString()).toArray()));
        }
    }

    private static Refused conflict(long line) {
        return new Refused(Problem.of(
                409,
                "bill-conflict",
                "这个账单号已有另一份内容",
                "This bill number has another content already",
                new Problem.Field(
                        "/lines",
                        "第 " + line + " 行与已存的不同；换一个账单号 / line " + line
                                + " differs from what is kept: use another bill number")));
    }

    /** @return {@code {billNo, counts, theirs, ours, lines}}; the lines that match are counted and not listed */
    ObjectNode compare(String bill) {
        books.book();
        Map<String, Integer> counts = new TreeMap<>();
        BigDecimal[] sums = {BigDecimal.ZERO.setScale(2), BigDecimal.ZERO.setScale(2)};
        ArrayNode lines = JSON.arrayNode();
        db.query(
                COMPARE,
                row -> {
                    String finding = row.getString("finding");
                    counts.merge(finding, 1, Integer::sum);
                    add(sums, row);
                    if (!finding.equals("MATCHED") && lines.size() < MOST_SHOWN) {
                        lines.add(shown(row, finding));
                    }
                },
                bill);
        if (counts.isEmpty() || !exists(bill)) {
            throw new Refused(Problem.of(
                    404,
                    "no-such-bill",
                    "没有这个账单",
                    "No such bill",
                    new Problem.Field("billNo", "请核对账单号 / check the number")));
        }
        ObjectNode answer = JSON.objectNode().put("billNo", bill);
        ObjectNode counted = answer.putObject("counts");
        FINDINGS.forEach(f -> counted.put(f, counts.getOrDefault(f, 0)));
        answer.put("theirs", sums[0]).put("ours", sums[1]);
        answer.set("lines", lines);
        return answer;
    }

    private boolean exists(String bill) {
        return Boolean.TRUE.equals(
                db.queryForObject("select exists (select from bill_line where bill = ?)", Boolean.class, bill));
    }

    private static void add(BigDecimal[] sums, ResultSet row) throws SQLException {
        BigDecimal theirs = row.getBigDecimal("charged");
        BigDecimal ours = row.getBigDecimal("ours");
        sums[0] = theirs == null ? sums[0] : sums[0].add(theirs);
        sums[1] = ours == null ? sums[1] : sums[1].add(ours);
    }

    private static ObjectNode shown(ResultSet row, String finding) throws SQLException {
        ObjectNode line = JSON.objectNode().put("finding", finding);
        if (row.getString("waybill_no") != null) {
            line.put("waybillNo", row.getString("waybill_no"));
        }
        if (row.getString("order_no") != null) {
            line.put("orderNo", row.getString("order_no"));
        }
        if (row.getString("line") != null) {
            line.put("line", row.getInt("line")).put("times", row.getInt("times"));
        }
        if (row.getBigDecimal("theirs") != null) {
            line.put("theirs", row.getBigDecimal("theirs"));
        }
        if (row.getBigDecimal("ours") != null) {
            line.put("ours", row.getBigDecimal("ours"));
        }
        return line;
    }
}
