package songda.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What would go round for ever. */
final class Cycles {

    private Cycles() {}

    static void check(RouteFiles all, Findings out) {
        verbs(all, out);
        ladders(all, out);
    }

    private static void verbs(RouteFiles all, Findings out) {
        Map<String, Set<String>> calls = new HashMap<>();
        all.in("kit").filter(f -> f.from().startsWith("direct:")).forEach(f -> f.uses("direct")
                .filter(u -> !u.from())
                .forEach(u -> calls.computeIfAbsent(f.from().replaceFirst("direct:", ""), k -> new TreeSet<>())
                        .add(u.name())));
        all.in("kit").filter(f -> f.from().startsWith("direct:")).forEach(f -> {
            String verb = f.from().replaceFirst("direct:", "");
            out.when(reach(verb, calls).contains(verb), "R215", f.at("from/uri"), verb);
        });
    }

    /** A ladder that opens itself again, through whatever others, ends only where a step closes one of them. */
    private static void ladders(RouteFiles all, Findings out) {
        Map<String, Set<String>> opens = new HashMap<>();
        Set<String> closed = new HashSet<>();
        all.in("flow").forEach(f -> f.uses("deadline").forEach(u -> {
            if (u.name().startsWith("open/")) {
                opens.computeIfAbsent(f.from().replaceFirst("fact:", ""), k -> new TreeSet<>())
                        .add(u.name().substring("open/".length()));
            } else if (u.name().startsWith("close/")) {
                closed.add(u.name().substring("close/".length()));
            }
        }));
        Map<String, Set<String>> next = new HashMap<>();
        all.ladders().forEach((name, yaml) -> yaml.tree().path("rungs").forEach(rung -> next.computeIfAbsent(
                        name, k -> new TreeSet<>())
                .addAll(opens.getOrDefault(rung.path("reports").asText(), Set.of()))));
        all.ladders().forEach((name, yaml) -> {
            Set<String> round = reach(name, next);
            out.when(
                    round.contains(name) && round.stream().noneMatch(closed::contains),
                    "R221",
                    Place.start(yaml.file()),
                    name,
                    round);
        });
    }

    private static Set<String> reach(String from, Map<String, Set<String>> next) {
        Set<String> reached = new TreeSet<>();
        List<String> open = new java.util.ArrayList<>(next.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            String one = open.remove(open.size() - 1);
            if (reached.add(one)) {
                open.addAll(next.getOrDefault(one, Set.of()));
            }
        }
        return reached;
    }
}
