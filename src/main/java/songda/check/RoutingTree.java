package songda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What follows from each fact, as the files say: fact, steps, doors and ladders. */
public final class RoutingTree {

    /** @param saidBy who may report it: systems, {@code ladder/rung}, mappings */
    public record Fact(String name, String zh, String en, List<String> rules, Set<String> saidBy, List<Step> steps) {}

    /** @param description what it is for, in both languages */
    public record Step(String id, String description, List<Target> targets) {}

    /**
     * One {@code to:} of a step.
     *
     * @param kind {@code door}, {@code open}, {@code close} or {@code mapping}
     * @param words what is handed over: {@code role=city-manager level=3}
     * @param conditions all of them must hold
     */
    public record Target(String kind, String name, String words, List<String> conditions) {

        public String text() {
            return (kind + " " + name + " " + words).strip();
        }
    }

    /** @param reports the fact that it records when it falls due */
    public record Rung(String ladder, String name, String after, String reports) {}

    private final List<Fact> facts;
    private final List<Rung> rungs;

    private RoutingTree(List<Fact> facts, List<Rung> rungs) {
        this.facts = facts;
        this.rungs = rungs;
    }

    public static RoutingTree read(Path routes, Path mappings) {
        RouteFiles all = RouteFiles.read(routes, mappings, new Findings());
        List<Rung> rungs = new ArrayList<>();
        all.ladders().forEach((ladder, yaml) -> yaml.tree()
                .path("rungs")
                .forEach(r -> rungs.add(new Rung(
                        ladder,
                        r.path("rung").asText(),
                        r.path("after").asText() + " " + r.path("calendar").asText(),
                        r.path("reports").asText()))));
        List<Fact> facts =
                all.factNames().stream().map(f -> fact(all, rungs, f)).toList();
        return new RoutingTree(facts, rungs);
    }

    private static Fact fact(RouteFiles all, List<Rung> rungs, String name) {
        JsonNode entry = all.facts().get(name);
        Set<String> saidBy = new TreeSet<>(texts(entry.path("said-by")));
        rungs.stream().filter(r -> r.reports().equals(name)).forEach(r -> saidBy.add(r.ladder() + "/" + r.name()));
        List<Step> steps = all.in("flow")
                .filter(f -> f.from().equals("fact:" + name))
                .map(f -> new Step(
                        f.name(),
                        f.body().path("description").asText(),
                        targets(f.body().path("from"), List.of())))
                .toList();
        return new Fact(
                name, entry.path("zh").asText(), entry.path("en").asText(), texts(entry.path("rules")), saidBy, steps);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(t -> texts.add(t.asText()));
        return texts;
    }

    private static List<Target> targets(JsonNode node, List<String> conditions) {
        List<Target> targets = new ArrayList<>();
        for (JsonNode step : node.path("steps")) {
            step.properties().forEach(e -> targets.addAll(target(e.getKey(), e.getValue(), conditions)));
        }
        return targets;
    }

    private static List<Target> target(String verb, JsonNode node, List<String> conditions) {
        return switch (verb) {
            case "to" -> List.of(target(node, conditions));
            case "choice" -> {
                List<Target> targets = new ArrayList<>();
                node.path("when").forEach(when -> targets.addAll(targets(when, and(conditions, condition(when)))));
                targets.addAll(targets(node.path("otherwise"), and(conditions, "otherwise")));
                yield targets;
            }
            default -> targets(node, node.has("expression") ? and(conditions, condition(node)) : conditions);
        };
    }

    private static Target target(JsonNode to, List<String> conditions) {
        String[] uri = to.path("uri").asText().split(":", 2);
        String name = uri.length > 1 ? uri[1] : "";
        String words = to.path("parameters").properties().stream()
                .map(e -> e.getKey() + "=" + e.getValue().asText())
                .collect(Collectors.joining(" "));
        return uri[0].equals("deadline") && name.contains("/")
                ? new Target(name.replaceFirst("/.*", ""), name.replaceFirst("[^/]*/", ""), words, conditions)
                : new Target(uri[0], name, words, conditions);
    }

    private static String condition(JsonNode node) {
        return node.at("/expression/simple/expression").asText("?").replaceAll("\\$\\{header\\.([^}]+)}", "$1");
    }

    private static List<String> and(List<String> conditions, String more) {
        List<String> all = new ArrayList<>(conditions);
        all.add(more);
        return all;
    }

    /** In the order of their names. */
    public List<Fact> facts() {
        return facts;
    }

    public List<Rung> rungs() {
        return rungs;
    }

    /** Only this fact, and what follows from it. */
    public RoutingTree of(String fact) {
        List<Fact> one = facts.stream().filter(f -> f.name().equals(fact)).toList();
        if (one.isEmpty()) {
            Set<String> names = facts.stream().map(Fact::name).collect(Collectors.toCollection(TreeSet::new));
            throw new IllegalArgumentException("没有事实 / there is no fact '" + fact + "'; 是否想写 / did you mean '"
                    + Distance.nearest(names, fact) + "'");
        }
        Set<String> opened = one.get(0).steps().stream()
                .flatMap(s -> s.targets().stream())
                .filter(t -> t.kind().equals("open"))
                .map(Target::name)
                .collect(Collectors.toSet());
        return new RoutingTree(
                one, rungs.stream().filter(r -> opened.contains(r.ladder())).toList());
    }

    /** The rungs of each ladder. */
    Map<String, List<Rung>> byLadder() {
        return rungs.stream().collect(Collectors.groupingBy(Rung::ladder));
    }
}
