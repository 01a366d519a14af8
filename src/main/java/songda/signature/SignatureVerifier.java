package songda.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies one request: RFC 9421 with {@code hmac-sha256}, RFC 9530 for the body. Stricter than the standards: method, path and query
 * are always covered, the digest whenever there is a body, and created, nonce and keyid are compulsory.
 */
public final class SignatureVerifier {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Set<String> ALWAYS = Set.of("@method", "@path", "@query");
    private static final Set<String> HEADERS =
            Set.of("content-digest", "content-type", "content-length", "idempotency-key", "date");
    // Unknown keys take the same way through the code as known ones.
    private static final SecretKey NOBODY = new SecretKeySpec(new byte[32], "HmacSHA256");
    private final PartnerKeys keys;
    private final Clock wall;
    private final ThreadLocal<Mac> mac = ThreadLocal.withInitial(SignatureVerifier::newMac);

    /** @param wall the machine's clock, never business time */
    SignatureVerifier(PartnerKeys keys, Clock wall) {
        this.keys = keys;
        this.wall = wall;
    }

    /** Never throws for what came from outside. */
    public Verdict verify(SignedRequest request) {
        String keyId = null;
        try {
            SignatureFields fields = SignatureFields.of(request.headers());
            keyId = fields.keyId();
            return new Verdict.Accepted(verify(request, fields));
        } catch (Denial denial) {
            return new Verdict.Denied(denial.problem(), keyId, denial.getMessage());
        }
    }

    private Caller verify(SignedRequest request, SignatureFields fields) {
        demandStrength(request, fields);
        PartnerKey key = keys.find(fields.keyId());
        byte[] expected = mac(key == null ? NOBODY : key.secret(), base(request, fields));
        if (!MessageDigest.isEqual(expected, fields.mac()) || key == null) {
            throw Denial.unauthorised(key == null ? "unknown key" : "wrong signature");
        }
        Instant now = wall.instant();
        if (!key.livesAt(now)) {
            throw Denial.unauthorised("key is past its notAfter");
        }
        if (isStale(fields, now)) {
            throw Denial.stale();
        }
        if (fields.components().contains("content-digest")) {
            ContentDigest.check(request.headers().apply("content-digest"), request.body());
        }
        return new Caller(
                key.system(),
                key.client(),
                key.keyId(),
                fields.nonce(),
                Instant.ofEpochSecond(fields.created()),
                key.rights());
    }

    private static void demandStrength(SignedRequest request, SignatureFields fields) {
        if (fields.alg() != null && !fields.alg().equals("hmac-sha256")) {
            throw Denial.tooWeak("alg must be hmac-sha256");
        }
        if (!fields.components().containsAll(ALWAYS)) {
            throw Denial.tooWeak("must cover \"@method\", \"@path\" and \"@query\"");
        }
        if (request.body().length > 0 && !fields.components().contains("content-digest")) {
            throw Denial.tooWeak("must cover \"content-digest\", since there is a body");
        }
    }

    private static boolean isStale(SignatureFields fields, Instant now) {
        long created = fields.created();
        long second = now.getEpochSecond();
        return created < second - LIFE.toSeconds()
                || created > second + LIFE.toSeconds()
                || (fields.expires() != null && fields.expires() < second);
    }

    /** The signature base of RFC 9421 §2.5. */
    static String base(SignedRequest request, SignatureFields fields) {
        StringBuilder base = new StringBuilder(256);
        for (String name : fields.components()) {
            base.append('"')
                    .append(name)
                    .append("\": ")
                    .append(component(request, name))
                    .append('\n');
        }
        return base.append("\"@signature-params\": ").append(fields.input()).toString();
    }

    private static String component(SignedRequest request, String name) {
        return switch (name) {
            case "@method" -> request.method();
            case "@path" -> request.path();
            case "@query" -> "?" + (request.query() == null ? "" : request.query());
            case "@authority" -> authority(request);
            case "@target-uri" -> request.scheme() + "://" + authority(request) + request.target();
            default -> header(request, name);
        };
    }

    private static String authority(SignedRequest request) {
        String host = request.authority().toLowerCase(Locale.ROOT);
        String defaultPort = request.scheme().equals("https") ? ":443" : ":80";
        return host.endsWith(defaultPort) ? host.substring(0, host.length() - defaultPort.length()) : host;
    }

    private static String header(SignedRequest request, String name) {
        if (!HEADERS.contains(name)) {
            throw Denial.tooWeak("may cover only @method, @path, @query, @authority, @target-uri and "
                    + HEADERS.stream().sorted().toList());
        }
        List<String> lines = request.headers().apply(name);
        if (lines.size() != 1) {
            throw Denial.malformed(name, "is covered, so it must be sent exactly once");
        }
        return lines.get(0).strip();
    }

    private byte[] mac(SecretKey key, String base) {
        try {
            Mac mine = mac.get();
            mine.init(key);
            return mine.doFinal(base.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot compute hmac-sha256", e);
        }
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }
}
