package partners;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** The SMS gateway: takes every message, never idempotent, as the real one. */
final class Sms extends HttpPartner {
    private final AtomicLong number = new AtomicLong(System.currentTimeMillis());

    Sms(int port, Journal journal, ExecutorService pool) {
        super(Options.Place.sms, port, journal, pool);
    }

    @Override
    Reply handle(Request request) {
        if (!request.path().equals("/sms")) return Reply.unknown(request.path());
        request.text("templateCode");
        request.text("phone");
        return Reply.ok(
                "sms",
                request.text("outId"),
                Json.object().put("code", "OK").put("bizId", number.incrementAndGet() + "^0"));
    }
}
