package songda.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The dry runs of many letters added up. Each is rolled back, so what two letters say alike is counted once here. */
final class Forecast {

    private static final int EXAMPLES = 10;
    private final Map<String, Integer> recorded = new TreeMap<>();
    private final Map<String, Integer> duplicate = new TreeMap<>();
    private final Map<String, Integer> failing = new TreeMap<>();
    private final Map<String, Integer> sends = new TreeMap<>();
    private final Map<String, Integer> suppressed = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private final ArrayNode examples = JsonNodeFactory.instance.arrayNode();

    /** @param replay what {@link LetterReplay} answers */
    void add(ObjectNode replay) {
        if (replay.path("outcome").asText().equals("FAILED")) {
            count(failing, replay.path("reason").asText());
        }
        for (JsonNode fact : replay.path("facts")) {
            boolean first = seen.add(fact.path("key").asText());
            ((ObjectNode) fact).remove("key");
            boolean fresh = first && fact.path("outcome").asText().equals("RECORDED");
            count(fresh ? recorded : duplicate, fact.path("fact").asText());
            for (JsonNode effect : fact.path("effects")) {
                String door = effect.path("door").asText();
                if (fresh) {
                    count(sends, door);
                } else {
                    count(suppressed, door + " " + effect.path("state").asText());
                }
            }
        }
        if (examples.size() < EXAMPLES) {
            examples.add(replay);
        }
    }

    private static void count(Map<String, Integer> counts, String name) {
        counts.merge(name, 1, Integer::sum);
    }

    ObjectNode json(long letters, int tried) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("letters", letters).put("tried", tried);
        json.set("recorded", list(recorded));
        json.set("duplicate", list(duplicate));
        json.set("failing", list(failing));
        json.set("sends", list(sends));
        json.set("suppressed", list(suppressed));
        json.set("examples", examples);
        return json;
    }

    private static ArrayNode list(Map<String, Integer> counts) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        counts.forEach((name, count) -> list.addObject().put("what", name).put("count", count));
        return list;
    }
}
