package songda.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of a partner (RFC 9421), each time with a nonce of its own. */
public final class Signing {

    private final Path keys;
    private JsonNode read;

    /** @param keys {@code partners.json}; it may come into being later */
    public Signing(Path keys) {
        this.keys = keys;
    }

    /** A request with its signature; more headers may be added to it. */
    public HttpRequest.Builder sign(URI at, String system, String method, byte[] body)
            throws IOException, GeneralSecurityException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body.length > 0) {
            request.header("Content-Type", "application/json").header("Content-Digest", digest(body));
        }
        JsonNode key = key(system);
        String parameters = "(\"@method\" \"@path\" \"@query\"" + (body.length > 0 ? " \"content-digest\")" : ")")
                + ";created=" + Instant.now().getEpochSecond() + ";nonce=\"" + UUID.randomUUID() + "\";keyid=\""
                + key.path("keyId").asText() + "\";alg=\"hmac-sha256\"";
        String base = "\"@method\": " + method + "\n\"@path\": " + at.getRawPath() + "\n\"@query\": ?"
                + (at.getRawQuery() == null ? "" : at.getRawQuery())
                + (body.length > 0 ? "\n\"content-digest\": " + digest(body) : "")
                + "\n\"@signature-params\": " + parameters;
        return request.header("Signature-Input", "sig1=" + parameters)
                .header("Signature", "sig1=:" + hmac(key.path("secret").asText(), base) + ":");
    }

    private synchronized JsonNode key(String system) throws IOException {
        if (read == null) {
            read = new ObjectMapper().readTree(keys.toFile()).path("keys");
        }
        for (JsonNode key : read) {
            if (key.path("system").asText().equals(system)) {
                return key;
            }
        }
        throw new IllegalStateException("no key of " + system);
    }

    private static String digest(byte[] body) throws GeneralSecurityException {
        return "sha-256=:"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(body)) + ":";
    }

    private static String hmac(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
