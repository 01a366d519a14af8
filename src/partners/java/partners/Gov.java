package partners;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** The government service network: pushes orders, receives their status. */
final class Gov extends HttpPartner {
    private final Set<String> statuses = ConcurrentHashMap.newKeySet();

    Gov(int port, Journal journal, ExecutorService pool) {
        super(Options.Place.gov, port, journal, pool);
        journal.replay(line -> {
            if (line.path("op").asText().equals("status"))
                statuses.add(line.path("key").asText());
        });
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
