package songda.settlement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import songda.clock.HubClock;
import songda.mapping.Mappings;
import songda.order.Orders;

/** Books everything that was reported, and what the months of two units say then; nothing of it stays. */
public final class LedgerCase implements Function<ApplicationContext, List<String>> {

    @Override
    public List<String> apply(ApplicationContext hub) {
        return hub.getBean(TransactionTemplate.class).execute(status -> {
            status.setRollbackOnly();
            return played(hub);
        });
    }

    private static List<String> played(ApplicationContext hub) {
        JdbcTemplate db = hub.getBean(JdbcTemplate.class);
        HubClock clock = hub.getBean(HubClock.class);
        Books books = new Books(
                db, hub.getBean(TransactionTemplate.class), hub.getBean(Mappings.class), clock, Duration.ofDays(3));
        Statements statements = new Statements(db, hub.getBean(Orders.class), books, clock);
        List<String> said = new ArrayList<>();
        waits(db);
        said.add("booked " + books.book());
        // As after the restore of an older place.
        db.update("update ledger_place set xid = '0', id = 0");
        said.add("booked again " + books.book());
        for (int month = 10; month <= 12; month++) {
            describe(statements.of(LedgerMutants.UNIT, YearMonth.of(2026, month)), said);
        }
        describe(statements.of(LedgerMutants.OTHER, YearMonth.of(2026, 11)), said);
        return said;
    }

    private static void waits(JdbcTemplate db) {
        String first =
                "from fact f join orders o on o.id = f.subject where o.order_no = ? and f.name = 'parcel.accepted'";
        db.update(
                "insert into ledger_waiting (subject, fact, reason, since) select f.subject, f.id, '-', hub_now() "
                        + first,
                LedgerMutants.LATE);
        db.update("update ledger_place set (xid, id) = (select f.xid, f.id " + first + ")", LedgerMutants.LATE);
    }

    private static void describe(JsonNode statement, List<String> said) {
        said.add(words(statement, "unit", "month", "closed", "waiting") + " owed "
                + words(statement.path("totals"), "items", "postage", "services", "insurance", "total")
                + " paid at the door " + words(statement.path("recipientPaid"), "items", "total") + " collected "
                + words(statement.path("collected"), "total"));
        statement
                .path("lines")
                .forEach(line -> said.add("  "
                        + words(line, "day", "orderNo", "postage", "services", "insurance", "correction", "reversed")));
        statement
                .at("/collected/lines")
                .forEach(line -> said.add("  fee " + words(line, "day", "orderNo", "amount", "reversed")));
    }

    private static String words(JsonNode object, String... fields) {
        List<String> words = new ArrayList<>();
        for (String field : fields) {
            words.add(object.path(field).asText());
        }
        return String.join(" ", words);
    }
}
