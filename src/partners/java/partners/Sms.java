package partners;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** The SMS gateway: takes every message, never idempotent, as the real one, and tells what it sent to a phone on a day. */
final class Sms extends HttpPartner {
    private static final int REMEMBERED = 100_000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");
    private final AtomicLong number = new AtomicLong(System.currentTimeMillis());
    private final Deque<Sent> sent = new ArrayDeque<>();

    Sms(int port, Journal journal, ExecutorService pool) {
        super(Options.Place.sms, port, journal, pool);
        journal.replay(line -> {
            if (line.path("op").asText().equals("sms") && line.path("answer").has("bizId"))
                remember(new Sent(
                        line.path("body").path("phone").asText(),
                        line.path("key").asText(),
                        day(Instant.parse(line.path("at").asText()))));
        });
    }

    @Override
    Reply handle(Request request) {
        return switch (request.path()) {
            case "/sms" -> send(request);
            case "/sms/details" -> details(request);
            default -> Reply.unknown(request.path());
        };
    }

    private Reply send(Request request) {
        request.text("templateCode");
        remember(new Sent(request.text("phone"), request.text("outId"), day(Instant.now())));
        return Reply.ok(
                "sms",
                request.text("outId"),
                Json.object().put("code", "OK").put("bizId", number.incrementAndGet() + "^0"));
    }

    private Reply details(Request request) {
        String phone = request.text("phone");
        String day = request.text("sendDate");
        String outId = request.body().path("outId").asText("");
        ObjectNode answer = Json.object().put("code", "OK");
        ArrayNode details = answer.putArray("details");
        synchronized (this) {
            sent.stream()
                    .filter(it -> it.phone.equals(phone) && it.day.equals(day))
                    .filter(it -> outId.isEmpty() || it.outId.equals(outId))
                    .forEach(it -> details.addObject().put("outId", it.outId).put("sendStatus", 3));
        }
        return Reply.ok("details", outId, answer.put("totalCount", details.size()));
    }

    private synchronized void remember(Sent one) {
        sent.add(one);
        if (sent.size() > REMEMBERED) sent.remove();
    }

    private static String day(Instant at) {
        return DAY.format(at.atZone(HubTime.ZONE));
    }

    private record Sent(String phone, String outId, String day) {}
}
