package songda.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dialect's file takes the place of the house's of the same room and name. */
class RouteFolderTest {

    @TempDir
    Path routes;

    @BeforeEach
    void build() throws IOException {
        route("edge/postal", "postal-send-order", "log:house");
        route("edge/postal", "postal-send-other", "log:house");
        route("dialect/old/edge/postal", "postal-send-order", "log:old");
        route("dialect/older/edge/postal", "postal-send-order", "log:older");
        route("dialect/older/edge/postal", "postal-send-more", "log:older");
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

    private String ends(String... dialects) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            new RouteFolder(routes, List.of(dialects)).load(camel);
            camel.start();
            return String.join(
                    " ",
                    camel.getEndpoints().stream()
                            .map(e -> e.getEndpointUri())
                            .filter(e -> e.startsWith("log:"))
                            .sorted()
                            .toList()
                            .toString(),
                    String.valueOf(camel.getRoutes().size()));
        }
    }

    @Test
    void the_house_alone() throws Exception {
        assertThat(ends()).isEqualTo("[log://house] 2");
    }

    @Test
    void one_dialect_and_two_of_which_the_later_counts() throws Exception {
        assertThat(ends("old")).isEqualTo("[log://house, log://old] 2");
        assertThat(ends("old", "older")).isEqualTo("[log://house, log://older] 3");
    }

    @Test
    void a_dialect_that_is_not_there_stops_the_start() {
        assertThatThrownBy(() -> ends("odl")).hasMessageContaining("dialect/odl");
    }
}
