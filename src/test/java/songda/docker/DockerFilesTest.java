package songda.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import songda.person.Keys;
import songda.secret.SecretFile;

/** What can be known of the images without an engine. */
class DockerFilesTest {

    private static final Path DOCKERFILE = Path.of("docker/Dockerfile");
    private static final Path COMPOSE = Path.of("docker/compose.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everything_copied_from_the_tree_is_there() throws IOException {
        List<String> copied = matches("(?m)^COPY (?!--from)(.+) \\S+$").stream()
                .flatMap(it -> Pattern.compile("\\s+").splitAsStream(it))
                .toList();
        assertThat(copied).isNotEmpty().allSatisfy(it -> assertThat(Path.of(it)).exists());
    }

    @Test
    void everything_copied_from_a_stage_names_a_stage() throws IOException {
        assertThat(matches("(?m)^FROM \\S+ AS (\\S+)$")).containsAll(matches("COPY --from=(\\S+)"));
    }

    @Test
    void each_image_runs_as_a_number_that_is_not_root() throws IOException {
        assertThat(matches("(?m)^USER (.+)$")).containsExactly("10001");
        assertThat(Files.readString(DOCKERFILE)).containsPattern("AS java[\\s\\S]+USER 10001[\\s\\S]+FROM java AS hub");
    }

    @Test
    void the_image_draws_chinese_and_keeps_the_time_of_shanghai_without_a_curl() throws IOException {
        assertThat(Files.readString(DOCKERFILE))
                .contains("fonts-noto-cjk", "TZ=Asia/Shanghai", "HEALTHCHECK", "-Djarmode=tools")
                .doesNotContain("curl", "wget");
    }

    @Test
    void each_service_waits_for_a_service_that_can_say_it_is_well() throws IOException {
        JsonNode services = compose().path("services");
        assertThat(names(services)).contains("hub", "postgres", "kafka", "partners");
        for (JsonNode service : services) {
            service.path("depends_on").properties().forEach(wait -> {
                String name = wait.getKey();
                String condition = wait.getValue().path("condition").asText();
                assertThat(services.has(name)).as(name).isTrue();
                boolean checked = services.path(name).path("healthcheck").has("test") || name.equals("hub");
                assertThat(condition.equals("service_healthy") ? checked : condition.startsWith("service_completed"))
                        .as(name + " " + condition)
                        .isTrue();
            });
        }
    }

    @Test
    void each_folder_and_build_that_compose_names_is_there() throws IOException {
        JsonNode compose = compose();
        Set<String> stages = Set.copyOf(matches("(?m)^FROM \\S+ AS (\\S+)$"));
        for (JsonNode service : compose.path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String from = volume.asText().split(":")[0];
                assertThat(
                                from.startsWith(".")
                                        ? Files.exists(Path.of("docker", from))
                                        : compose.path("volumes").has(from))
                        .as(from)
                        .isTrue();
            }
            if (service.has("build")) {
                assertThat(stages).contains(service.path("build").path("target").asText());
                assertThat(Path.of(
                                        "docker",
                                        service.path("build").path("context").asText())
                                .resolve(
                                        service.path("build").path("dockerfile").asText()))
                        .exists();
            }
        }
    }

    @Test
    void the_admin_port_is_open_to_this_machine_only() throws IOException {
        assertThat(compose().path("services").path("hub").path("ports"))
                .extracting(JsonNode::asText)
                .contains("127.0.0.1:8081:8081");
    }

    @Test
    void the_hub_reads_the_secrets_that_the_script_makes_and_a_second_run_keeps_them(@TempDir Path folder)
            throws Exception {
        makeSecrets(folder);
        String first =
                Files.readString(folder.resolve("keys.json")) + Files.readString(folder.resolve("partners.json"));
        makeSecrets(folder);
        assertThat(Files.readString(folder.resolve("keys.json")) + Files.readString(folder.resolve("partners.json")))
                .isEqualTo(first);
        Keys.load(folder.resolve("keys.json"), new SecretFile(false));
        assertThat(JSON.readTree(folder.resolve("partners.json").toFile()).path("keys"))
                .extracting(it -> it.path("system").asText())
                .contains("gov", "postal", "receipt85", "inquiry", "sms", "ticket", "pda", "desk");
    }

    private static void makeSecrets(Path folder) throws Exception {
        Process script = new ProcessBuilder("sh", "docker/make-secrets.sh", folder.toString())
                .inheritIO()
                .start();
        assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isZero();
    }

    private static JsonNode compose() throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(COMPOSE.toFile());
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> matches(String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(DOCKERFILE));
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
