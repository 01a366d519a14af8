package songda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import songda.failure.Moot;
import songda.failure.Refused;
import songda.failure.Unmappable;

class MappingComponentTest {

    @TempDir
    Path root;

    private Mappings mappings;
    private CamelContext camel;

    @BeforeEach
    void start() throws Exception {
        Path folder = Files.createDirectories(root.resolve("gov/echo"));
        Files.writeString(folder.resolve("map.jslt"), "{ \"got\": .a }");
        Files.writeString(folder.resolve("in.schema.json"), "{\"required\":[\"a\"]}");
        mappings = new Mappings(root);
        camel = new DefaultCamelContext();
        camel.addComponent("mapping", new MappingComponent(mappings));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void the_body_is_replaced() {
        assertThat(send("mapping:gov/echo", "{\"a\":1}"))
                .isInstanceOf(JsonNode.class)
                .hasToString("{\"got\":1}");
    }

    @Test
    void a_running_endpoint_uses_the_reloaded_mapping() throws Exception {
        send("mapping:gov/echo", "{\"a\":1}");
        Files.writeString(root.resolve("gov/echo/map.jslt"), "{ \"now\": .a }");
        mappings.reload(root.resolve("gov/echo/map.jslt"));
        assertThat(send("mapping:gov/echo", "{\"a\":1}")).hasToString("{\"now\":1}");
    }

    @Test
    void a_breach_is_refused_or_set_aside_as_the_route_says() {
        assertThatThrownBy(() -> send("mapping:gov/echo?breach=refuse", "{}")).hasCauseInstanceOf(Refused.class);
        assertThatThrownBy(() -> send("mapping:gov/echo?breach=set-aside", "{}"))
                .hasCauseInstanceOf(Unmappable.class);
        assertThatThrownBy(() -> send("mapping:gov/echo", "{}")).hasCauseInstanceOf(Unmappable.class);
    }

    @Test
    void of_a_list_each_is_translated_and_one_that_cannot_be_is_set_aside_alone() {
        assertThat(send("mapping:gov/echo?each=gov-receive-echo", "[{\"a\":1},{\"b\":2},{\"a\":3}]"))
                .hasToString("[{\"got\":1},{\"aside\":\"/a 缺少此项 / missing\",\"place\":\"mapping:gov/echo\","
                        + "\"door\":\"gov-receive-echo\",\"message\":{\"b\":2}},{\"got\":3}]");
        assertThat(send("mapping:gov/echo?each=gov-receive-echo", "{\"a\":1}")).hasToString("{\"got\":1}");
        assertThatThrownBy(() -> send("mapping:gov/echo?each=gov-receive-echo", "{\"b\":1}"))
                .hasCauseInstanceOf(Unmappable.class);
        assertThatThrownBy(() -> send("mapping:gov/echo?each=gov-receive-echo", "[{"))
                .hasCauseInstanceOf(Unmappable.class);
    }

    @Test
    void a_mapping_may_say_that_nothing_is_needed_any_more() throws Exception {
        Files.writeString(
                root.resolve("gov/echo/map.jslt"),
                "let no = if (.a == 2) moot(\"/a\", \"已撤 / taken back\") { \"got\": .a }");
        mappings.reload(root.resolve("gov/echo/map.jslt"));
        assertThat(send("mapping:gov/echo", "{\"a\":1}")).hasToString("{\"got\":1}");
        assertThatThrownBy(() -> send("mapping:gov/echo", "{\"a\":2}"))
                .hasCauseInstanceOf(Moot.class)
                .rootCause()
                .hasMessage("/a 已撤 / taken back");
    }

    @Test
    void a_misspelled_name_or_option_is_refused_when_the_route_is_loaded() {
        assertThatThrownBy(() -> camel.getEndpoint("mapping:gov/ecko"))
                .rootCause()
                .hasMessageContaining("[gov/echo]");
        assertThatThrownBy(() -> camel.getEndpoint("mapping:gov/echo?breach=no"))
                .rootCause()
                .hasMessageContaining("breach=refuse");
        assertThatThrownBy(() -> camel.getEndpoint("mapping:gov/echo?brech=refuse"))
                .isInstanceOf(RuntimeException.class);
    }

    private Object send(String uri, Object body) {
        try (var template = camel.createProducerTemplate()) {
            return template.requestBody(uri, body);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
