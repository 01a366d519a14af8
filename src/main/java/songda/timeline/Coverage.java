package songda.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import songda.check.RoutingTree;

/**
 * Which branches of steps and which rungs no timeline reaches. A branch counts as reached by a timeline in which its fact happens and its door
 * is owed with just these words, or its ladder opens or closes; a rung, where it fires.
 */
public final class Coverage {

    private static final Set<String> ADDRESSING = Set.of("to", "role", "place", "quiet");
    private final List<String> branches = new ArrayList<>();
    private final List<String> rungs = new ArrayList<>();
    private int allBranches;

    public Coverage(RoutingTree tree, List<Walk.Result> results) {
        for (RoutingTree.Fact fact : tree.facts()) {
            List<Set<String>> happens = results.stream()
                    .map(Walk.Result::touched)
                    .filter(t -> t.contains("fact " + fact.name()))
                    .toList();
            fact.steps().forEach(step -> step.targets().forEach(target -> {
                allBranches++;
                String key = key(target);
                if (happens.stream().noneMatch(t -> key.isEmpty() || t.contains(key))) {
                    branches.add(
                            "%s → %s %s → %s".formatted(fact.name(), step.id(), target.conditions(), target.text()));
                }
            }));
        }
        tree.rungs().stream()
                .filter(r ->
                        results.stream().noneMatch(t -> t.touched().contains("rung " + r.ladder() + "/" + r.name())))
                .forEach(r -> rungs.add(r.ladder() + "/" + r.name()));
    }

    private static String key(RoutingTree.Target target) {
        return switch (target.kind()) {
            case "door" -> "owed " + target.name() + words(target.words());
            case "open", "close" -> target.kind() + " " + target.name();
            default -> "";
        };
    }

    /** As {@link Seen#args} writes them: by name, without the addressee. */
    private static String words(String words) {
        Set<String> kept = new TreeSet<>();
        for (String word : words.split(" ")) {
            if (!word.isEmpty() && !ADDRESSING.contains(word.replaceFirst("=.*", ""))) {
                kept.add(word);
            }
        }
        return kept.isEmpty() ? "" : " " + String.join(" ", kept);
    }

    public List<String> branches() {
        return branches;
    }

    public List<String> rungs() {
        return rungs;
    }

    /** What is reached of what there is, and a line for each that is not. */
    public String text(RoutingTree tree) {
        StringBuilder text = new StringBuilder("步骤分支 / branches of steps: %d/%d   阶梯各级 / rungs: %d/%d\n"
                .formatted(
                        allBranches - branches.size(),
                        allBranches,
                        tree.rungs().size() - rungs.size(),
                        tree.rungs().size()));
        branches.forEach(
                b -> text.append("  没有时间线走到 / no timeline reaches: ").append(b).append('\n'));
        rungs.forEach(
                r -> text.append("  没有时间线走到 / no timeline reaches: ").append(r).append('\n'));
        return text.toString();
    }
}
