package songda.settlement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.jdbc.core.JdbcTemplate;
import songda.audit.Audit;
import songda.clock.HubClock;
import songda.signature.Caller;
import songda.signature.NonceStore;
import songda.store.Sql;

/**
 * {@code to: settlement:book}: what facts owe is booked. {@code settlement:day}: the body becomes {@code {day, month, at, flagged}}
 * of business time, with the contract prices that were flagged and not lowered since (R04). {@code
 * settlement:statement}, {@code bill-keep} and {@code bill}: answers for the desk.
 */
@org.springframework.stereotype.Component("settlement")
public final class SettlementComponent extends DefaultComponent {

    private static final String FLAGGED = Sql.file("tariff-flagged");
    private final JdbcTemplate db;
    private final Books books;
    private final Statements statements;
    private final Bills bills;
    private final NonceStore nonces;
    private final Audit audit;
    private final Clock clock;

    SettlementComponent(
            JdbcTemplate db,
            Books books,
            Statements statements,
            Bills bills,
            NonceStore nonces,
            Audit audit,
            HubClock clock) {
        this.db = db;
        this.books = books;
        this.statements = statements;
        this.bills = bills;
        this.nonces = nonces;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        exchange.getIn().setBody(answer(remaining, exchange));
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException("settlement: answers, it does not ask");
            }

            @Override
            public boolean isRemote() {
                return false;
            }
        };
    }

    private JsonNode answer(String request, Exchange exchange) {
        Message in = exchange.getIn();
        return switch (request) {
            case "book" -> JsonNodeFactory.instance.objectNode().put("rows", books.book());
            case "day" -> day();
            case "statement" -> {
                desk(exchange);
                yield statements.of(
                        in.getHeader("unit", String.class), YearMonth.parse(in.getHeader("month", String.class)));
            }
            case "bill" -> {
                desk(exchange);
                yield bills.compare(in.getHeader("billNo", String.class));
            }
            case "bill-keep" -> keep(desk(exchange), in.getBody(JsonNode.class));
            default ->
                throw new IllegalArgumentException(
                        "settlement:" + request
                                + ": write settlement:book, settlement:day, settlement:statement, settlement:bill or settlement:bill-keep");
        };
    }

    private JsonNode day() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), HubClock.ZONE);
        ObjectNode day = JsonNodeFactory.instance
                .objectNode()
                .put("day", today.toString())
                .put("month", YearMonth.from(today).toString())
                .put("at", HubClock.local(clock.instant()));
        ArrayNode flagged = day.putArray("flagged");
        db.queryForList(FLAGGED, String.class).forEach(flagged::add);
        return day;
    }

    private JsonNode keep(Caller caller, JsonNode bill) {
        nonces.consume(caller);
        JsonNode kept = bills.keep(bill);
        audit.write(caller.client(), "bill.keep", null, bill.path("billNo").asText(), kept);
        return kept;
    }

    private static Caller desk(Exchange exchange) {
        return exchange.getProperty("caller", Caller.class).desk();
    }
}
