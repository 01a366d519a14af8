package songda.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an editor is told by {@code .vscode/settings.json}: every file has its schema, and keeps it; every bad one breaks it. */
class EditorsTest {

    private static final String CAMEL = "camelYamlDsl-canonical.json";

    @Test
    void every_yaml_file_of_the_routes_has_exactly_one_schema() throws IOException {
        for (Path file : yamls(Path.of("routes"))) {
            assertThat(schemas(file.toString())).as(file.toString()).hasSize(1);
        }
    }

    @Test
    void every_schema_that_is_named_is_there() throws IOException {
        assertThat(settings().keySet()).allMatch(schema -> Files.exists(Path.of(schema)));
    }

    @Test
    void every_file_keeps_its_schema() throws IOException {
        for (Path file : yamls(Path.of("routes"))) {
            assertThat(faults(file, file.toString())).as(file.toString()).isZero();
        }
    }

    @Test
    void the_bad_files_of_the_schema_rule_break_theirs() throws IOException {
        for (String bad : List.of("SONGDA-R306", "SONGDA-R306-facts", "SONGDA-R306-timeline")) {
            Path house = Path.of("src/test/check", bad);
            for (Path file : yamls(house)) {
                assertThat(faults(file, house.relativize(file).toString()))
                        .as(file.toString())
                        .isPositive();
            }
        }
    }

    /** Camel's own schema is for the house rules to check; here it only has to be found. */
    private static int faults(Path file, String name) throws IOException {
        int faults = 0;
        for (String schema : schemas(name)) {
            if (!schema.endsWith(CAMEL)) {
                faults += SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(new ObjectMapper().readTree(Path.of(schema).toFile()))
                        .validate(new YAMLMapper().readTree(file.toFile()))
                        .size();
            }
        }
        return faults;
    }

    private static List<String> schemas(String file) throws IOException {
        List<String> schemas = new ArrayList<>();
        settings().forEach((schema, globs) -> {
            if (globs.stream().anyMatch(glob -> matches(glob, file))) {
                schemas.add(schema);
            }
        });
        return schemas;
    }

    /** The one word of an editor's globs that Java's do not have: all but. */
    private static boolean matches(String glob, String file) {
        String all = glob.replaceAll("!\\([^)]*\\)", "*");
        boolean except = !all.equals(glob) && file.endsWith(".test.yaml");
        return !except && FileSystems.getDefault().getPathMatcher("glob:" + all).matches(Path.of(file));
    }

    private static Map<String, List<String>> settings() throws IOException {
        Map<String, List<String>> settings = new LinkedHashMap<>();
        JsonNode all =
                new ObjectMapper().readTree(Path.of(".vscode/settings.json").toFile());
        all.path("yaml.schemas").properties().forEach(e -> {
            List<String> globs = new ArrayList<>();
            e.getValue().forEach(g -> globs.add(g.asText()));
            settings.put(e.getKey(), globs);
        });
        return settings;
    }

    private static List<Path> yamls(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(p -> p.toString().endsWith(".yaml")).sorted().toList();
        }
    }
}
