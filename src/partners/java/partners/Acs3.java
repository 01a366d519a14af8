package partners;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The provider's side of its signature ACS3-HMAC-SHA256, as its paper describes it. */
final class Acs3 {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final Set<String> MUST_BE_SIGNED = Set.of(
            "host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version");
    private final String keyId;
    private final String secret;
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();

    Acs3(String keyId, String secret) {
        this.keyId = keyId;
        this.secret = secret;
    }

    /** Why a request is not the customer's. @param code as the provider says it */
    static final class Denied extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String code;

        Denied(int status, String code, String message) {
            super(message, null, false, false);
            this.status = status;
            this.code = code;
        }

        int status() {
            return status;
        }

        String code() {
            return code;
        }
    }

    /** The parameters of the query, sorted. */
    static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> all = new TreeMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int at = pair.indexOf('=');
            if (at > 0) all.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
        }
        return all;
    }

    /** @throws Denied for a request that was not signed with our customer's key, or was seen before */
    void check(HttpExchange exchange, byte[] body) {
        Headers headers = exchange.getRequestHeaders();
        Map<String, String> said = authorization(headers.getFirst("Authorization"));
        if (!keyId.equals(said.get("Credential")))
            throw new Denied(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        List<String> signed = List.of(said.getOrDefault("SignedHeaders", "").split(";"));
        if (!signed.containsAll(MUST_BE_SIGNED))
            throw new Denied(400, "IncompleteSignature", "headers that must be signed are not");
        String hash = hex(sha256(body));
        if (!hash.equals(headers.getFirst("x-acs-content-sha256")))
            throw new Denied(400, "IncompleteSignature", "x-acs-content-sha256 is of another body");
        String canonical = String.join(
                "\n",
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                parameters(exchange).entrySet().stream()
                        .map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue()))
                        .collect(Collectors.joining("&")),
                signed.stream()
                        .sorted()
                        .map(name -> name + ":" + headers.getFirst(name).strip() + "\n")
                        .collect(Collectors.joining()),
                signed.stream().sorted().collect(Collectors.joining(";")),
                hash);
        String wanted = hex(hmac(ALGORITHM + "\n" + hex(sha256(canonical.getBytes(StandardCharsets.UTF_8)))));
        if (!wanted.equals(said.get("Signature")))
            throw new Denied(400, "SignatureDoesNotMatch", "Specified signature does not match our calculation.");
        fresh(headers.getFirst("x-acs-date"), headers.getFirst("x-acs-signature-nonce"));
    }

    private void fresh(String date, String nonce) {
        try {
            if (Duration.between(Instant.parse(date), Instant.now()).abs().compareTo(SKEW) > 0)
                throw new Denied(400, "InvalidTimeStamp.Expired", "Specified time stamp is expired.");
        } catch (DateTimeParseException e) {
            throw new Denied(400, "InvalidTimeStamp.Format", "Specified time stamp is not well formatted.");
        }
        if (!nonces.add(nonce))
            throw new Denied(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
    }

    private static Map<String, String> authorization(String header) {
        if (header == null || !header.startsWith(ALGORITHM + " "))
            throw new Denied(400, "MissingAuthorization", "no " + ALGORITHM + " authorization");
        return Arrays.stream(header.substring(ALGORITHM.length() + 1).split(","))
                .map(it -> it.split("=", 2))
                .filter(it -> it.length == 2)
                .collect(Collectors.toMap(it -> it[0].strip(), it -> it[1].strip(), (one, other) -> other));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
