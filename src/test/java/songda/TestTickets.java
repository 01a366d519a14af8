package songda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A ticketing system as Request Tracker speaks: what the hub wrote, and what people did who are no hub. */
final class TestTickets {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FIELD = Pattern.compile("'CF\\.\\{(\\w+)}' = '([^']*)'");
    private final List<ObjectNode> tickets = new ArrayList<>();
    /** Each is a second of its own: two of one test would be one. */
    private int resolutions;

    /** {@code /ticket/search|lost|changes|create|raise|comment}, whatever number stands in the path. */
    static String path(String path, String query) {
        if (path.endsWith("/tickets")) {
            return query.contains("'CF.{SongdaEntry}'")
                    ? "/ticket/lost"
                    : query.contains("LastUpdated >= ") ? "/ticket/changes" : "/ticket/search";
        } else if (path.endsWith("/comment")) {
            return "/ticket/comment";
        }
        return path.endsWith("/ticket") ? "/ticket/create" : "/ticket/raise";
    }

    /** The external reference of the ticket whose number stands in a path, or nothing. */
    synchronized String reference(String path) {
        Matcher number = Pattern.compile("/ticket/(\\d+)").matcher(path);
        return number.find()
                ? tickets.get(Integer.parseInt(number.group(1)) - 1)
                        .path("SongdaRef")
                        .asText()
                : "";
    }

    synchronized String answer(String path, String realPath, String query, String body) {
        try {
            return switch (path) {
                case "/ticket/search", "/ticket/lost" -> search(query);
                case "/ticket/changes" -> changes();
                case "/ticket/create" -> create((ObjectNode) JSON.readTree(body));
                default -> write(realPath, JSON.readTree(body));
            };
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Also of a ticket that the hub has never heard of. */
    synchronized void change(String reference, String field, String value, String who) {
        ObjectNode ticket = tickets.stream()
                .filter(t -> t.path("SongdaRef").asText().equals(reference))
                .reduce((first, second) -> second)
                .orElseGet(() -> {
                    create(JSON.createObjectNode()
                            .set("CustomFields", JSON.createObjectNode().put("SongdaRef", reference)));
                    return tickets.get(tickets.size() - 1);
                });
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        ticket.put(field, value).put("LastUpdated", now).put("LastUpdatedBy", who);
        if (value.equals("resolved")) {
            ticket.put("Resolved", Instant.parse(now).plusSeconds(resolutions++).toString());
        }
    }

    private String changes() {
        ArrayNode changed = JSON.createArrayNode();
        tickets.stream().filter(t -> t.has("LastUpdated")).forEach(t -> changed.add(described(t)));
        return page(changed);
    }

    private String create(ObjectNode body) {
        ObjectNode ticket = JSON.createObjectNode().put("id", String.valueOf(tickets.size() + 1));
        ticket.put("Status", "new").set("SongdaRef", body.path("CustomFields").path("SongdaRef"));
        ticket.putArray("SongdaEntry");
        ticket.set("Owner", body.path("Owner"));
        ticket.set("SongdaOwner", body.path("Owner"));
        tickets.add(ticket);
        return "{\"id\":\"" + ticket.path("id").asText() + "\",\"type\":\"ticket\"}";
    }

    private String write(String path, JsonNode body) {
        Matcher number = Pattern.compile("/ticket/(\\d+)").matcher(path);
        if (!number.find()) {
            throw new IllegalStateException("no ticket at " + path);
        }
        ObjectNode ticket = tickets.get(Integer.parseInt(number.group(1)) - 1);
        if (body.has("Status")) {
            ticket.set("Status", body.get("Status"));
        }
        for (String field : List.of("SongdaEntry", "SongdaState", "SongdaOwner")) {
            if (body.path("CustomFields").has(field)) {
                ticket.set(field, body.path("CustomFields").get(field));
            }
        }
        if (body.has("Owner")) {
            ticket.set("Owner", body.get("Owner"));
        }
        return "[\"done\"]";
    }

    private String search(String query) {
        Matcher field = FIELD.matcher(query);
        if (!field.find()) {
            throw new IllegalStateException("no field in " + query);
        }
        ArrayNode found = JSON.createArrayNode();
        for (int i = tickets.size() - 1; i >= 0; i--) {
            ObjectNode ticket = tickets.get(i);
            JsonNode value = ticket.get(field.group(1));
            if (value.isArray()
                    ? value.toString().contains('"' + field.group(2) + '"')
                    : value.asText().equals(field.group(2))) {
                found.add(described(ticket));
            }
        }
        return page(found);
    }

    private static ObjectNode described(ObjectNode ticket) {
        ObjectNode item = JSON.createObjectNode();
        item.set("id", ticket.get("id"));
        item.put("type", "ticket").set("Status", ticket.get("Status"));
        ArrayNode fields = item.putArray("CustomFields");
        item.putObject("Owner").put("id", ticket.path("Owner").asText("Nobody"));
        item.putObject("LastUpdatedBy").put("id", ticket.path("LastUpdatedBy").asText("songda"));
        item.set("LastUpdated", ticket.path("LastUpdated"));
        item.set("Resolved", ticket.path("Resolved"));
        for (String field : List.of("SongdaRef", "SongdaOwner", "SongdaState")) {
            if (ticket.hasNonNull(field)) {
                fields.addObject().put("name", field).putArray("values").add(ticket.get(field));
            }
        }
        fields.addObject().put("name", "SongdaEntry").set("values", ticket.get("SongdaEntry"));
        return item;
    }

    private static String page(ArrayNode items) {
        return JSON.createObjectNode()
                .put("total", items.size())
                .<ObjectNode>set("items", items)
                .toString();
    }
}
