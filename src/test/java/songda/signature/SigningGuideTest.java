package songda.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import songda.secret.SecretFile;

/** Every string of the worked example is what comes out, and the hub takes the requests as they stand in the guide. */
class SigningGuideTest {

    private final Map<String, String> guide = new HashMap<>();

    @TempDir
    Path folder;

    @BeforeEach
    void read() throws Exception {
        Matcher block = Pattern.compile("```(?:text|http) ([a-z-]+)\n(.*?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("src/docs/guide/signing.md")));
        while (block.find()) {
            assertThat(guide.put(block.group(1), block.group(2))).isNull();
        }
        assertThat(guide).hasSize(9);
    }

    @Test
    void the_strings_follow_from_one_another() {
        byte[] secret = Base64.getDecoder().decode(guide.get("secret"));
        byte[] body = guide.get("body").getBytes(StandardCharsets.UTF_8);
        assertThat(guide.get("content-digest"))
                .isEqualTo("sha-256=:" + TestSigner.base64(TestSigner.sha256(body)) + ":");
        assertThat(guide.get("base")).contains("\"content-digest\": " + guide.get("content-digest") + "\n");
        assertThat(guide.get("signature"))
                .isEqualTo("sig1=:" + TestSigner.base64(TestSigner.hmac(secret, guide.get("base"))) + ":");
        assertThat(guide.get("get-signature"))
                .isEqualTo("sig1=:" + TestSigner.base64(TestSigner.hmac(secret, guide.get("get-base"))) + ":");
    }

    @Test
    void the_hub_signs_the_same_text_and_takes_both_requests() {
        for (String prefix : List.of("", "get-")) {
            SignedRequest request = parse(guide.get(prefix + "request"));
            SignatureFields fields = SignatureFields.of(request.headers());
            assertThat(SignatureVerifier.base(request, fields)).isEqualTo(guide.get(prefix + "base"));
            assertThat(request.headers().apply("signature")).containsExactly(guide.get(prefix + "signature"));
            assertThat(verifier(fields.created()).verify(request))
                    .isInstanceOfSatisfying(
                            Verdict.Accepted.class,
                            yes -> assertThat(yes.caller().keyId()).isEqualTo("inquiry-1"));
        }
        assertThat(parse(guide.get("request")).headers().apply("content-length"))
                .containsExactly(String.valueOf(guide.get("body").getBytes(StandardCharsets.UTF_8).length));
    }

    private SignatureVerifier verifier(long second) {
        Path file = folder.resolve("partners.json");
        SecretFile.write(
                file,
                """
                {"keys":[{"keyId":"inquiry-1","system":"inquiry","client":"inquiry","secret":"%s","notAfter":null}]}
                """
                        .formatted(guide.get("secret"))
                        .getBytes(StandardCharsets.UTF_8));
        PartnerKeys keys = new PartnerKeys(file, new SecretFile(false), Duration.ofDays(1));
        return new SignatureVerifier(keys, Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC));
    }

    private static SignedRequest parse(String http) {
        String[] parts = http.split("\n\n", 2);
        List<String> lines = Arrays.asList(parts[0].split("\n"));
        String[] line = lines.get(0).split(" ");
        String[] target = line[1].split("\\?", 2);
        Map<String, List<String>> headers = new HashMap<>();
        lines.subList(1, lines.size()).forEach(l -> {
            String[] pair = l.split(": ", 2);
            headers.put(pair[0].toLowerCase(Locale.ROOT), List.of(pair[1]));
        });
        byte[] body = parts.length == 1 ? new byte[0] : parts[1].getBytes(StandardCharsets.UTF_8);
        return new SignedRequest(
                line[0],
                "https",
                headers.get("host").get(0),
                target[0],
                target.length == 1 ? null : target[1],
                name -> headers.getOrDefault(name, List.of()),
                body);
    }
}
