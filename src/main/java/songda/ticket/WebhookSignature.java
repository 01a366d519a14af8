package songda.ticket;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of Standard Webhooks, version 1: HMAC-SHA256 over id, time and body, so that who receives it knows it as ours and as new. */
final class WebhookSignature {

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private final SecretKeySpec key;

    /**
     * @param secret {@code whsec_} and base64 of 24 bytes or more, as the receiver gave it
     * @throws IllegalArgumentException without repeating it
     */
    WebhookSignature(String secret) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "SONGDA_TICKET_WEBHOOK_SECRET 应为 whsec_ 加 24 字节以上的 base64 / write whsec_ and base64 of 24 bytes or more");
        }
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** The value of {@code webhook-signature}. */
    String of(String id, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
