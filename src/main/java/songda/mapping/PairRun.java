package songda.mapping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every example pair of every mapping, and which codes none of them looks up.
 *
 * @param mismatches file and what differs
 * @param unread by code table its keys that no example looks up; without those that none is missing of
 */
public record PairRun(int pairs, List<String> mismatches, int codes, Map<String, Set<String>> unread) {

    /** @throws MappingBroken when one does not compile */
    public static PairRun of(Path root) {
        Map<String, Set<String>> looked = new HashMap<>();
        Map<String, Set<String>> keys = new TreeMap<>();
        List<String> mismatches = new ArrayList<>();
        int pairs = 0;
        for (Place place : Mappings.placesOf(root)) {
            Mapping mapping = Mapping.compile(place, (table, key) -> looked.computeIfAbsent(table, t -> new HashSet<>())
                    .add(key));
            mapping.tables()
                    .all()
                    .forEach(t -> keys.put(t.file(), new TreeSet<>(t.rows().keySet())));
            for (Examples.Example example : Examples.of(root, place.name())) {
                pairs++;
                Examples.mismatch(mapping, example)
                        .ifPresent(text -> mismatches.add(example.in() + ": " + text.indent(2)));
            }
        }
        int codes = keys.values().stream().mapToInt(Set::size).sum();
        keys.forEach((table, all) -> all.removeAll(looked.getOrDefault(table, Set.of())));
        keys.values().removeIf(Set::isEmpty);
        return new PairRun(pairs, mismatches, codes, keys);
    }
}
