package songda.deadline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import songda.fact.FactCatalogue;

/** The ladders of {@code routes/ladder/}, checked while they are read: a wrong one stops the start with file and reason. */
public final class Ladders {

    private static final Set<String> LADDER_KEYS = Set.of("ladder", "description", "rules", "rungs");
    private static final Set<String> RUNG_KEYS = Set.of("rung", "after", "calendar", "reports", "covered-by");
    private final Map<String, Ladder> ladders;

    private Ladders(Map<String, Ladder> ladders) {
        this.ladders = ladders;
    }

    public static Ladders read(Path folder, FactCatalogue catalogue) {
        Map<String, Ladder> ladders = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(
                            f -> f.toString().endsWith(".yaml") && !f.toString().endsWith(".test.yaml"))
                    .toList()) {
                Ladder ladder = read(file, Files.readString(file), catalogue);
                ladders.put(ladder.name(), ladder);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + ": cannot be read: " + e.getMessage(), e);
        }
        return new Ladders(ladders);
    }

    private static Ladder read(Path file, String text, FactCatalogue catalogue) throws IOException {
        JsonNode yaml = yaml(file, text);
        String name = yaml.path("ladder").asText();
        if (!file.getFileName().toString().equals(name + ".yaml")) {
            throw wrong(file, "ladder: '" + name + "' must be the file's name");
        }
        only(file, yaml, LADDER_KEYS);
        List<Ladder.Rung> rungs = new ArrayList<>();
        Instant before = Instant.EPOCH;
        for (JsonNode rung : yaml.path("rungs")) {
            only(file, rung, RUNG_KEYS);
            Ladder.Rung read = rung(file, rung, catalogue);
            if (!read.due(Instant.EPOCH).isAfter(before)) {
                throw wrong(file, "rung '" + read.name() + "': write a time longer than that of the rung before it");
            }
            before = read.due(Instant.EPOCH);
            if (read.name().isBlank() || rungs.stream().anyMatch(r -> r.name().equals(read.name()))) {
                throw wrong(file, "rung '" + read.name() + "': each rung needs a name of its own");
            }
            rungs.add(read);
        }
        if (rungs.isEmpty()) {
            throw wrong(file, "rungs: write at least one");
        }
        return new Ladder(name, version(text), List.copyOf(rungs));
    }

    private static JsonNode yaml(Path file, String text) throws IOException {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong(file, "is not YAML: " + e.getOriginalMessage());
        }
    }

    /** A deadline that waits for a system which nobody asks would never fall due. */
    private static String coveredBy(JsonNode rung, FactCatalogue catalogue) {
        String system = rung.path("covered-by").asText(null);
        if (system != null
                && catalogue.names().stream()
                        .noneMatch(f -> system.equals(catalogue.get(f).covers()))) {
            throw new IllegalArgumentException("covered-by: no fact in routes/facts.yaml covers '" + system + "'");
        }
        return system;
    }

    private static Ladder.Rung rung(Path file, JsonNode rung, FactCatalogue catalogue) {
        try {
            catalogue.get(rung.path("reports").asText());
            DueRule calendar = DueRule.named(rung.path("calendar").asText());
            String after = rung.path("after").asText();
            calendar.due(Instant.EPOCH, after);
            return new Ladder.Rung(
                    rung.path("rung").asText(),
                    after,
                    calendar,
                    rung.path("reports").asText(),
                    coveredBy(rung, catalogue));
        } catch (DateTimeException e) {
            throw wrong(file, "rung '" + rung.path("rung").asText() + "': after: write P2D (days) or PT24H (hours)");
        } catch (IllegalArgumentException e) {
            throw wrong(file, "rung '" + rung.path("rung").asText() + "': " + e.getMessage());
        }
    }

    private static void only(Path file, JsonNode node, Set<String> keys) {
        node.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw wrong(file, "unknown key '" + key + "', use one of " + keys);
            }
        });
    }

    private static IllegalArgumentException wrong(Path file, String message) {
        return new IllegalArgumentException(file + ": " + message);
    }

    private static String version(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    public Ladder get(String name) {
        Ladder ladder = ladders.get(name);
        if (ladder == null) {
            throw new IllegalArgumentException("unknown ladder '" + name + "': write routes/ladder/" + name + ".yaml");
        }
        return ladder;
    }

    public Set<String> names() {
        return ladders.keySet();
    }
}
