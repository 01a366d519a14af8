package songda.partners;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks a signature by RFC 9421, 2.5: rebuilds the base from the components that Signature-Input names. */
final class SignedRequest {
    private static final Pattern INPUT = Pattern.compile("sig1=(\\(([^)]*)\\);.*)");
    private static final Pattern CREATED = Pattern.compile(";created=(\\d+)");
    private static final Pattern KEY = Pattern.compile(";keyid=\"([^\"]+)\"");
    private static final Pattern NONCE = Pattern.compile(";nonce=\"([^\"]+)\"");

    private final HttpExchange exchange;
    private final byte[] body;

    SignedRequest(HttpExchange exchange, byte[] body) {
        this.exchange = exchange;
        this.body = body;
    }

    /** The nonce, or an exception that says what is wrong. */
    String verified(Map<String, byte[]> secrets) throws GeneralSecurityException {
        Matcher input = INPUT.matcher(header("Signature-Input"));
        if (!input.matches()) throw new GeneralSecurityException("no sig1");
        String parameters = input.group(1);
        long age = Instant.now().getEpochSecond() - Long.parseLong(found(CREATED, parameters));
        if (age < -5 || age > 300) throw new GeneralSecurityException("stale by " + age);
        if (!parameters.contains(";alg=\"hmac-sha256\"")) throw new GeneralSecurityException("algorithm");
        byte[] secret = secrets.get(found(KEY, parameters));
        if (secret == null) throw new GeneralSecurityException("unknown key");
        if (body.length > 0 && !input.group(2).contains("content-digest"))
            throw new GeneralSecurityException("body not covered");
        String base = base(input.group(2), parameters);
        String claimed = header("Signature").replaceFirst("^sig1=:", "").replaceFirst(":$", "");
        if (!MessageDigest.isEqual(hmac(secret, base), Base64.getDecoder().decode(claimed)))
            throw new GeneralSecurityException("signature does not match\n" + base);
        return found(NONCE, parameters);
    }

    private String base(String components, String parameters) throws GeneralSecurityException {
        StringBuilder base = new StringBuilder();
        for (String component : components.split(" "))
            base.append(component).append(": ").append(value(component)).append('\n');
        return base.append("\"@signature-params\": ").append(parameters).toString();
    }

    private String value(String component) throws GeneralSecurityException {
        String query = exchange.getRequestURI().getRawQuery();
        return switch (component) {
            case "\"@method\"" -> exchange.getRequestMethod();
            case "\"@path\"" -> exchange.getRequestURI().getRawPath();
            case "\"@query\"" -> "?" + (query == null ? "" : query);
            case "\"content-digest\"" -> digest();
            default -> throw new GeneralSecurityException("component " + component);
        };
    }

    private String digest() throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
        String expected = "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":";
        if (!expected.equals(header("Content-Digest"))) throw new GeneralSecurityException("digest does not match");
        return expected;
    }

    private String header(String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static String found(Pattern pattern, String text) throws GeneralSecurityException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) throw new GeneralSecurityException("no " + pattern);
        return matcher.group(1);
    }

    private static byte[] hmac(byte[] secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
