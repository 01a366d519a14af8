package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import songda.failure.Problem.Field;

/** A JSON schema (draft 2020-12) compiled once. Its answers name places and limits, never a value of the message. */
final class Contract {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            r -> r.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private static final Schema META =
            REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    private static final int MOST_FIELDS = 20;

    private final Schema schema;
    private final JsonNode source;

    private Contract(Schema schema, JsonNode source) {
        this.schema = schema;
        this.source = source;
    }

    static Contract read(Path file, String shown) {
        JsonNode tree = tree(file, shown);
        List<Error> faults = META.validate(tree);
        if (!faults.isEmpty()) {
            Error first = faults.get(0);
            throw new MappingBroken(
                    shown, "not a JSON schema at " + first.getInstanceLocation() + ": " + first.getMessage());
        }
        try {
            Schema schema = REGISTRY.getSchema(tree);
            schema.initializeValidators();
            return new Contract(schema, tree);
        } catch (RuntimeException e) {
            throw new MappingBroken(shown, "not a usable JSON schema: " + e.getMessage());
        }
    }

    private static JsonNode tree(Path file, String shown) {
        try {
            return StrictJson.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new MappingBroken(shown, "cannot be read: " + e.getMessage());
        } catch (Breach e) {
            throw new MappingBroken(shown, e.text());
        }
    }

    /** Every breach, at most twenty, in the order of their paths; none where the message keeps the contract. */
    List<Field> breaches(JsonNode message) {
        List<Error> errors = schema.validate(message);
        return errors.isEmpty()
                ? List.of()
                : errors.stream()
                        .map(this::field)
                        .distinct()
                        .sorted(Comparator.comparing(Field::path))
                        .limit(MOST_FIELDS)
                        .toList();
    }

    private Field field(Error error) {
        return new Field(path(error), SchemaWords.of(error, source));
    }

    private static String path(Error error) {
        var path = new StringBuilder();
        var at = error.getInstanceLocation();
        for (int i = 0; i < at.getNameCount(); i++) {
            path.append('/').append(Names.shown(String.valueOf(at.getName(i))));
        }
        boolean names = error.getProperty() != null;
        return names ? path.append('/').append(Names.shown(error.getProperty())).toString() : path.toString();
    }
}
