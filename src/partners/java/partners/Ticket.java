package partners;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** The ticketing system: a ticket for each external reference, comments and closings by it, and a search. */
final class Ticket extends HttpPartner {
    /** External reference to the numbers that the sender gave to what it entered. */
    private final Map<String, Set<String>> tickets = new ConcurrentHashMap<>();

    Ticket(int port, Journal journal, ExecutorService pool) {
        super(Options.Place.ticket, port, journal, pool);
        journal.replay(line -> {
            if (line.path("answer").has("ticketNo"))
                enter(line.path("key").asText(), line.path("body").path("ref").asText(""));
        });
    }

    @Override
    Reply handle(Request request) {
        if (request.method().equals("GET") && request.path().equals("/tickets"))
            return search(request.query("externalRef"));
        return switch (request.path()) {
            case "/tickets" -> create(request.text("externalRef"), reference(request));
            case "/tickets/comment" -> known("comment", request.text("externalRef"), reference(request));
            case "/tickets/close" -> known("close", request.text("externalRef"), reference(request));
            default -> Reply.unknown(request.path());
        };
    }

    private static String reference(Request request) {
        return request.body().path("ref").asText("");
    }

    private Reply create(String ticket, String reference) {
        boolean fresh = !tickets.containsKey(ticket);
        enter(ticket, reference);
        return Reply.ok(
                "ticket", ticket, Json.object().put("ticketNo", number(ticket)).put("fresh", fresh));
    }

    private Reply known(String op, String ticket, String reference) {
        if (!tickets.containsKey(ticket))
            return new Reply(404, op, ticket, Json.object().put("code", "NO_TICKET"));
        enter(ticket, reference);
        return Reply.ok(op, ticket, Json.object().put("ticketNo", number(ticket)));
    }

    private Reply search(String ticket) {
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("tickets");
        Set<String> references = tickets.get(ticket);
        if (references != null) {
            ArrayNode refs = found.addObject()
                    .put("ticketNo", number(ticket))
                    .put("externalRef", ticket)
                    .putArray("refs");
            references.forEach(refs::add);
        }
        return Reply.ok("search", ticket, answer);
    }

    private void enter(String ticket, String reference) {
        Set<String> references = tickets.computeIfAbsent(ticket, key -> ConcurrentHashMap.newKeySet());
        if (!reference.isEmpty()) references.add(reference);
    }

    private static String number(String reference) {
        return "TK" + EmsNumber.digits("ticket/" + reference);
    }
}
