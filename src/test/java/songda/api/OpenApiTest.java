package songda.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiTest {

    private static final Path CONTRACT = Path.of("src/main/resources/static/openapi.yaml");
    private JsonNode api;

    @BeforeEach
    void read() throws IOException {
        api = new YAMLMapper().readTree(CONTRACT.toFile());
    }

    @Test
    void every_reference_resolves_and_every_component_is_used() {
        List<String> references = new ArrayList<>();
        walk(api, node -> {
            if (node.path("$ref").isTextual()) {
                references.add(node.path("$ref").asText());
            }
        });
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(resolve(ref).isObject()).as(ref).isTrue());
        Set<String> components = new TreeSet<>();
        api.path("components").properties().forEach(kind -> kind.getValue()
                .fieldNames()
                .forEachRemaining(name -> components.add("#/components/" + kind.getKey() + "/" + name)));
        components.removeIf(c -> c.startsWith("#/components/securitySchemes/"));
        assertThat(new TreeSet<>(references)).isEqualTo(components);
    }

    @Test
    void every_operation_is_complete() {
        Set<String> ids = new HashSet<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(op -> {
                    String at = op.getKey() + " " + path.getKey();
                    JsonNode operation = op.getValue();
                    assertThat(operation.path("summary").asText()).as(at).contains(" / ");
                    assertThat(ids.add(operation.path("operationId").asText()))
                            .as(at)
                            .isTrue();
                    assertThat(operation.path("responses").fieldNames())
                            .toIterable()
                            .as(at)
                            .contains("401", "503");
                    assertThat(pathParameters(operation)).as(at).isEqualTo(braces(path.getKey()));
                    if (op.getKey().equals("post")) {
                        assertThat(operation
                                        .path("requestBody")
                                        .path("content")
                                        .path("application/json")
                                        .path("examples")
                                        .isEmpty())
                                .as(at)
                                .isFalse();
                        assertThat(operation.path("responses").fieldNames())
                                .toIterable()
                                .as(at)
                                .contains("400", "413", "415");
                    }
                }));
        assertThat(api.path("security").get(0).has("messageSignature")).isTrue();
    }

    @Test
    void every_example_is_as_its_schema_says() {
        List<String> checked = new ArrayList<>();
        walk(api, node -> {
            if (node.has("schema") && node.has("examples")) {
                node.path("examples").properties().forEach(e -> {
                    assertThat(complaints(node.path("schema"), e.getValue().path("value")))
                            .as(e.getKey())
                            .isEmpty();
                    checked.add(e.getKey());
                });
            }
            if (node.has("schema") && node.has("example")) {
                assertThat(complaints(node.path("schema"), node.path("example")))
                        .as(node.path("name").asText())
                        .isEmpty();
                checked.add(node.path("name").asText());
            }
        });
        assertThat(checked).hasSizeGreaterThan(20);
    }

    /** A comma in an unquoted description makes a key of what follows. */
    @Test
    void no_sentence_has_become_a_key() {
        walk(api, node -> node.fieldNames()
                .forEachRemaining(name -> assertThat(name).doesNotContain(" ")));
    }

    @Test
    void a_wrong_order_is_found() {
        JsonNode example = api.at("/paths/~1api~1v1~1orders/post/requestBody/content/application~1json");
        ObjectNode order = example.at("/examples/full/value").deepCopy();
        order.put("unknown", 1).put("orderNo", "a b").remove("payer");
        assertThat(complaints(example.path("schema"), order)).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "Order,gov/order-to-fact",
        "Event,desk/event-to-fact",
        "Message,sms/uploaded-to-request",
        "Scan,postal/scan-to-fact",
        "Cancellation,gov/cancellation-to-fact",
        "Reason,desk/reason",
        "DeadlineChange,desk/change",
        "Migration,desk/migration",
        "LetterReplay,desk/letter-replay",
        "LettersDrop,desk/letters-drop",
        "ReplayForecast,desk/replay-forecast",
        "ReplayStart,desk/replay-start",
        "Republish,desk/republish"
    })
    void what_is_posted_is_what_the_mapping_reads(String schema, String mapping) throws IOException {
        JsonNode in = new ObjectMapper()
                .readTree(Path.of("mappings", mapping, "in.schema.json").toFile());
        assertThat(shape(api.at("/components/schemas/" + schema), api, "")).isEqualTo(shape(in, in, ""));
    }

    @Test
    void every_stage_of_the_catalogue_can_be_asked_for() throws IOException {
        Pattern stage = Pattern.compile(api.at("/paths/~1api~1v1~1orders/get/parameters/0/schema/pattern")
                .asText());
        assertThat(api.at("/components/schemas/Stage/pattern").asText()).isEqualTo(stage.pattern());
        JsonNode facts =
                new YAMLMapper().readTree(Path.of("routes/facts.yaml").toFile()).path("facts");
        assertThat(facts.findValuesAsText("stage")).isNotEmpty().allSatisfy(s -> assertThat(s)
                .matches(stage));
    }

    /** Path of each object → its properties and what it requires. */
    private static Map<String, String> shape(JsonNode schema, JsonNode root, String at) {
        Map<String, String> shape = new TreeMap<>();
        JsonNode resolved =
                schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
        if (resolved.has("properties")) {
            Set<String> names = new TreeSet<>();
            resolved.path("properties").properties().forEach(p -> {
                names.add(p.getKey());
                shape.putAll(shape(p.getValue(), root, at + "/" + p.getKey()));
            });
            Set<String> required = new TreeSet<>();
            resolved.path("required").forEach(r -> required.add(r.asText()));
            shape.put(
                    at,
                    names + " required " + required + " closed "
                            + resolved.path("additionalProperties").toString());
        }
        if (resolved.has("items")) {
            shape.putAll(shape(resolved.path("items"), root, at + "[]"));
        }
        if (resolved.has("enum")) {
            shape.put(at, resolved.path("enum").toString());
        }
        return shape;
    }

    private List<Error> complaints(JsonNode schema, JsonNode value) {
        ObjectNode whole = new ObjectMapper().createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.set("allOf", whole.arrayNode().add(schema));
        whole.set("components", api.path("components"));
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole);
        return compiled.validate(
                value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static Set<String> pathParameters(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        operation.path("parameters").forEach(p -> {
            if (p.path("in").asText().equals("path")) {
                names.add(p.path("name").asText());
            }
        });
        return names;
    }

    private static Set<String> braces(String path) {
        Set<String> names = new TreeSet<>();
        for (String segment : path.split("/")) {
            if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
            }
        }
        return names;
    }

    private JsonNode resolve(String reference) {
        return api.at(reference.substring(1));
    }

    private static void walk(JsonNode node, java.util.function.Consumer<JsonNode> visit) {
        visit.accept(node);
        node.forEach(child -> walk(child, visit));
    }
}
