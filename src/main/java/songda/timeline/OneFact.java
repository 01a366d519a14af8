package songda.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the real steps decide about one fact: {@code {"fact": …, "at": …, "order": {…}, "data": {…}}}, in a file. */
public final class OneFact {

    private static final Set<String> KEYS = Set.of("fact", "at", "by", "about", "order", "data");
    private final Timeline timeline;

    private OneFact(Timeline timeline) {
        this.timeline = timeline;
    }

    /** @throws IllegalArgumentException what to write */
    public static OneFact read(Path file) {
        try {
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            Set<String> unknown = new TreeSet<>();
            json.fieldNames().forEachRemaining(unknown::add);
            unknown.removeAll(KEYS);
            if (!json.path("fact").isTextual() || !unknown.isEmpty()) {
                throw new IllegalArgumentException(
                        file + ": write fact, and at, by, about, order, data as needed" + unknown);
            }
            Instant at = Moments.instant(json.path("at").asText("2026-09-29T15:00:00"), Instant.EPOCH, Instant.EPOCH);
            Map<String, String> order = new LinkedHashMap<>(TimelineFiles.ORDER);
            order.putAll(texts(json.path("order")));
            Timeline.Deed deed = new Timeline.Happens(
                    json.path("fact").asText(),
                    at,
                    texts(json.path("data")),
                    json.path("about").asText(null),
                    json.path("by").asText(null),
                    "route");
            return new OneFact(new Timeline(
                    file, 1, "route", List.of(), order, at, List.of(new Timeline.Entry(1, at, deed, null))));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(file + ": at: write 2026-09-29T15:00:00", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    /** A line each, as timelines write them. */
    public List<String> decided(Rehearsal rehearsal) {
        return Walk.follow(rehearsal, timeline);
    }

    /** The doors by their names, the ladders as {@code open/<ladder>} and {@code close/<ladder>}. */
    public static Set<String> names(List<String> decided) {
        return decided.stream()
                .map(line ->
                        line.replaceFirst("^(open|close) ([^/ ]+).*", "$1/$2").replaceFirst(" .*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
