package songda.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends any bytes to a hub, signed as one of its partners (RFC 9421), and keeps everything that it answers. */
final class SignedClient {

    private final HttpClient http = HttpClient.newHttpClient();
    private final HubProcess hub;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

    SignedClient(HubProcess hub) {
        this.hub = hub;
    }

    /** The status line's number; headers and body go to {@link #answers()}. */
    int send(String system, String method, String target, byte[] body) throws Exception {
        URI at = hub.url().resolve(target);
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
        request.header("Signature-Input", "sig1=" + parameters)
                .header("Signature", "sig1=:" + hmac(key.path("secret").asText(), base) + ":");
        return keep(http.send(request.build(), BodyHandlers.ofByteArray()));
    }

    /** Unsigned, e.g. of the admin port. */
    int get(URI at) throws Exception {
        return keep(http.send(HttpRequest.newBuilder(at).build(), BodyHandlers.ofByteArray()));
    }

    private int keep(HttpResponse<byte[]> answer) {
        answers.writeBytes(
                (answer.statusCode() + " " + answer.headers().map() + "\n").getBytes(StandardCharsets.UTF_8));
        answers.writeBytes(answer.body());
        return answer.statusCode();
    }

    byte[] answers() {
        return answers.toByteArray();
    }

    private JsonNode key(String system) throws Exception {
        for (JsonNode key : new ObjectMapper().readTree(hub.keys().toFile()).path("keys")) {
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
