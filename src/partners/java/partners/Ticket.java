package partners;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** The ticketing system: a ticket for each external reference, comments and closings by it. */
final class Ticket extends HttpPartner {
    private final Set<String> tickets = ConcurrentHashMap.newKeySet();

    Ticket(int port, Journal journal, ExecutorService pool) {
        super(Options.Place.ticket, port, journal, pool);
        journal.replay(line -> {
            if (line.path("op").asText().equals("ticket") && line.path("answer").has("ticketNo"))
                tickets.add(line.path("key").asText());
        });
    }

    @Override
    Reply handle(Request request) {
        return switch (request.path()) {
            case "/tickets" -> create(request.text("externalRef"));
            case "/tickets/comment" -> known("comment", request.text("externalRef"));
            case "/tickets/close" -> known("close", request.text("externalRef"));
            default -> Reply.unknown(request.path());
        };
    }

    private Reply create(String reference) {
        boolean fresh = tickets.add(reference);
        return Reply.ok(
                "ticket",
                reference,
                Json.object().put("ticketNo", number(reference)).put("fresh", fresh));
    }

    private Reply known(String op, String reference) {
        if (!tickets.contains(reference))
            return new Reply(404, op, reference, Json.object().put("code", "NO_TICKET"));
        return Reply.ok(op, reference, Json.object().put("ticketNo", number(reference)));
    }

    private static String number(String reference) {
        return "TK" + EmsNumber.digits("ticket/" + reference);
    }
}
