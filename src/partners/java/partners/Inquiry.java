package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;

/**
 * The inquiry (查验) platform: one open case per item, or bag, and reason, reminders, closings, a query, and replies that it pushes on request.
 */
final class Inquiry extends HttpPartner {
    private final Map<String, Chase> chases = new HashMap<>();
    private final BiConsumer<String, String> onOpened;
    private int replies;

    /** onOpened: number of the item or bag, reason; only for a chase that was not open. */
    Inquiry(int port, Journal journal, ExecutorService pool, BiConsumer<String, String> onOpened) {
        super(Options.Place.inquiry, port, journal, pool);
        this.onOpened = onOpened;
        journal.replay(this::again);
    }

    private void again(JsonNode line) {
        if (line.path("status").asInt() != 200 || line.path("end").asText().equals("http500")) return;
        String subject = line.path("key").asText();
        String reference = line.path("body").path("ref").asText("");
        if (line.path("op").asText().equals("chase")) open(subject, reference);
        if (line.path("op").asText().equals("remind")) remind(subject, reference);
        if (line.path("op").asText().equals("close")) close(subject, reference);
    }

    @Override
    Reply handle(Request request) {
        if (request.method().equals("GET") && request.path().equals("/chases")) {
            String item = request.query("bagNo") == null ? request.query("waybillNo") : request.query("bagNo");
            return query(item + "/" + request.query("reason"));
        }
        String reference = request.body().path("ref").asText("");
        String subject = request.path().startsWith("/chases") ? item(request) + "/" + request.text("reason") : "";
        return switch (request.path()) {
            case "/chases" -> chase(request, subject, reference);
            case "/chases/remind" -> remind(subject, reference);
            case "/chases/close" -> close(subject, reference);
            default -> Reply.unknown(request.path());
        };
    }

    private static String item(Request request) {
        return request.text(request.body().has("bagNo") ? "bagNo" : "waybillNo");
    }

    /**
     * A reply in the case of this item, or bag, and reason, as it is pushed to the hub.
     *
     * @param wanted {@code {waybillNo | bagNo, reason}} and whatever else the reply shall say
     */
    synchronized ObjectNode reply(JsonNode wanted, String at) {
        String item = wanted.path(wanted.has("bagNo") ? "bagNo" : "waybillNo").asText();
        Chase chase = chases.get(item + "/" + wanted.path("reason").asText());
        if (chase == null && !wanted.has("chaseNo")) throw new IllegalArgumentException("no case of " + item);
        ObjectNode reply = Json.object().put("chaseNo", chase == null ? "" : chase.number);
        reply.put("replyNo", Integer.toString(++replies)).put("at", at);
        reply.put("org", "31131101").put("staff", "王经办").put("text", "已转投递班组核查，联系电话 13800000000");
        wanted.properties().forEach(field -> reply.set(field.getKey(), field.getValue()));
        return reply;
    }

    private Reply chase(Request request, String subject, String reference) {
        boolean fresh;
        Chase chase;
        synchronized (this) {
            Chase before = chases.get(subject);
            fresh = before == null || !before.open;
            chase = open(subject, reference);
        }
        if (fresh) onOpened.accept(item(request), request.text("reason"));
        return Reply.ok(
                "chase", subject, Json.object().put("chaseNo", chase.number).put("fresh", fresh));
    }

    private synchronized Reply query(String subject) {
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("chases");
        Chase chase = chases.get(subject);
        if (chase != null) {
            ArrayNode refs = found.addObject()
                    .put("chaseNo", chase.number)
                    .put("open", chase.open)
                    .putArray("refs");
            chase.references.forEach(refs::add);
        }
        return Reply.ok("query", subject, answer);
    }

    private synchronized Reply remind(String subject, String reference) {
        Chase chase = chases.get(subject);
        if (chase == null || !chase.open) return none("remind", subject);
        chases.put(subject, chase.with(reference, true, chase.reminders + 1));
        ObjectNode answer = Json.object().put("chaseNo", chase.number);
        return Reply.ok("remind", subject, answer.put("reminderNo", chase.number + "-" + (chase.reminders + 1)));
    }

    private synchronized Reply close(String subject, String reference) {
        Chase chase = chases.get(subject);
        if (chase == null) return none("close", subject);
        chases.put(subject, chase.with(reference, false, chase.reminders));
        return Reply.ok(
                "close", subject, Json.object().put("chaseNo", chase.number).put("closed", true));
    }

    private synchronized Chase open(String subject, String reference) {
        return chases.compute(subject, (key, before) -> {
            if (before != null && before.open) return before.with(reference, true, before.reminders);
            int round = before == null ? 1 : before.round + 1;
            Set<String> references = new LinkedHashSet<>(before == null ? Set.of() : before.references);
            return new Chase("CY" + EmsNumber.digits("chase/" + key + "/" + round), round, true, 0, references)
                    .with(reference, true, 0);
        });
    }

    private static Reply none(String op, String subject) {
        return new Reply(
                404, op, subject, Json.object().put("code", "NO_OPEN_CHASE").put("subject", subject));
    }

    private record Chase(String number, int round, boolean open, int reminders, Set<String> references) {
        Chase with(String reference, boolean stillOpen, int reminded) {
            if (!reference.isEmpty()) references.add(reference);
            return new Chase(number, round, stillOpen, reminded, references);
        }
    }
}
