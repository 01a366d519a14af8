package songda.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A client from npm, with a library that knows nothing of us, is understood. Needs Node and npm. */
@Tag("desk")
@SpringBootTest(
        classes = ApiApp.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "songda.embedded.postgres=true",
            "camel.main.routes-include-pattern=false",
            "management.server.port=-1"
        })
class ForeignClientTest {

    private static final Path CLIENT = Path.of("target/js").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path data;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void folder(DynamicPropertyRegistry settings) {
        settings.add("songda.data", data::toString);
    }

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(CLIENT);
        for (String file : List.of("package.json", ".npmrc", "client.mjs")) {
            Files.copy(Path.of("src/test/js", file), CLIENT.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run("npm", "install", "--no-package-lock", "--silent");
    }

    @Test
    void a_post_with_chinese_text_is_taken() throws Exception {
        String body = "{\"orderNo\":\"ZW2026112300001\",\"remark\":\"请先电话联系\"}";
        JsonNode answer = client("gov-1", secret("gov-1"), "POST", "/api/v1/orders", body);
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
        JsonNode seen = JSON.readTree(answer.path("body").asText());
        assertThat(seen.path("body").asText()).isEqualTo(body);
        assertThat(seen.path("headers").path("client").asText()).isEqualTo("zjzwfw");
    }

    @Test
    void a_get_with_a_query_is_taken() throws Exception {
        JsonNode answer = client("inquiry-1", secret("inquiry-1"), "GET", "/api/v1/orders?status=DELIVERED&limit=20");
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void another_partners_secret_is_not() throws Exception {
        JsonNode answer = client("gov-1", secret("postal-1"), "GET", "/api/v1/orders?status=DELIVERED");
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(401);
    }

    private JsonNode client(String keyId, String secret, String... request) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("node", "client.mjs", "http://127.0.0.1:" + port, keyId, secret));
        command.addAll(List.of(request));
        return JSON.readTree(run(command.toArray(String[]::new)));
    }

    private static String secret(String keyId) throws Exception {
        for (JsonNode key :
                JSON.readTree(data.resolve("partners.json").toFile()).path("keys")) {
            if (key.path("keyId").asText().equals(keyId)) {
                return key.path("secret").asText();
            }
        }
        throw new AssertionError("no key " + keyId);
    }

    private static String run(String... command) throws Exception {
        Path said = Files.createTempFile(CLIENT, "run", ".txt");
        Path complaints = Files.createTempFile(CLIENT, "run", ".err");
        Process process = new ProcessBuilder(command)
                .directory(CLIENT.toFile())
                .redirectOutput(said.toFile())
                .redirectError(complaints.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as(command[0]).isTrue();
        assertThat(process.exitValue()).as(Files.readString(complaints)).isZero();
        return Files.readString(said, StandardCharsets.UTF_8);
    }
}
