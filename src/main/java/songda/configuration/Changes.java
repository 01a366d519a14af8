package songda.configuration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files in which two configurations differ, by name. */
public record Changes(List<String> added, List<String> removed, List<String> changed) {

    /** The failure policy stands in every route, and what can be called is a contract: neither is changed under way. */
    private static final Pattern AT_A_START =
            Pattern.compile("routes/kit/.+\\.camel\\.yaml|routes/edge/[^/]+/openapi\\.yaml");

    private static final Pattern TRANSLATION =
            Pattern.compile("mappings/(?!calendar/|directory/|label/).*|routes/.*\\.test\\.yaml");
    private static final Pattern TIMELINES =
            Pattern.compile("routes/(flow|ladder)/.+|routes/facts\\.yaml|mappings/calendar/.+");
    private static final String MAPPINGS = "mappings/";
    private static final String ROUTES = "routes/";
    private static final String ROUTE = ".camel.yaml";
    private static final String TEST = ".test.yaml";

    static Changes between(Map<String, String> from, Map<String, String> to) {
        List<String> added = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        to.forEach((name, hash) -> {
            if (!from.containsKey(name)) {
                added.add(name);
            } else if (!hash.equals(from.get(name))) {
                changed.add(name);
            }
        });
        from.keySet().stream().filter(name -> !to.containsKey(name)).forEach(removed::add);
        return new Changes(added, removed, changed);
    }

    public int count() {
        return added.size() + removed.size() + changed.size();
    }

    Stream<String> all() {
        return Stream.of(added, removed, changed).flatMap(List::stream).sorted();
    }

    /** What counts when a node starts, and not before. */
    List<String> atAStart() {
        return all().filter(name -> AT_A_START.matcher(name).matches()).toList();
    }

    /** What is more than the translation of messages: it cannot hold for some of them only. */
    List<String> forAll() {
        return all().filter(name -> !TRANSLATION.matcher(name).matches()).toList();
    }

    /** Those of {@code mappings/}, by their names below it. */
    Set<String> mappings() {
        return all().filter(name -> name.startsWith(MAPPINGS))
                .map(name -> name.substring(MAPPINGS.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a route may be built otherwise. Ladders are read by the check itself, and routes only name them. */
    boolean touchRoutes() {
        return routeFiles().findAny().isPresent();
    }

    private Stream<String> routeFiles() {
        return all().filter(name -> name.startsWith(ROUTES)
                && !name.startsWith("routes/ladder/")
                && !name.endsWith(TEST)
                && !name.endsWith(".md"));
    }

    /** Whether what follows a fact, or when, may be otherwise. */
    boolean touchTimelines() {
        return all().anyMatch(name -> TIMELINES.matcher(name).matches());
    }

    /** Those that are built otherwise, by their names below {@code routes/}; null where each of them may be, because what they speak of has changed. */
    Set<String> routes() {
        List<String> touched = routeFiles().toList();
        if (touched.stream().anyMatch(name -> !name.endsWith(ROUTE))) {
            return null;
        }
        return touched.stream()
                .filter(name -> !removed.contains(name))
                .map(name -> name.substring(ROUTES.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        list(json.putArray("added"), added);
        list(json.putArray("removed"), removed);
        list(json.putArray("changed"), changed);
        return json;
    }

    static ArrayNode list(ArrayNode into, List<String> texts) {
        texts.forEach(into::add);
        return into;
    }
}
