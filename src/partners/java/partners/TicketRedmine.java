package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Redmine's REST: issues searched by a custom field, created, and changed with a note; closed ones since a time. */
final class TicketRedmine {
    static final String BASE = "/issues";
    private static final String REFERENCE = "1";
    private static final String ENTRIES = "2";
    private static final Set<String> CLOSED = Set.of("3", "5", "6");

    private final Tickets tickets;

    TicketRedmine(Tickets tickets) {
        this.tickets = tickets;
    }

    HttpPartner.Reply handle(HttpPartner.Request request, String user) {
        String path = request.path();
        if (path.equals("/issues.json"))
            return request.method().equals("GET")
                    ? list(request)
                    : create(request.body().path("issue"), user);
        if (!path.matches("/issues/\\d{1,9}\\.json") || !request.method().equals("PUT"))
            return HttpPartner.Reply.unknown(path);
        return tickets.get(Integer.parseInt(path.replaceAll("\\D", "")))
                .map(ticket -> change(ticket, request.body().path("issue"), user))
                .orElseGet(() -> HttpPartner.Reply.unknown(path));
    }

    private HttpPartner.Reply create(JsonNode issue, String user) {
        if (issue.path("subject").asText().isEmpty())
            return new HttpPartner.Reply(422, "ticket", "", Map.of("errors", List.of("Subject cannot be blank")));
        Tickets.Ticket ticket = tickets.create(custom(issue, REFERENCE));
        set(ticket, issue, user);
        return new HttpPartner.Reply(
                201, "ticket", ticket.reference, Json.object().set("issue", described(ticket)));
    }

    private HttpPartner.Reply change(Tickets.Ticket ticket, JsonNode issue, String user) {
        set(ticket, issue, user);
        boolean closes = CLOSED.contains(issue.path("status_id").asText());
        return new HttpPartner.Reply(204, closes ? "close" : "comment", ticket.reference, null);
    }

    private void set(Tickets.Ticket ticket, JsonNode issue, String user) {
        boolean closed = closed(ticket);
        issue.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getKey().equals("notes"))
                tickets.set(ticket, field.getKey(), field.getValue().asText(), user);
        });
        if (!closed && closed(ticket))
            ticket.fields.put("closed_on", Instant.now().toString().replaceFirst("\\.\\d+", ""));
        issue.path("custom_fields")
                .forEach(field -> ticket.fields.put(
                        "cf_" + field.path("id").asText(), field.path("value").asText()));
        for (String entry : custom(issue, ENTRIES).strip().split("\\s+")) ticket.entries.add(entry);
    }

    private static String custom(JsonNode issue, String id) {
        for (JsonNode field : issue.path("custom_fields"))
            if (field.path("id").asText().equals(id)) return field.path("value").asText();
        return "";
    }

    private HttpPartner.Reply list(HttpPartner.Request request) {
        String reference = request.query("cf_" + REFERENCE);
        String since = request.query("updated_on");
        boolean closed = "closed".equals(request.query("status_id"));
        List<Tickets.Ticket> found = tickets.find(ticket -> (reference == null || reference.equals(ticket.reference))
                && (!closed || closed(ticket))
                && (since == null || !ticket.changedAt.isBefore(Instant.parse(since.substring(2)))));
        ObjectNode page = Json.object();
        ArrayNode issues = page.putArray("issues");
        found.forEach(ticket -> issues.add(described(ticket)));
        return HttpPartner.Reply.ok(
                "search", reference == null ? "" : reference, page.put("total_count", found.size()));
    }

    /** An issue is new until somebody says otherwise. */
    private static String status(Tickets.Ticket ticket) {
        return ticket.fields.getOrDefault("status_id", "1");
    }

    private static boolean closed(Tickets.Ticket ticket) {
        return CLOSED.contains(status(ticket));
    }

    private static ObjectNode described(Tickets.Ticket ticket) {
        ObjectNode issue = Json.object().put("id", ticket.id).put("subject", ticket.get("subject"));
        issue.putObject("status").put("id", Integer.parseInt(status(ticket)));
        issue.put("updated_on", ticket.changedAt.toString()).put("closed_on", ticket.get("closed_on"));
        ArrayNode fields = issue.putArray("custom_fields");
        ticket.fields.forEach((name, value) -> {
            if (name.startsWith("cf_"))
                fields.addObject()
                        .put("id", Integer.parseInt(name.substring(3)))
                        .put("value", value);
        });
        return issue;
    }
}
