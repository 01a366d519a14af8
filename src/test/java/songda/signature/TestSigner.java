package songda.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as a partner would, by string building alone; shares no code with the verifier. */
public record TestSigner(
        String keyId,
        byte[] secret,
        Instant created,
        String nonce,
        List<String> components,
        String label,
        String more) {

    public static TestSigner of(String keyId, byte[] secret) {
        return new TestSigner(
                keyId, secret, Instant.now(), UUID.randomUUID().toString(), null, "sig1", ";alg=\"hmac-sha256\"");
    }

    public TestSigner at(Instant instant) {
        return new TestSigner(keyId, secret, instant, nonce, components, label, more);
    }

    public TestSigner nonce(String value) {
        return new TestSigner(keyId, secret, created, value, components, label, more);
    }

    public TestSigner covering(String... names) {
        return new TestSigner(keyId, secret, created, nonce, List.of(names), label, more);
    }

    public TestSigner labelled(String value) {
        return new TestSigner(keyId, secret, created, nonce, components, value, more);
    }

    public TestSigner more(String value) {
        return new TestSigner(keyId, secret, created, nonce, components, label, value);
    }

    /** @param target path and query as they go over the wire; @return the headers to send, Content-Digest among them */
    public Map<String, String> sign(String method, String target, byte[] body) {
        return sign(method, target, body, Map.of());
    }

    public Map<String, String> sign(String method, String target, byte[] body, Map<String, String> known) {
        Map<String, String> headers = new LinkedHashMap<>(known);
        if (body.length > 0) {
            headers.putIfAbsent("Content-Digest", "sha-256=:" + base64(sha256(body)) + ":");
        }
        List<String> names = components != null ? components : new ArrayList<>(List.of("@method", "@path", "@query"));
        if (components == null && body.length > 0) {
            names.add("content-digest");
        }
        String input = "(\"" + String.join("\" \"", names) + "\");created=" + created.getEpochSecond() + ";nonce=\""
                + nonce + "\";keyid=\"" + keyId + "\"" + more;
        if (names.isEmpty()) {
            input = input.replace("(\"\")", "()");
        }
        StringBuilder base = new StringBuilder();
        for (String name : names) {
            base.append('"')
                    .append(name)
                    .append("\": ")
                    .append(value(name, method, target, headers))
                    .append('\n');
        }
        base.append("\"@signature-params\": ").append(input);
        headers.put("Signature-Input", label + "=" + input);
        headers.put("Signature", label + "=:" + base64(hmac(secret, base.toString())) + ":");
        return headers;
    }

    private static String value(String name, String method, String target, Map<String, String> headers) {
        int mark = target.indexOf('?');
        return switch (name) {
            case "@method" -> method;
            case "@path" -> mark < 0 ? target : target.substring(0, mark);
            case "@query" -> mark < 0 ? "?" : target.substring(mark);
            default ->
                headers.entrySet().stream()
                        .filter(e -> e.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("");
        };
    }

    public static byte[] hmac(byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
