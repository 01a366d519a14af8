package songda.settlement;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.clock.HubClock;
import songda.failure.Unmappable;
import songda.mapping.Mappings;
import songda.store.Columns;
import songda.store.Ids;
import songda.store.Sql;

/**
 * Books what facts owe, in the order of their commits, from where it stopped: a batch and its place are one transaction, on one node at a time. Booking
 * apart from the recording of a fact, a gap in the price list holds up an amount and never a scan; what waits is tried again each time.
 */
@Component
public final class Books {

    private static final Logger LOG = LoggerFactory.getLogger(Books.class);
    private static final String NEXT = Sql.file("ledger-next");
    private static final String WAITING = Sql.file("ledger-waiting");
    private static final String STANDING = Sql.file("ledger-standing");
    private static final String SETTLED = Sql.file("ledger-settled");
    private static final String WAITS = Sql.file("ledger-waits");
    private static final String FORGOTTEN = Sql.file("ledger-forgotten");
    private static final String INSERT = Sql.file("ledger-insert");
    private static final int BATCH = 500;

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final Pricing pricing;
    private final Periods periods;
    private final Ids ids;
    private final Clock clock;

    Books(
            JdbcTemplate db,
            TransactionTemplate transaction,
            Mappings mappings,
            HubClock clock,
            @Value("${songda.settlement.close:P3D}") Duration close) {
        this.db = db;
        this.transaction = transaction;
        this.pricing = new Pricing(mappings);
        this.periods = new Periods(close);
        this.ids = new Ids(JdbcClient.create(db));
        this.clock = clock;
    }

    Periods periods() {
        return periods;
    }

    private record Place(String xid, long id) {}

    /** All that was recorded until now. @return how many rows were written */
    public int book() {
        int written = 0;
        boolean waiting = true;
        for (int facts = BATCH; facts == BATCH; waiting = false) {
            boolean retry = waiting;
            Round round = transaction.execute(status -> round(retry));
            facts = round.facts();
            written += round.rows();
        }
        return written;
    }

    private record Round(int facts, int rows) {}

    private Round round(boolean retry) {
        Place place = db.queryForObject(
                "select xid::text, id from ledger_place for update",
                (row, n) -> new Place(row.getString(1), row.getLong(2)));
        int rows = retry ? write(db.query(WAITING, (row, n) -> Moved.read(row), BATCH)) : 0;
        List<Moved> next = db.query(NEXT, (row, n) -> Moved.read(row), place.xid(), place.id(), BATCH);
        rows += write(next);
        if (!next.isEmpty()) {
            Moved last = next.get(next.size() - 1);
            db.update("update ledger_place set xid = ?::xid8, id = ?", last.xid(), last.fact());
        }
        return new Round(next.size(), rows);
    }

    private record Entry(Booking booking, Moved cause) {}

    private int write(List<Moved> facts) {
        Standing standing = standing(facts);
        List<Entry> entries = new ArrayList<>();
        List<Moved> settled = new ArrayList<>();
        for (Moved moved : facts) {
            if (standing.booked(moved)) {
                settled.add(moved);
            } else if (moved.cause().takesBack) {
                takeBack(moved, standing, entries);
            } else if (!standing.stands(moved)) {
                owe(moved, standing, entries, settled);
            } else {
                settled.add(moved);
            }
        }
        settle(settled);
        return insert(entries);
    }

    private void takeBack(Moved moved, Standing standing, List<Entry> entries) {
        for (Booking booking : standing.concernedBy(moved)) {
            standing.takeBack(booking, moved.cause());
            entries.add(new Entry(booking.reversed(ids.next()), moved));
        }
        if (moved.cause().ends(moved.order().path("payer").asText())) {
            db.update(
                    FORGOTTEN,
                    moved.subject(),
                    moved.cause().book == Booking.Book.FEE ? Cause.DELIVERED.fact : Cause.ACCEPTED.fact,
                    moved.fact());
        }
    }

    private void owe(Moved moved, Standing standing, List<Entry> entries, List<Moved> settled) {
        List<Pricing.Line> lines;
        try {
            lines = pricing.of(moved);
        } catch (Unmappable e) {
            waits(moved, e.getMessage());
            return;
        }
        settled.add(moved);
        for (Pricing.Line line : lines) {
            Booking booking = booking(moved, line, standing.turn(moved, line.item()));
            standing.add(booking);
            entries.add(new Entry(booking, moved));
        }
    }

    private Booking booking(Moved moved, Pricing.Line line, long turn) {
        return new Booking(
                moved.subject(),
                ids.next(),
                moved.cause().book,
                line.item(),
                turn,
                null,
                Pricing.unit(moved.order()),
                moved.cause().book == Booking.Book.FEE
                        ? "RECIPIENT"
                        : moved.order().path("payer").asText(),
                line.amount(),
                line.rule(),
                line.row());
    }

    private void waits(Moved moved, String reason) {
        int fresh = db.update(WAITS, moved.subject(), moved.fact(), reason);
        if (fresh > 0) {
            LOG.warn("价目表算不出一个订单的费用 / the price list has no price for an order: {} {}", moved.subject(), reason);
        }
    }

    private void settle(List<Moved> settled) {
        if (!settled.isEmpty()) {
            db.execute((ConnectionCallback<Integer>) c -> new Columns<>(c, SETTLED, settled)
                    .longs(Moved::subject)
                    .longs(Moved::fact)
                    .update());
        }
    }

    private Standing standing(List<Moved> facts) {
        Standing standing = new Standing();
        Set<Long> subjects = new HashSet<>();
        facts.forEach(f -> subjects.add(f.subject()));
        if (!subjects.isEmpty()) {
            db.query(STANDING, s -> s.setArray(1, s.getConnection().createArrayOf("int8", subjects.toArray())), row -> {
                Booking booking = read(row);
                standing.add(booking);
                standing.knows(row.getLong("cause"));
                if (row.getString("reversed_by") != null) {
                    standing.knows(row.getLong("reversed_cause"));
                    standing.takeBack(booking, Cause.of(row.getString("reversed_by")));
                }
            });
        }
        return standing;
    }

    private static Booking read(ResultSet row) throws SQLException {
        return new Booking(
                row.getLong("subject"),
                row.getLong("id"),
                Booking.Book.valueOf(row.getString("book")),
                row.getString("line"),
                row.getLong("turn"),
                null,
                row.getString("unit"),
                row.getString("payer"),
                row.getBigDecimal("amount"),
                row.getString("rule"),
                row.getString("price_row"));
    }

    private int insert(List<Entry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        Instant now = clock.instant();
        return db.execute(
                (ConnectionCallback<Integer>) c -> columns(c, entries, now).update());
    }

    private Columns<Entry> columns(Connection connection, List<Entry> entries, Instant now) throws SQLException {
        return new Columns<>(connection, INSERT, entries)
                .longs(e -> e.booking().subject())
                .longs(e -> e.booking().id())
                .texts(e -> e.booking().book())
                .texts(e -> e.booking().line())
                .longs(e -> e.booking().turn())
                .longs(e -> e.cause().fact())
                .longs(e -> e.booking().reverses())
                .texts(e -> e.booking().unit())
                .texts(e -> e.booking().payer())
                .texts(e -> e.booking().amount())
                .texts(e -> e.booking().rule())
                .texts(e -> e.booking().row())
                .texts(e -> e.cause().at())
                .texts(e -> now)
                .texts(e -> periods.of(e.cause().at(), now));
    }
}
