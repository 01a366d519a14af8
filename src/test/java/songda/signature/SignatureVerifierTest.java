package songda.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import songda.secret.SecretFile;

class SignatureVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BODY = "{\"orderNo\":\"ZW2026112300001\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NONE = {};
    private final TestSigner signer = TestSigner.of("gov-1", SECRET).at(NOW);

    @TempDir
    Path folder;

    private SignatureVerifier verifier;

    @BeforeEach
    void keys() throws Exception {
        Path file = folder.resolve("partners.json");
        Files.writeString(
                file,
                """
                {"keys":[
                 {"keyId":"gov-1","system":"gov","client":"zjzwfw","secret":"%1$s","notAfter":null},
                 {"keyId":"gov-0","system":"gov","client":"zjzwfw","secret":"%1$s","notAfter":"2026-11-23T09:59:59+08:00"}]}
                """
                        .formatted(TestSigner.base64(SECRET)));
        PartnerKeys keys = new PartnerKeys(file, new SecretFile(false), Duration.ofDays(1));
        verifier = new SignatureVerifier(keys, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void a_signed_post_is_its_partners() {
        Caller caller = accepted(post(signer));
        assertThat(caller).isEqualTo(new Caller("gov", "zjzwfw", "gov-1", signer.nonce(), NOW));
    }

    @Test
    void a_signed_get_needs_no_digest_and_its_query_counts() {
        Map<String, String> headers = signer.sign("GET", "/api/v1/orders?status=OPEN", NONE);
        assertThat(accepted(request("GET", "/api/v1/orders", "status=OPEN", headers, NONE))
                        .client())
                .isEqualTo("zjzwfw");
        denied(request("GET", "/api/v1/orders", "status=ALL", headers, NONE), 401, "unauthorised");
        denied(request("GET", "/api/v1/orders", null, headers, NONE), 401, "unauthorised");
        denied(request("GET", "/api/v1/clock", "status=OPEN", headers, NONE), 401, "unauthorised");
        denied(request("POST", "/api/v1/orders", "status=OPEN", headers, NONE), 401, "unauthorised");
    }

    @Test
    void any_label_and_more_covered_parts_will_do() {
        accepted(post(signer.labelled("partner-7")));
        accepted(post(signer.more(""))); // alg is optional
        accepted(post(signer.more(";expires=" + (NOW.getEpochSecond() + 60) + ";tag=\"songda\"")));
        Map<String, String> headers = new HashMap<>(Map.of(
                "@authority",
                "hub.example",
                "@target-uri",
                "https://hub.example/api/v1/orders",
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "\"a\""));
        headers = signer.covering(
                        "@method",
                        "@path",
                        "@query",
                        "@authority",
                        "@target-uri",
                        "content-type",
                        "idempotency-key",
                        "content-digest")
                .sign("POST", "/api/v1/orders", BODY, headers);
        SignedRequest whole =
                new SignedRequest("POST", "https", "Hub.Example:443", "/api/v1/orders", null, lines(headers), BODY);
        accepted(whole);
        denied(
                new SignedRequest("POST", "https", "evil.example", "/api/v1/orders", null, lines(headers), BODY),
                401,
                "unauthorised");
        denied(
                new SignedRequest("POST", "http", "hub.example", "/api/v1/orders", null, lines(headers), BODY),
                401,
                "unauthorised");
    }

    @Test
    void sha_512_will_do_and_a_weak_digest_alone_will_not() throws Exception {
        String strong = "sha-512=:"
                + TestSigner.base64(MessageDigest.getInstance("SHA-512").digest(BODY)) + ":";
        accepted(withDigest(strong));
        accepted(withDigest("md5=:AAAA:, " + strong));
        denied(withDigest("md5=:AAAA:"), 401, "unauthorised");
        denied(
                withDigest("sha-256=:" + TestSigner.base64(TestSigner.sha256(NONE)) + ":, " + strong),
                401,
                "unauthorised");
        denied(withDigest("sha-256=abc"), 400, "malformed-signature");
        denied(withDigest("sha-256=:a:"), 400, "malformed-signature");
        denied(withDigest(strong + ", " + strong), 400, "malformed-signature");
    }

    @Test
    void no_signature_or_half_a_signature() {
        denied(request("POST", "/api/v1/orders", null, Map.of(), BODY), 401, "unauthorised");
        Map<String, String> headers = signer.sign("POST", "/api/v1/orders", BODY);
        Map<String, String> half = new HashMap<>(headers);
        half.remove("Signature");
        denied(request("POST", "/api/v1/orders", null, half, BODY), 400, "malformed-signature");
        half.put("Signature", headers.get("Signature"));
        half.remove("Signature-Input");
        denied(request("POST", "/api/v1/orders", null, half, BODY), 400, "malformed-signature");
    }

    @Test
    void one_wrong_bit_anywhere_in_the_signature_and_another_length_are_refused() {
        byte[] right = TestSigner.hmac(SECRET, "x");
        for (int bit = 0; bit < 256; bit += 17) {
            SignedRequest good = post(signer);
            byte[] mac = java.util.Base64.getDecoder()
                    .decode(good.headers()
                            .apply("signature")
                            .get(0)
                            .replace("sig1=:", "")
                            .replace(":", ""));
            assertThat(mac).hasSameSizeAs(right);
            mac[bit / 8] ^= (byte) (1 << bit % 8);
            denied(with(good, "signature", "sig1=:" + TestSigner.base64(mac) + ":"), 401, "unauthorised");
            denied(
                    with(good, "signature", "sig1=:" + TestSigner.base64(java.util.Arrays.copyOf(mac, 31)) + ":"),
                    401,
                    "unauthorised");
        }
        denied(with(post(signer), "signature", "sig1=::"), 401, "unauthorised");
    }

    @Test
    void the_signature_of_another_body_is_refused() {
        Map<String, String> headers = signer.sign("POST", "/api/v1/orders", BODY);
        byte[] other = "{\"orderNo\":\"ZW2026112300002\"}".getBytes(StandardCharsets.UTF_8);
        denied(request("POST", "/api/v1/orders", null, headers, other), 401, "unauthorised");
        headers.put("Content-Digest", "sha-256=:" + TestSigner.base64(TestSigner.sha256(other)) + ":");
        denied(request("POST", "/api/v1/orders", null, headers, other), 401, "unauthorised");
    }

    @ParameterizedTest
    @CsvSource({"-301,false", "-300,true", "0,true", "300,true", "301,false", "-360,false", "360,false"})
    void five_minutes_both_ways(int seconds, boolean fresh) {
        SignedRequest request = post(signer.at(NOW.plusSeconds(seconds)));
        if (fresh) {
            accepted(request);
        } else {
            denied(request, 401, "stale-request");
        }
    }

    @Test
    void only_who_signed_rightly_learns_that_it_is_stale() {
        denied(post(TestSigner.of("gov-1", new byte[32]).at(NOW.minusSeconds(400))), 401, "unauthorised");
        denied(post(signer.more(";expires=" + (NOW.getEpochSecond() - 1))), 401, "stale-request");
        denied(post(signer.at(Instant.ofEpochSecond(999_999_999_999_999L))), 401, "stale-request");
    }

    @Test
    void an_unknown_an_expired_and_a_wrong_key_get_the_same_answer() {
        var wrong = denied(post(TestSigner.of("gov-1", new byte[32]).at(NOW)), 401, "unauthorised");
        var unknown = denied(post(TestSigner.of("nobody", SECRET).at(NOW)), 401, "unauthorised");
        var unknownGuessed = denied(post(TestSigner.of("nobody", new byte[32]).at(NOW)), 401, "unauthorised");
        var expired = denied(post(TestSigner.of("gov-0", SECRET).at(NOW)), 401, "unauthorised");
        assertThat(List.of(unknown.problem(), unknownGuessed.problem(), expired.problem()))
                .containsOnly(wrong.problem());
        assertThat(unknown.keyId()).isEqualTo("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac-sha1", "none", "HMAC-SHA256", "rsa-pss-sha512", ""})
    void another_algorithm_is_refused(String alg) {
        denied(post(signer.more(";alg=\"" + alg + "\"")), 401, "unauthorised");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@path,@query,content-digest",
                "@method,@query,content-digest",
                "@method,@path,content-digest",
                "@method,@path,@query",
                "@method,@target-uri,content-digest",
                "@method,@path,@query,content-digest,x-forwarded-for"
            })
    void too_little_or_unknown_coverage_is_refused(String names) {
        denied(post(signer.covering(names.split(","))), 401, "unauthorised");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "fifteen-chars-1", "has a blank inside it"})
    void a_poor_nonce_is_refused(String nonce) {
        denied(post(signer.nonce(nonce)), 401, "unauthorised");
        denied(post(signer.nonce("n".repeat(129))), 401, "unauthorised");
        accepted(post(signer.nonce("n".repeat(16))));
        accepted(post(signer.nonce("n".repeat(128))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";alg=\"hmac-sha256\";alg=\"hmac-sha256\"",
                ";created=1",
                ";keyid=\"postal-1\"",
                ";x=1",
                ";alg",
                ";alg=hmac-sha256",
                "; alg=\"hmac-sha256\"",
                ";expires=\"1\"",
                ";expires=1.5"
            })
    void doubled_unknown_or_mistyped_parameters_are_malformed(String more) {
        denied(post(signer.more(more)), 400, "malformed-signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sig1=()",
                "sig1",
                "sig1=1",
                "sig1=(\"@method\" \"@method\");created=1;nonce=\"0123456789abcdef\";keyid=\"gov-1\"",
                "sig1=(\"@method\";req);created=1;nonce=\"0123456789abcdef\";keyid=\"gov-1\"",
                "sig1=(\"@method\"  \"@path\");created=1;nonce=\"0123456789abcdef\";keyid=\"gov-1\"",
                "sig1=(@method);created=1;nonce=\"0123456789abcdef\";keyid=\"gov-1\"",
                "sig1=(\"@method\"",
                "\u4e2d=(\"@method\")",
                ""
            })
    void what_is_not_one_plain_list_is_refused(String input) {
        SignedRequest request = with(post(signer), "signature-input", input);
        assertThat(verifier.verify(request)).isInstanceOfSatisfying(Verdict.Denied.class, d -> assertThat(
                        d.problem().status())
                .isIn(400, 401));
    }

    @Test
    void two_signatures_two_header_lines_or_two_labels_are_malformed() {
        SignedRequest good = post(signer);
        String input = good.headers().apply("signature-input").get(0);
        String value = good.headers().apply("signature").get(0);
        denied(with(good, "signature-input", input, input), 400, "malformed-signature");
        denied(with(good, "signature", value, value), 400, "malformed-signature");
        denied(with(good, "signature", value + ", " + value), 400, "malformed-signature");
        denied(with(good, "signature", value.replace("sig1", "sig2")), 400, "malformed-signature");
        denied(with(good, "signature-input", input + ", " + input.replace("sig1", "sig2")), 400, "malformed-signature");
        String digest = good.headers().apply("content-digest").get(0);
        denied(with(good, "content-digest", digest, digest), 400, "malformed-signature");
        denied(with(good, "signature-input", "sig1=(" + "\"a\" ".repeat(600) + ")"), 400, "malformed-signature");
    }

    @Test
    void nothing_that_came_in_is_repeated_in_an_answer() {
        for (String canary : List.of("canary-header", "\"canary", "sig1=(\"canary\");keyid=\"canary\"")) {
            var denied = (Verdict.Denied) verifier.verify(with(post(signer), "signature-input", canary));
            assertThat(denied.problem().toString() + denied.reason()).doesNotContain("canary");
        }
    }

    private SignedRequest withDigest(String digest) {
        return request(
                "POST",
                "/api/v1/orders",
                null,
                signer.sign("POST", "/api/v1/orders", BODY, Map.of("Content-Digest", digest)),
                BODY);
    }

    private static SignedRequest post(TestSigner signer) {
        return request("POST", "/api/v1/orders", null, signer.sign("POST", "/api/v1/orders", BODY), BODY);
    }

    private static SignedRequest request(
            String method, String path, String query, Map<String, String> headers, byte[] body) {
        return new SignedRequest(method, "http", "localhost:8080", path, query, lines(headers), body);
    }

    private static SignedRequest with(SignedRequest r, String header, String... lines) {
        return new SignedRequest(
                r.method(),
                r.scheme(),
                r.authority(),
                r.path(),
                r.query(),
                name -> name.equals(header) ? List.of(lines) : r.headers().apply(name),
                r.body());
    }

    private static java.util.function.Function<String, List<String>> lines(Map<String, String> headers) {
        Map<String, List<String>> lines = new HashMap<>();
        headers.forEach((name, value) -> lines.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return name -> lines.getOrDefault(name, List.of());
    }

    private Caller accepted(SignedRequest request) {
        Verdict verdict = verifier.verify(request);
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted) verdict).caller();
    }

    private Verdict.Denied denied(SignedRequest request, int status, String type) {
        Verdict verdict = verifier.verify(request);
        assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        Verdict.Denied denied = (Verdict.Denied) verdict;
        assertThat(denied.problem().type()).as(denied.reason()).isEqualTo(type);
        assertThat(denied.problem().status()).isEqualTo(status);
        return denied;
    }
}
