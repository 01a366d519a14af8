package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Request Tracker's REST 2: tickets searched by a custom field, created, changed, commented on; those that changed since a time. */
final class TicketRt {
    static final String BASE = "/REST/2.0/";
    private static final Pattern FIELD = Pattern.compile("'CF\\.\\{(\\w+)}' = '([^']*)'");
    private static final Pattern SINCE =
            Pattern.compile("LastUpdated >= '(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)'");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Set<String> ONE_EACH = Set.of("Subject", "Owner", "Priority", "Due", "Status");
    private static final int MOST = 100;

    private final Tickets tickets;

    TicketRt(Tickets tickets) {
        this.tickets = tickets;
    }

    HttpPartner.Reply handle(HttpPartner.Request request, String user) {
        String[] path = request.path().substring(BASE.length()).split("/");
        if (request.method().equals("GET"))
            return path[0].equals("tickets") ? search(request.query("query")) : none(request);
        if (path.length == 1 && path[0].equals("ticket") && request.method().equals("POST"))
            return create(request.body(), user);
        if (path.length < 2 || !path[0].equals("ticket") || !path[1].matches("\\d{1,9}")) return none(request);
        return tickets.get(Integer.parseInt(path[1]))
                .map(ticket -> path.length == 2 && request.method().equals("PUT")
                        ? change(ticket, request.body(), user)
                        : path.length == 3 && path[2].equals("comment")
                                ? comment(ticket, request.body(), user)
                                : none(request))
                .orElseGet(() -> none(request));
    }

    /** What was done before a restart, again: the newest ticket of the reference is meant. */
    void again(JsonNode line) {
        JsonNode body = line.path("body");
        String reference = line.path("key").asText();
        switch (line.path("op").asText()) {
            case "ticket" -> create(body, Tickets.HUB);
            case "raise" -> newest(reference).forEach(ticket -> change(ticket, body, Tickets.HUB));
            case "comment", "close" -> newest(reference).forEach(ticket -> comment(ticket, body, Tickets.HUB));
            default -> {
                return;
            }
        }
    }

    private List<Tickets.Ticket> newest(String reference) {
        return tickets.find(ticket -> ticket.reference.equals(reference)).stream()
                .limit(1)
                .toList();
    }

    private HttpPartner.Reply create(JsonNode body, String user) {
        if (body.path("Queue").asText().isEmpty())
            throw new IllegalArgumentException("Could not create ticket. Queue not set");
        Tickets.Ticket ticket =
                tickets.create(body.path("CustomFields").path("SongdaRef").asText());
        tickets.set(ticket, "Status", "new", user);
        set(ticket, body, user);
        return new HttpPartner.Reply(201, "ticket", ticket.reference, reference("ticket", String.valueOf(ticket.id)));
    }

    private HttpPartner.Reply change(Tickets.Ticket ticket, JsonNode body, String user) {
        set(ticket, body, user);
        return HttpPartner.Reply.ok("raise", ticket.reference, List.of("Ticket " + ticket.id + ": changed"));
    }

    private HttpPartner.Reply comment(Tickets.Ticket ticket, JsonNode body, String user) {
        if (body.path("Content").asText().isEmpty()
                || body.path("ContentType").asText().isEmpty())
            throw new IllegalArgumentException("ContentType is a required field for application/json");
        set(ticket, body, user);
        boolean closes = body.path("Status").asText().equals("resolved");
        return new HttpPartner.Reply(201, closes ? "close" : "comment", ticket.reference, List.of("Comments added"));
    }

    private void set(Tickets.Ticket ticket, JsonNode body, String user) {
        body.properties().forEach(field -> {
            if (ONE_EACH.contains(field.getKey()))
                tickets.set(ticket, field.getKey(), field.getValue().asText(), user);
        });
        if ("resolved".equals(ticket.get("Status")) && body.has("Status"))
            ticket.fields.put("Resolved", ticket.changedAt.toString());
        body.path("CustomFields").properties().forEach(field -> {
            if (field.getKey().equals("SongdaEntry")) {
                ticket.entries.clear();
                field.getValue().forEach(entry -> ticket.entries.add(entry.asText()));
            } else {
                ticket.fields.put(field.getKey(), field.getValue().asText());
            }
        });
    }

    private HttpPartner.Reply search(String query) {
        Matcher since = SINCE.matcher(query == null ? "" : query);
        if (since.find()) {
            Instant from =
                    LocalDateTime.parse(since.group(1), LOCAL).atZone(ZONE).toInstant();
            return page("changes", "", tickets.find(ticket -> !ticket.changedAt.isBefore(from)));
        }
        Matcher field = FIELD.matcher(query == null ? "" : query);
        if (!field.find()) return page("changes", "", tickets.find(ticket -> true));
        String value = field.group(2);
        return page(
                "search",
                value,
                tickets.find(ticket -> field.group(1).equals("SongdaEntry")
                        ? ticket.entries.contains(value)
                        : value.equals(ticket.reference)));
    }

    /** The newest first, or the oldest change. */
    private static HttpPartner.Reply page(String op, String key, List<Tickets.Ticket> found) {
        Comparator<Tickets.Ticket> order = op.equals("changes")
                ? Comparator.comparing((Tickets.Ticket ticket) -> ticket.changedAt)
                : Comparator.comparing((Tickets.Ticket ticket) -> -ticket.id);
        ObjectNode page =
                Json.object().put("count", found.size()).put("page", 1).put("per_page", MOST);
        ArrayNode items = page.putArray("items");
        found.stream().sorted(order).limit(MOST).forEach(ticket -> items.add(described(ticket)));
        return HttpPartner.Reply.ok(op, key, page);
    }

    private static ObjectNode described(Tickets.Ticket ticket) {
        ObjectNode item = reference("ticket", String.valueOf(ticket.id)).put("Status", ticket.get("Status"));
        item.put("LastUpdated", ticket.changedAt.toString());
        item.put("Resolved", ticket.fields.getOrDefault("Resolved", "1970-01-01T00:00:00Z"));
        item.set("LastUpdatedBy", reference("user", ticket.changedBy));
        item.set("Owner", reference("user", ticket.get("Owner") == null ? "Nobody" : ticket.get("Owner")));
        ArrayNode fields = item.putArray("CustomFields");
        ticket.fields.forEach((name, value) -> {
            if (name.startsWith("Songda"))
                fields.addObject().put("name", name).putArray("values").add(value);
        });
        ArrayNode entries = fields.addObject().put("name", "SongdaEntry").putArray("values");
        ticket.entries.forEach(entries::add);
        return item;
    }

    private static ObjectNode reference(String type, String id) {
        return Json.object().put("id", id).put("type", type).put("_url", BASE + type + "/" + id);
    }

    private static HttpPartner.Reply none(HttpPartner.Request request) {
        return new HttpPartner.Reply(404, request.path(), "", Json.object().put("message", "No match found"));
    }
}
