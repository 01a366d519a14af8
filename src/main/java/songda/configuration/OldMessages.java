package songda.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import songda.deadletter.Preview;
import songda.door.PastMessages;
import songda.mapping.Mappings;
import songda.mapping.Trial;

/** Gives what doors have sent lately to the mappings that run and to those that shall, and says in which fields the results differ, masked. */
@Component
final class OldMessages {

    private static final int MOST_FIELDS = 30;
    private final PastMessages past;

    OldMessages(PastMessages past) {
        this.past = past;
    }

    /** Both sides of one field where they were not the same, the first time. */
    private static final class Field {
        private final String before;
        private final String after;
        private int count;

        private Field(String before, String after) {
            this.before = before;
            this.after = after;
        }
    }

    /** Of one mapping. */
    private static final class Tally {
        private int messages;
        private int different;
        private int failing;
        private String failure;
        private final Map<String, Field> fields = new TreeMap<>();

        private void add(Trial before, Trial after) {
            messages++;
            if (after.no() != null && before.no() == null) {
                failing++;
                failure = failure == null ? after.no() : failure;
            }
            boolean same = before.result().equals(after.result());
            different += same ? 0 : 1;
            if (!same && after.no() == null && before.no() == null) {
                Differences.of(before.result(), after.result()).forEach(this::add);
            }
        }

        private void add(Differences.Difference difference) {
            if (fields.size() < MOST_FIELDS || fields.containsKey(difference.path())) {
                fields.computeIfAbsent(
                                difference.path(),
                                path -> new Field(
                                        Preview.shown(difference.field(), difference.before()),
                                        Preview.shown(difference.field(), difference.after())))
                        .count++;
            }
        }

        private ObjectNode json(String mapping) {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("mapping", mapping)
                    .put("messages", messages)
                    .put("different", different)
                    .put("failing", failing)
                    .put("failure", failure);
            ArrayNode list = json.putArray("fields");
            fields.forEach((path, field) -> list.addObject()
                    .put("path", path)
                    .put("count", field.count)
                    .put("before", field.before)
                    .put("after", field.after));
            return json;
        }
    }

    /**
     * @param files of mappings that differ, below {@code mappings/}
     * @param most messages
     * @return {@code [{mapping, messages, different, failing, failure, fields: [{path, count, before, after}]}]}; a mapping that no door gives what it sends has no messages
     */
    ArrayNode compare(Folder was, Folder is, Mappings now, Mappings next, Collection<String> files, int most) {
        Set<String> touched = new TreeSet<>(now.touched(files));
        touched.addAll(next.touched(files));
        Map<String, String> before = DoorMappings.of(was.routes());
        Map<String, String> after = DoorMappings.of(is.routes());
        Map<String, Tally> tallies = new TreeMap<>();
        touched.forEach(mapping -> tallies.put(mapping, new Tally()));
        Set<String> doors = new TreeSet<>();
        after.forEach((door, mapping) -> {
            String former = before.get(door);
            if (former != null && (touched.contains(mapping) || !former.equals(mapping))) {
                doors.add(door);
            }
        });
        if (!doors.isEmpty()) {
            for (PastMessages.Past message : past.of(doors, most)) {
                String mapping = after.get(message.door());
                JsonNode given = message.message();
                tallies.computeIfAbsent(mapping, name -> new Tally())
                        .add(Trial.of(now.get(before.get(message.door())), given), Trial.of(next.get(mapping), given));
            }
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        tallies.forEach((mapping, tally) -> list.add(tally.json(mapping)));
        return list;
    }
}
