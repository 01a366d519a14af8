package songda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The schemas that editors use too: of ladders, the catalogue, timelines and the heads of code tables. */
final class EditorSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema LADDER = read("ladder");
    private static final Schema FACTS = read("facts");
    private static final Schema TIMELINE = read("timeline");
    private static final Schema TABLE = read("table");

    private EditorSchemas() {}

    static void check(RouteFiles all, Findings out) {
        for (Map.Entry<Path, YamlText> entry : all.yamls().entrySet()) {
            if (entry.getValue().readable()) {
                of(all, entry.getKey()).ifPresent(schema -> check(schema, entry.getValue(), out));
            }
        }
        all.texts().forEach((path, text) -> {
            boolean table = path.toString().endsWith(".csv")
                    && path.startsWith(all.mappings())
                    && all.mappings().relativize(path).getNameCount() == 3;
            if (table) {
                CodeTable head = CodeTable.of(path.toString(), text);
                boolean good = TABLE.validate(JSON.<JsonNode>valueToTree(head.columns()))
                        .isEmpty();
                out.when(!good && !head.columns().isEmpty(), "R410", Place.start(head.file()), head.columns());
            }
        });
    }

    private static Optional<Schema> of(RouteFiles all, Path file) {
        String name = file.getFileName().toString();
        if (file.equals(all.catalogue())) {
            return Optional.of(FACTS);
        }
        if (name.endsWith(".test.yaml")) {
            return Optional.of(TIMELINE);
        }
        boolean ladder = file.startsWith(all.routes().resolve("ladder")) && !name.endsWith(RouteFile.END);
        return ladder ? Optional.of(LADDER) : Optional.empty();
    }

    private static void check(Schema schema, YamlText yaml, Findings out) {
        schema.validate(yaml.tree()).stream().limit(5).forEach(e -> {
            String where = e.getInstanceLocation().toString();
            Place place = e.getProperty() == null ? yaml.at(where) : yaml.atKey(where, e.getProperty());
            out.add("R306", place, where.isEmpty() ? "/" : where, e.getMessage());
        });
    }

    private static Schema read(String name) {
        try (InputStream in = EditorSchemas.class.getResourceAsStream("/schema/songda-" + name + ".json")) {
            return REGISTRY.getSchema(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
