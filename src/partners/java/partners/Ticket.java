package partners;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ExecutorService;

/** The ticketing system, in the dialect in which it is spoken to. Who logs in says who changes something. */
final class Ticket extends HttpPartner {
    private final TicketRt rt;
    private final TicketRedmine redmine;
    private final TicketHook hook = new TicketHook();

    Ticket(int port, Journal journal, ExecutorService pool) {
        super(Options.Place.ticket, port, journal, pool);
        Tickets tickets = new Tickets();
        rt = new TicketRt(tickets);
        redmine = new TicketRedmine(tickets);
        journal.replay(line -> {
            if (line.path("status").asInt() / 100 == 2 && !line.path("body").has("issue")) rt.again(line);
        });
    }

    @Override
    Reply handle(Request request) {
        if (request.path().equals(TicketHook.PATH)) return hook.handle(request, request.raw());
        String user = user(request.header("Authorization"));
        if (user == null)
            return new Reply(401, request.path(), "", Json.object().put("message", "Unauthorized"));
        if (request.path().startsWith(TicketRt.BASE)) return rt.handle(request, user);
        if (request.path().startsWith(TicketRedmine.BASE)) return redmine.handle(request, user);
        return Reply.unknown(request.path());
    }

    /** @return the name of HTTP's Basic authentication, or null */
    private static String user(String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) return null;
        String pair = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        return colon > 0 && colon < pair.length() - 1 ? pair.substring(0, colon) : null;
    }
}
