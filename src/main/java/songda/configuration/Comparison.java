package songda.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import songda.deadline.DeadlineDesk;

/** What would be otherwise with another configuration than the one that runs: in its files, for messages that have passed, for deadlines that are open. */
@Component
final class Comparison {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final int MOST_DIFFERENCES = 50;
    private static final int MOST_LINES = 20;
    private final DeadlineDesk deadlines;
    private final Parts parts;
    private final OldMessages messages;

    Comparison(DeadlineDesk deadlines, Parts parts, OldMessages messages) {
        this.deadlines = deadlines;
        this.parts = parts;
        this.messages = messages;
    }

    /**
     * @param folder where the next one is laid out, checked
     * @param most how many past messages are looked at
     * @return {@code {routes, ladders, mappings, others}}
     */
    ObjectNode of(Configuration now, Configuration next, Running running, Folder folder, int most) {
        Changes changes = now.to(next);
        Parts.Beside beside = Parts.Beside.read(folder);
        ObjectNode all = YAML.createObjectNode();
        Set<String> said = new TreeSet<>();
        ArrayNode routes = all.putArray("routes");
        ArrayNode ladders = all.putArray("ladders");
        changes.all().forEach(name -> {
            if (name.matches("routes/.+\\.camel\\.yaml|routes/facts\\.yaml")) {
                routes.add(file(name, now, next));
                said.add(name);
            } else if (name.matches("routes/ladder/[^/]+\\.yaml") && !name.endsWith(".test.yaml")) {
                ladders.add(ladder(name, now, next, beside));
                said.add(name);
            }
        });
        all.set(
                "mappings",
                messages.compare(
                        running.folder(), folder, parts.mappings(), beside.mappings(), changes.mappings(), most));
        ArrayNode others = all.putArray("others");
        changes.all().filter(name -> !said.contains(name)).forEach(name -> others.add(lines(name, now, next)));
        return all;
    }

    /** Which lines came and went. People stand in the directory: of that only its name. */
    private static ObjectNode lines(String name, Configuration now, Configuration next) {
        ObjectNode one = YAML.createObjectNode().put("file", name);
        List<String> before = now.text(name).lines().toList();
        List<String> after = next.text(name).lines().toList();
        boolean shown = name.startsWith("mappings/") && !name.startsWith("mappings/directory/");
        ArrayNode removed = one.putArray("removed");
        ArrayNode added = one.putArray("added");
        if (shown) {
            Set<String> old = new HashSet<>(before);
            Set<String> fresh = new HashSet<>(after);
            before.stream()
                    .filter(line -> !fresh.contains(line))
                    .limit(MOST_LINES)
                    .forEach(removed::add);
            after.stream().filter(line -> !old.contains(line)).limit(MOST_LINES).forEach(added::add);
        }
        return one;
    }

    private static ObjectNode file(String name, Configuration now, Configuration next) {
        ObjectNode one = YAML.createObjectNode().put("file", name);
        boolean was = now.hashes().containsKey(name);
        boolean is = next.hashes().containsKey(name);
        one.put("what", was && is ? "changed" : is ? "added" : "removed");
        ArrayNode list = one.putArray("differences");
        if (was && is) {
            Differences.of(tree(now.text(name)), tree(next.text(name))).stream()
                    .limit(MOST_DIFFERENCES)
                    .forEach(d -> list.addObject()
                            .put("path", d.path())
                            .put("before", text(d.before()))
                            .put("after", text(d.after())));
        }
        return one;
    }

    /** What is open keeps its text; so this is what a migration would do, or the hub itself where the calendar is another. */
    private ObjectNode ladder(String name, Configuration now, Configuration next, Parts.Beside beside) {
        ObjectNode one = file(name, now, next);
        String ladder = name.substring("routes/ladder/".length(), name.length() - ".yaml".length());
        if (beside.ladders().names().contains(ladder)) {
            one.set(
                    "migrated",
                    deadlines.forecast(
                            ladder, beside.ladders(), beside.almanac().now()));
        }
        return one;
    }

    private static JsonNode tree(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            return MissingNode.getInstance(); // the check has said so
        }
    }

    /** Null where there is none. */
    private static String text(JsonNode value) {
        return value.isMissingNode() ? null : value.isContainerNode() ? value.toString() : value.asText();
    }
}
