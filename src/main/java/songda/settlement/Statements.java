package songda.settlement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.order.Orders;
import songda.person.Mask;
import songda.store.Sql;

/** One unit's month: what it owes for carriage, and apart from that what was collected for it (R12, R94). Names are masked. */
@Component
final class Statements {

    private static final String LINES = Sql.file("statement-lines");
    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(2);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final JdbcTemplate db;
    private final Orders orders;
    private final Books books;
    private final Clock clock;

    Statements(JdbcTemplate db, Orders orders, Books books, HubClock clock) {
        this.db = db;
        this.orders = orders;
        this.books = books;
        this.clock = clock;
    }

    /** One order in one book. */
    private record Line(
            ObjectNode order,
            String name,
            Booking.Book book,
            String payer,
            Instant day,
            boolean correction,
            boolean reversed,
            BigDecimal postage,
            BigDecimal services,
            BigDecimal insurance,
            BigDecimal collected) {

        BigDecimal total() {
            return postage.add(services).add(insurance);
        }

        String documents() {
            List<String> types = new ArrayList<>();
            order.path("documents").forEach(d -> types.add(d.path("type").asText()));
            return String.join("、", types);
        }
    }

    /**
     * @param unit credit code
     * @return {@code {unit, name, month, closed, closesAt, waiting, lines, totals, byDocument, collected, recipientPaid}}, amounts in yuan with two places
     */
    ObjectNode of(String unit, YearMonth month) {
        books.book();
        List<Line> all = db.query(LINES, (row, n) -> line(row), unit, month.toString());
        List<Line> owed = all.stream()
                .filter(l -> l.book() == Booking.Book.POSTAGE && l.payer().equals("SENDER"))
                .toList();
        ObjectNode statement = JSON.objectNode().put("unit", unit);
        all.stream()
                .map(l -> l.order().at("/office/name").asText(""))
                .filter(name -> !name.isEmpty())
                .reduce((a, b) -> b)
                .ifPresent(name -> statement.put("name", name));
        statement
                .put("month", month.toString())
                .put("closed", books.periods().closed(month, clock.instant()))
                .put("closesAt", HubClock.local(books.periods().closing(month)))
                .put("waiting", waiting(unit));
        ArrayNode lines = statement.putArray("lines");
        owed.forEach(l -> lines.add(shown(l, lines.size() + 1)));
        statement.set("totals", totals(owed));
        statement.set("byDocument", byDocument(owed));
        statement.set("collected", collected(all));
        statement.set("recipientPaid", recipientPaid(all));
        return statement;
    }

    private Line line(ResultSet row) throws SQLException {
        ObjectNode beside = orders.withRecipient(row);
        ObjectNode order = (ObjectNode) beside.path("order");
        order.put("orderNo", row.getString("order_no")).put("destCounty", row.getString("dest_county"));
        order.put("service", row.getString("service"));
        return new Line(
                order,
                Mask.name(beside.at("/person/recipient/name").asText()),
                Booking.Book.valueOf(row.getString("book")),
                row.getString("payer"),
                row.getObject("day", OffsetDateTime.class).toInstant(),
                row.getBoolean("correction"),
                row.getBoolean("reversed"),
                amount(row, "postage"),
                amount(row, "services"),
                amount(row, "insurance"),
                amount(row, "collected"));
    }

    private static BigDecimal amount(ResultSet row, String column) throws SQLException {
        BigDecimal amount = row.getBigDecimal(column);
        return amount == null ? NOTHING : amount;
    }

    private static ObjectNode shown(Line l, int no) {
        return item(l, no)
                .put("destCounty", l.order().path("destCounty").asText())
                .put("documents", l.documents())
                .put("service", l.order().path("service").asText())
                .put("postage", l.postage())
                .put("services", l.services())
                .put("insurance", l.insurance())
                .put("total", l.total());
    }

    private static ObjectNode item(Line l, int no) {
        return JSON.objectNode()
                .put("no", no)
                .put("day", HubClock.local(l.day()).substring(0, 10))
                .put("waybillNo", l.order().path("waybillNo").asText(""))
                .put("orderNo", l.order().path("orderNo").asText())
                .put("recipient", l.name())
                .put("correction", l.correction())
                .put("reversed", l.reversed());
    }

    private static ObjectNode totals(List<Line> owed) {
        return JSON.objectNode()
                .put("items", owed.size())
                .put("postage", owed.stream().map(Line::postage).reduce(NOTHING, BigDecimal::add))
                .put("services", owed.stream().map(Line::services).reduce(NOTHING, BigDecimal::add))
                .put("insurance", owed.stream().map(Line::insurance).reduce(NOTHING, BigDecimal::add))
                .put("total", owed.stream().map(Line::total).reduce(NOTHING, BigDecimal::add));
    }

    private static ArrayNode byDocument(List<Line> owed) {
        Map<String, List<Line>> groups = new TreeMap<>();
        owed.forEach(l ->
                groups.computeIfAbsent(l.documents(), d -> new ArrayList<>()).add(l));
        ArrayNode all = JSON.arrayNode();
        groups.forEach((documents, lines) -> all.addObject()
                .put("documents", documents)
                .put("items", lines.size())
                .put("total", lines.stream().map(Line::total).reduce(NOTHING, BigDecimal::add)));
        return all;
    }

    private static ObjectNode collected(List<Line> all) {
        ObjectNode collected = JSON.objectNode();
        ArrayNode lines = collected.putArray("lines");
        BigDecimal total = NOTHING;
        for (Line l : all) {
            if (l.book() == Booking.Book.FEE) {
                lines.add(item(l, lines.size() + 1).put("amount", l.collected()));
                total = total.add(l.collected());
            }
        }
        return collected.put("total", total);
    }

    private static ObjectNode recipientPaid(List<Line> all) {
        List<Line> paid = all.stream()
                .filter(l -> l.book() == Booking.Book.POSTAGE && l.payer().equals("RECIPIENT"))
                .toList();
        return JSON.objectNode()
                .put("items", paid.size())
                .put("total", paid.stream().map(Line::total).reduce(NOTHING, BigDecimal::add));
    }

    /** Orders of the unit whose price is not known yet: they come with the next statement, or with this one as long as it is open. */
    private int waiting(String unit) {
        return db.queryForObject(
                "select count(*) from ledger_waiting w join orders o on o.id = w.subject where o.detail #>> '{office,creditCode}' = ?",
                Integer.class,
                unit);
    }
}
