package songda.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import songda.failure.Refused;

/** What openapi.yaml says can be called. A route that is not in the contract cannot be reached. */
final class Operations {

    private final List<Operation> all;

    private Operations(List<Operation> all) {
        this.all = List.copyOf(all);
    }

    /** @param name of a parameter; @param schema pattern, enum, minimum and maximum of OpenAPI are heeded */
    private record Parameter(
            String name, boolean required, Pattern pattern, List<String> allowed, Long minimum, Long maximum) {

        static Parameter of(JsonNode node) {
            JsonNode schema = node.path("schema");
            List<String> allowed = new ArrayList<>();
            schema.path("enum").forEach(v -> allowed.add(v.asText()));
            boolean integer = schema.path("type").asText().equals("integer");
            String pattern = schema.path("pattern").asText(integer ? "-?\\d{1,9}" : "[^\\p{Cntrl}]{0,512}");
            return new Parameter(
                    node.path("name").asText(),
                    node.path("required").asBoolean(),
                    Pattern.compile(pattern),
                    allowed,
                    integer ? schema.path("minimum").asLong(Long.MIN_VALUE) : null,
                    integer ? schema.path("maximum").asLong(Long.MAX_VALUE) : null);
        }

        void check(String value) {
            if (!pattern.matcher(value).matches()
                    || !(allowed.isEmpty() || allowed.contains(value))
                    || !inRange(value)) {
                throw new Refused(Problems.badParameter(name, "is not as /openapi.yaml says"));
            }
        }

        private boolean inRange(String value) {
            return minimum == null || (Long.parseLong(value) >= minimum && Long.parseLong(value) <= maximum);
        }
    }

    private record Operation(
            String method,
            List<String> segments,
            Map<String, Parameter> path,
            Map<String, Parameter> query,
            Map<String, Parameter> header) {

        /** @return values of the path's parameters; null if the path is another */
        Map<String, String> match(List<String> actual) {
            if (actual.size() != segments.size()) {
                return null;
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < segments.size(); i++) {
                String segment = segments.get(i);
                if (segment.startsWith("{")) {
                    values.put(segment.substring(1, segment.length() - 1), actual.get(i));
                } else if (!segment.equals(actual.get(i))) {
                    return null;
                }
            }
            return values;
        }
    }

    /** @param openapi YAML of an OpenAPI 3.1 document whose parameters are written out in each operation */
    static Operations read(InputStream openapi) {
        try (openapi) {
            List<Operation> all = new ArrayList<>();
            new YAMLMapper().readTree(openapi).path("paths").properties().forEach(path -> path.getValue()
                    .properties()
                    .forEach(op -> all.add(operation(path.getKey(), op.getKey(), op.getValue()))));
            return new Operations(all);
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml cannot be read", e);
        }
    }

    private static Operation operation(String path, String method, JsonNode node) {
        Map<String, Parameter> inPath = new LinkedHashMap<>();
        Map<String, Parameter> inQuery = new LinkedHashMap<>();
        Map<String, Parameter> inHeader = new LinkedHashMap<>();
        for (JsonNode parameter : node.path("parameters")) {
            switch (parameter.path("in").asText()) {
                case "path" -> inPath.put(parameter.path("name").asText(), Parameter.of(parameter));
                case "query" -> inQuery.put(parameter.path("name").asText(), Parameter.of(parameter));
                case "header" -> inHeader.put(parameter.path("name").asText(), Parameter.of(parameter));
                default -> {} // a reference: what all operations share is read by the filters
            }
        }
        return new Operation(method.toUpperCase(Locale.ROOT), segments(path), inPath, inQuery, inHeader);
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.split("/", -1));
    }

    /**
     * The parameters that the operation knows, checked; all others are dropped.
     *
     * @param header value of a request header, or null
     * @throws WrongMethod if the path is known for other methods only
     * @throws Refused 404 for an unknown path, 400 for a wrong parameter
     */
    Map<String, String> call(String method, String path, String query, UnaryOperator<String> header) {
        TreeSet<String> others = new TreeSet<>();
        for (Operation operation : all) {
            Map<String, String> values = operation.match(segments(path));
            if (values == null) {
                continue;
            }
            if (operation.method().equals(method)) {
                values.forEach((name, value) -> operation.path().get(name).check(value));
                values.putAll(Query.read(query, operation.query().keySet()));
                operation.query().values().forEach(p -> checkPresent(p, values.get(p.name())));
                operation.header().forEach((name, p) -> {
                    checkPresent(p, header.apply(name));
                    values.computeIfAbsent(name, header);
                });
                return values;
            }
            others.add(operation.method());
        }
        if (others.isEmpty()) {
            throw new Refused(Problems.NO_SUCH_PATH);
        }
        throw new WrongMethod(String.join(", ", others));
    }

    private static void checkPresent(Parameter parameter, String value) {
        if (value != null) {
            parameter.check(value);
        } else if (parameter.required()) {
            throw new Refused(Problems.badParameter(parameter.name(), "is missing"));
        }
    }

    static final class WrongMethod extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final String allowed;

        WrongMethod(String allowed) {
            super(null, null, false, false);
            this.allowed = allowed;
        }

        String allowed() {
            return allowed;
        }
    }
}
