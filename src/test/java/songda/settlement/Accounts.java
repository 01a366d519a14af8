package songda.settlement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.YearMonth;
import org.awaitility.Awaitility;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import songda.clock.HubClock;
import songda.mapping.Mappings;
import songda.order.Orders;

/** The hub's books and statements for a test that plays without the whole hub. */
public final class Accounts {

    private static final String AHEAD =
            """
            select count(*) from fact f, ledger_place p
            where (f.xid, f.id) > (p.xid, p.id) and f.data ->> 'waived' is null and f.name in ('parcel.accepted',
              'parcel.acceptance-retracted', 'parcel.delivered', 'parcel.delivery-retracted', 'return.dispatched', 'remedy.refunded')""";

    private final JdbcTemplate db;
    private final Books books;
    private final Statements statements;

    public Accounts(ApplicationContext hub) {
        db = hub.getBean(JdbcTemplate.class);
        HubClock clock = hub.getBean(HubClock.class);
        books = new Books(
                db, hub.getBean(TransactionTemplate.class), hub.getBean(Mappings.class), clock, Duration.ofDays(3));
        statements = new Statements(db, hub.getBean(Orders.class), books, clock);
    }

    /** All that was recorded until now; another database's long transaction may hold up the last of it for a moment. */
    public void book() {
        books.book();
        if (ahead() > 0) {
            Awaitility.await().pollInSameThread().atMost(Duration.ofMinutes(1)).until(() -> {
                books.book();
                return ahead() == 0;
            });
        }
    }

    private long ahead() {
        return db.queryForObject(AHEAD, Long.class);
    }

    public JsonNode statement(String unit, YearMonth month) {
        book();
        return statements.of(unit, month);
    }
}
