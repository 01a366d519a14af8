package partners;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of webhooks: takes what is signed as Standard Webhooks asks, not older than five minutes, and each id once. */
final class TicketHook {
    static final String PATH = "/hook";
    /** The hub's default. */
    private static final byte[] SECRET = "stand-in, no secret at all!".getBytes(StandardCharsets.US_ASCII);

    private static final long OLDEST = 300;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    HttpPartner.Reply handle(HttpPartner.Request request, byte[] raw) {
        String id = request.header("webhook-id");
        String at = request.header("webhook-timestamp");
        String signatures = request.header("webhook-signature");
        if (id == null || at == null || signatures == null || !at.matches("\\d{10}")) return no("headers missing");
        if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(at)) > OLDEST) return no("too old");
        byte[] expected = ("v1," + signed(id + "." + at + ".", raw)).getBytes(StandardCharsets.US_ASCII);
        for (String signature : signatures.split(" "))
            if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII)))
                return HttpPartner.Reply.ok(
                        "hook", id, Json.object().put("taken", true).put("duplicate", !seen.add(id)));
        return no("wrong signature");
    }

    private static HttpPartner.Reply no(String why) {
        return new HttpPartner.Reply(401, "hook", "", Json.object().put("message", why));
    }

    private static String signed(String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
