package partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** The government service network: pushes orders, receives their status. */
final class Gov extends HttpPartner {
    private final Set<String> statuses = ConcurrentHashMap.newKeySet();
    private final ExchangeTable exchange;

    Gov(int port, Journal journal, ExecutorService pool, ExchangeTable exchange) {
        super(Options.Place.gov, port, journal, pool);
        this.exchange = exchange;
        journal.replay(line -> {
            if (line.path("op").asText().equals("status"))
                statuses.add(line.path("key").asText());
        });
    }

    /** @return the {@code no} of the row */
    String row(JsonNode wanted, Instant now) throws IOException {
        try {
            String no = wanted.path("no").asText("");
            if (no.isEmpty()) return exchange.insert(made(wanted, now), () -> {});
            exchange.change(no, wanted.path("row"));
            return no;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static JsonNode made(JsonNode wanted, Instant now) throws IOException {
        return ExchangeTable.made(
                wanted.path("orderNo").asText(), wanted.path("like").asText("good"), wanted.path("row"), now);
    }

    @Override
    Reply handle(Request request) {
        if (!request.path().equals("/status")) return Reply.unknown(request.path());
        String key = request.header("Idempotency-Key");
        if (key == null) key = request.text("mail_num") + "+" + request.text("op_time") + "+" + request.text("op_code");
        boolean seen = !statuses.add(key);
        return Reply.ok("status", key, Json.object().put("code", "00000").put("duplicate", seen));
    }
}
