package songda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a hub at work: what dashboards and alerts ask for is there. */
@Tag("desk")
class PrometheusDeskIT {

    private static final Path GRAFANA = Path.of("docker/grafana");
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void each_expression_of_a_dashboard_returns_data_and_each_rule_is_evaluated() throws Exception {
        try (HubProcess hub = HubProcess.in(folder.resolve("data"));
                StandInsProcess partners = StandInsProcess.of(hub, folder.resolve("journal"))) {
            hub.with(partners.addresses())
                    .with(Map.of("SONGDA_KPI_REFRESH", "PT2S"))
                    .start()
                    .awaitReady(Duration.ofMinutes(4));
            int port = HubProcess.freePort();
            Process prometheus = prometheus(hub, port);
            try {
                URI at = URI.create("http://127.0.0.1:" + port);
                partners.control("/control/gov/push", "{\"count\":20,\"prefix\":\"METRIC\",\"connections\":2}");
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofSeconds(2))
                        .untilAsserted(() -> assertThat(silent(at)).isEmpty());
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(ask(at, "/api/v1/rules").findValuesAsText("health"))
                                .hasSizeGreaterThanOrEqualTo(20)
                                .containsOnly("ok"));
                assertThat(ask(at, "/api/v1/alerts").findValuesAsText("severity"))
                        .doesNotContain("page");
            } finally {
                prometheus.destroy();
                prometheus.waitFor();
            }
        }
    }

    private Process prometheus(HubProcess hub, int port) throws IOException {
        Path config = Files.writeString(
                folder.resolve("prometheus.yaml"),
                """
                global: { scrape_interval: 1s, evaluation_interval: 2s }
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: songda
                    metrics_path: /actuator/prometheus
                    static_configs: [{ targets: ["%s"] }]
                """
                        .formatted(
                                Path.of("docker/prometheus/alerts.yaml").toAbsolutePath(),
                                hub.adminUrl().getAuthority()));
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /** Expressions without an answer. */
    private List<String> silent(URI at) throws Exception {
        List<String> silent = new ArrayList<>();
        try (Stream<Path> dashboards = Files.list(GRAFANA)) {
            for (Path dashboard : dashboards.sorted().toList()) {
                for (String expr : JSON.readTree(dashboard.toFile()).findValuesAsText("expr")) {
                    JsonNode answer = ask(at, "/api/v1/query?query=" + URLEncoder.encode(expr, StandardCharsets.UTF_8));
                    if (answer.at("/data/result").isEmpty()) {
                        silent.add(dashboard.getFileName() + ": " + expr);
                    }
                }
            }
        }
        return silent;
    }

    private JsonNode ask(URI at, String target) throws Exception {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(at.resolve(target)).build(), HttpResponse.BodyHandlers.ofString());
        JsonNode json = JSON.readTree(answer.body());
        assertThat(json.path("status").asText()).as(answer.body()).isEqualTo("success");
        return json;
    }
}
