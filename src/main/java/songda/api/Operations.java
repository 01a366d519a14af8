package songda.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import songda.failure.Refused;

/** What openapi.yaml says can be called. A route that is not in the contract cannot be reached. */
final class Operations {

    private final List<Operation> all;

    private Operations(List<Operation> all) {
        this.all = List.copyOf(all);
    }

    /** @param parameters by where they stand: path, query, header */
    private record Operation(String method, List<String> segments, Map<String, Map<String, Parameter>> parameters) {

        Map<String, Parameter> in(String place) {
            return parameters.getOrDefault(place, Map.of());
        }

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

        Map<String, String> read(Map<String, String> path, String query, UnaryOperator<String> header) {
            Map<String, String> values = new LinkedHashMap<>();
            accept("path", path::get, values);
            accept("query", Query.read(query, in("query").keySet())::get, values);
            accept("header", header, values);
            return values;
        }

        private void accept(String place, UnaryOperator<String> sent, Map<String, String> values) {
            in(place).forEach((name, parameter) -> {
                String value = parameter.accept(sent.apply(name));
                if (value != null) {
                    values.put(name, value);
                }
            });
        }
    }

    /**
     * @param openapi YAML of an OpenAPI 3.1 document; parameters given by reference are not passed to routes
     * @param more folder of folders, each of which may have an {@code openapi.yaml} with paths of its own: those of a system that the product does
     *     not know
     */
    static Operations read(InputStream openapi, Path more) {
        try (openapi) {
            List<Operation> all = new ArrayList<>(operations(new YAMLMapper().readTree(openapi)));
            for (Path file : contracts(more)) {
                all.addAll(operations(new YAMLMapper().readTree(file.toFile())));
            }
            return new Operations(all);
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml cannot be read", e);
        }
    }

    private static List<Path> contracts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> systems = Files.list(folder)) {
            return systems.map(system -> system.resolve("openapi.yaml"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
    }

    private static List<Operation> operations(JsonNode openapi) {
        List<Operation> all = new ArrayList<>();
        openapi.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(op -> all.add(operation(path.getKey(), op.getKey(), op.getValue()))));
        return all;
    }

    private static Operation operation(String path, String method, JsonNode node) {
        Map<String, Map<String, Parameter>> parameters = new LinkedHashMap<>();
        for (JsonNode parameter : node.path("parameters")) {
            parameters
                    .computeIfAbsent(parameter.path("in").asText(), place -> new LinkedHashMap<>())
                    .put(parameter.path("name").asText(), Parameter.of(parameter));
        }
        return new Operation(method.toUpperCase(Locale.ROOT), segments(path), parameters);
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.split("/", -1));
    }

    /**
     * The parameters that the operation knows, checked and with their defaults; all others are dropped.
     *
     * @param header value of a request header, or null
     * @throws WrongMethod if the path is known for other methods only
     * @throws Refused 404 for an unknown path, 400 for a wrong parameter
     */
    Map<String, String> call(String method, String path, String query, UnaryOperator<String> header) {
        TreeSet<String> others = new TreeSet<>();
        for (Operation operation : all) {
            Map<String, String> inPath = operation.match(segments(path));
            if (inPath != null && operation.method().equals(method)) {
                return operation.read(inPath, query, header);
            }
            if (inPath != null) {
                others.add(operation.method());
            }
        }
        if (others.isEmpty()) {
            throw new Refused(Problems.NO_SUCH_PATH);
        }
        throw new WrongMethod(String.join(", ", others));
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
