package partners;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HTTP Message Signatures (RFC 9421) with hmac-sha256 over method, path, query and, with a body, Content-Digest
 * (RFC 9530). Own code, so that the hub's is proven by a stranger.
 */
final class Signature {
    private Signature() {}

    /** The headers to add, each ended by CR LF. */
    static String headers(Keys.Key key, String method, String path, String query, byte[] body, long createdSeconds) {
        return headers(key, method, path, query, body, createdSeconds, nonce());
    }

    static String headers(
            Keys.Key key, String method, String path, String query, byte[] body, long created, String nonce) {
        StringBuilder base = new StringBuilder(256);
        StringBuilder headers = new StringBuilder(512);
        String covered = "\"@method\" \"@path\" \"@query\"";
        base.append("\"@method\": ").append(method).append('\n');
        base.append("\"@path\": ").append(path).append('\n');
        base.append("\"@query\": ?").append(query).append('\n');
        if (body.length > 0) {
            String digest = "sha-256=:" + base64(sha256(body)) + ":";
            base.append("\"content-digest\": ").append(digest).append('\n');
            headers.append("Content-Digest: ").append(digest).append("\r\n");
            covered += " \"content-digest\"";
        }
        String parameters = "(" + covered + ");created=" + created + ";nonce=\"" + nonce + "\";keyid=\"" + key.id()
                + "\";alg=\"hmac-sha256\"";
        base.append("\"@signature-params\": ").append(parameters);
        headers.append("Signature-Input: sig1=").append(parameters).append("\r\n");
        headers.append("Signature: sig1=:")
                .append(base64(hmac(key.secret(), base.toString())))
                .append(":\r\n");
        return headers.toString();
    }

    private static String nonce() {
        byte[] bytes = new byte[18];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
