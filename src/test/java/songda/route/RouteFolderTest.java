package songda.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of the folders of a system's dialects one is loaded, with what stands beside them. */
class RouteFolderTest {

    @TempDir
    Path routes;

    @BeforeEach
    void build() throws IOException {
        route("edge/postal", "postal-request-pickup", "log:beside");
        route("edge/postal/platform", "postal-send-order", "log:platform");
        route("edge/postal/oms", "postal-send-order", "log:oms");
    }

    private void route(String folder, String id, String to) throws IOException {
        Path file = Files.createDirectories(routes.resolve(folder)).resolve(id + ".camel.yaml");
        Files.writeString(
                file,
                """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - to:
                            uri: %s
                """
                        .formatted(id, id, to));
    }

    private String ends(String dialect) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            Properties settings = new Properties();
            settings.setProperty("songda.postal.dialect", dialect);
            camel.getPropertiesComponent().setInitialProperties(settings);
            new RouteFolder(routes).load(camel);
            camel.start();
            return camel.getEndpoints().stream()
                    .map(e -> e.getEndpointUri())
                    .filter(e -> e.startsWith("log:"))
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    @Test
    void the_chosen_dialect_is_loaded_and_no_other() throws Exception {
        assertThat(ends("platform")).isEqualTo("[log://beside, log://platform]");
        assertThat(ends("oms")).isEqualTo("[log://beside, log://oms]");
    }

    @Test
    void a_dialect_that_is_not_there_stops_the_start_and_is_named() {
        for (String wrong : new String[] {"", "osm"}) {
            assertThatThrownBy(() -> ends(wrong))
                    .hasMessageContaining("songda.postal.dialect is '" + wrong + "'")
                    .hasMessageContaining("edge/postal");
        }
    }
}
