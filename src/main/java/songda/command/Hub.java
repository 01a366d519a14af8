package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import picocli.CommandLine.Option;

/** The running hub, asked as the desk: requests are signed with the key of system {@code desk} in {@code <data>/partners.json}. */
final class Hub {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--hub",
            description = "运行中的送达 / the running hub (${DEFAULT-VALUE})",
            defaultValue = "${env:SONGDA_HUB:-http://127.0.0.1:8080}")
    private URI address;

    @Option(
            names = "--data",
            description = "有 partners.json 的数据目录 / the data folder, which has partners.json (${DEFAULT-VALUE})",
            defaultValue = "${env:SONGDA_DATA:-data}")
    private Path data;

    @Option(names = "--key", description = "用哪一把密钥，缺省第一把 / which key, the first of its system unless given")
    private String keyId;

    private String system = "desk";
    private HttpClient client;

    /** A key as the hub wrote it. */
    private record Key(String id, byte[] secret) {}

    JsonNode get(String target) {
        return send("GET", target, new byte[0]);
    }

    JsonNode post(String target, JsonNode body) {
        return send("POST", target, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Signed by another system's key from now on. */
    void as(String system) {
        this.system = system;
    }

    /** The hub did not answer, or said that it cannot right now, again and again. */
    static final class NoAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message);
        }
    }

    /** Says it again, with growing pauses, for a quarter of a minute while the hub is away or busy. */
    JsonNode postPatiently(String target, JsonNode body) throws NoAnswer {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        for (int pause = 1; ; pause *= 2) {
            String why;
            try {
                Answer answer = call("POST", target, bytes);
                if (answer.status() != 429 && answer.status() != 503) {
                    return answer.orProblem();
                }
                why = refusal(answer.status(), answer.json());
            } catch (IOException e) {
                why = "送达没有应答 / the hub does not answer: " + address + " (" + e + ")";
            }
            if (pause > 8) {
                throw new NoAnswer(why);
            }
            sleep(pause);
        }
    }

    private static void sleep(int seconds) {
        try {
            Thread.sleep(seconds * 1000L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Commands.Problem("中断 / interrupted");
        }
    }

    private record Answer(int status, JsonNode json) {

        JsonNode orProblem() {
            if (status >= 300) {
                throw new Commands.Problem(refusal(status, json));
            }
            return json;
        }
    }

    private JsonNode send(String method, String target, byte[] body) {
        try {
            return call(method, target, body).orProblem();
        } catch (IOException e) {
            throw new Commands.Problem("送达没有应答 / the hub does not answer: " + address + " (" + e + ")");
        }
    }

    private Answer call(String method, String target, byte[] body) throws IOException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(target))
                    .timeout(Duration.ofMinutes(10))
                    .method(
                            method,
                            body.length == 0
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(body));
            sign(request, method, target, body);
            if (client == null) {
                client = HttpClient.newHttpClient();
            }
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Commands.Problem("中断 / interrupted");
        }
    }

    private static String refusal(int status, JsonNode problem) {
        StringBuilder text =
                new StringBuilder(status + " " + problem.path("title").asText() + " / "
                        + problem.path("titleEn").asText());
        problem.path("errors").forEach(e -> text.append("\n  ")
                .append(e.path("path").asText())
                .append(": ")
                .append(e.path("message").asText()));
        return text.toString();
    }

    /** RFC 9421, as src/docs/guide/signing.md has it. */
    private void sign(HttpRequest.Builder request, String method, String target, byte[] body) {
        Key key = key();
        int mark = target.indexOf('?');
        StringBuilder base = new StringBuilder();
        base.append("\"@method\": ").append(method);
        base.append("\n\"@path\": ").append(mark < 0 ? target : target.substring(0, mark));
        base.append("\n\"@query\": ").append(mark < 0 ? "?" : target.substring(mark));
        String covered = "\"@method\" \"@path\" \"@query\"";
        if (body.length > 0) {
            String digest = "sha-256=:" + base64(sha256(body)) + ":";
            request.header("Content-Type", "application/json").header("Content-Digest", digest);
            covered += " \"content-digest\"";
            base.append("\n\"content-digest\": ").append(digest);
        }
        String input = "(" + covered + ");created=" + Instant.now().getEpochSecond() + ";nonce=\"" + UUID.randomUUID()
                + "\";keyid=\"" + key.id() + "\";alg=\"hmac-sha256\"";
        base.append("\n\"@signature-params\": ").append(input);
        request.header("Signature-Input", "sig1=" + input)
                .header("Signature", "sig1=:" + base64(hmac(key.secret(), base.toString())) + ":");
    }

    private Key key() {
        Path file = data.resolve("partners.json");
        try {
            for (JsonNode key : JSON.readTree(Files.readAllBytes(file)).path("keys")) {
                boolean lives = key.path("notAfter").isNull()
                        || key.path("notAfter").isMissingNode()
                        || java.time.OffsetDateTime.parse(key.path("notAfter").asText())
                                .toInstant()
                                .isAfter(Instant.now());
                boolean meant = keyId == null || keyId.equals(key.path("keyId").asText());
                if (key.path("system").asText().equals(system) && lives && meant) {
                    return new Key(
                            key.path("keyId").asText(),
                            Base64.getDecoder().decode(key.path("secret").asText()));
                }
            }
            throw new Commands.Problem(file + "：没有 " + system + " 的密钥 / has no key of system " + system);
        } catch (IOException e) {
            throw new Commands.Problem(file + "：读不到，用 --data 指明 / cannot be read, name the folder with --data");
        }
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

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
