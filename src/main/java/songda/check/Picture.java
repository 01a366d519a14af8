package songda.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routing tree, as somebody looks at it. */
public enum Picture {
    TEXT {
        @Override
        public String of(RoutingTree tree) {
            StringBuilder text = new StringBuilder();
            var ladders = tree.byLadder();
            for (RoutingTree.Fact fact : tree.facts()) {
                text.append("%s  %s / %s  %s  ← %s\n"
                        .formatted(fact.name(), fact.zh(), fact.en(), fact.rules(), String.join(", ", fact.saidBy())));
                for (RoutingTree.Step step : fact.steps()) {
                    text.append("  %s  %s\n".formatted(step.id(), step.description()));
                    for (RoutingTree.Target target : step.targets()) {
                        String when = target.conditions().isEmpty()
                                ? ""
                                : "   [" + String.join(" && ", target.conditions()) + "]";
                        text.append("    → ").append(target.text()).append(when).append('\n');
                        if (target.kind().equals("open")) {
                            ladders.getOrDefault(target.name(), List.of())
                                    .forEach(r -> text.append(
                                            "        %s  %s ⇒ %s\n".formatted(r.name(), r.after(), r.reports())));
                        }
                    }
                }
            }
            return text.toString();
        }
    },
    MERMAID {
        @Override
        public String of(RoutingTree tree) {
            Set<String> lines = new LinkedHashSet<>();
            edges(tree)
                    .forEach(e -> lines.add("  %s -->%s %s\n"
                            .formatted(
                                    node(e.from()),
                                    e.word().isEmpty() ? "" : "|\"" + quoted(e.word()) + "\"|",
                                    node(e.to()))));
            return "flowchart LR\n" + String.join("", lines);
        }
    },
    SVG {
        @Override
        public String of(RoutingTree tree) {
            return Drawing.of(edges(tree));
        }
    };

    /** @param from {@code fact parcel.delivered}, {@code step x}, {@code door x}, {@code ladder x} */
    record Edge(String from, String to, String word) {}

    public abstract String of(RoutingTree tree);

    private static List<Edge> edges(RoutingTree tree) {
        List<Edge> edges = new ArrayList<>();
        for (RoutingTree.Fact fact : tree.facts()) {
            for (RoutingTree.Step step : fact.steps()) {
                edges.add(new Edge("fact " + fact.name(), "step " + step.id(), ""));
                for (RoutingTree.Target target : step.targets()) {
                    boolean ladder =
                            target.kind().equals("open") || target.kind().equals("close");
                    String word = (ladder ? target.kind() + " " : "") + String.join(" && ", target.conditions());
                    edges.add(new Edge(
                            "step " + step.id(),
                            (ladder ? "ladder " : target.kind() + " ") + target.name(),
                            word.strip()));
                }
            }
        }
        tree.rungs()
                .forEach(r ->
                        edges.add(new Edge("ladder " + r.ladder(), "fact " + r.reports(), r.name() + " " + r.after())));
        return edges;
    }

    private static String node(String node) {
        String name = node.substring(node.indexOf(' ') + 1);
        String id = node.replaceAll("[^A-Za-z0-9]", "_");
        return switch (node.substring(0, node.indexOf(' '))) {
            case "fact" -> id + "([\"" + name + "\"])";
            case "ladder" -> id + "{{\"" + name + "\"}}";
            case "door" -> id + "[/\"" + name + "\"/]";
            default -> id + "[\"" + name + "\"]";
        };
    }

    private static String quoted(String text) {
        return text.replace("\"", "'");
    }

    /** Three columns: facts, their steps, doors and ladders; a ladder's rungs stand under it. */
    private static final class Drawing {

        private static final int ROW = 26;
        private static final int WIDTH = 300;
        private final Map<String, int[]> places = new LinkedHashMap<>();
        private final int[] next = new int[3];

        static String of(List<Edge> edges) {
            Drawing drawing = new Drawing();
            edges.forEach(e -> {
                drawing.place(e.from());
                drawing.place(e.to());
            });
            StringBuilder body = new StringBuilder();
            edges.forEach(e -> body.append(drawing.line(e)));
            drawing.places.forEach((node, at) -> body.append(box(node, at)));
            int rows = Math.max(drawing.next[0], Math.max(drawing.next[1], drawing.next[2]));
            return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n%s</svg>\n"
                    .formatted(3 * WIDTH + 140, rows * ROW + 20, body);
        }

        private void place(String node) {
            int column = node.startsWith("fact ") ? 0 : node.startsWith("step ") ? 1 : 2;
            places.computeIfAbsent(node, n -> new int[] {10 + column * (WIDTH + 60), 10 + ROW * next[column]++});
        }

        private String line(Edge edge) {
            int[] from = places.get(edge.from());
            int[] to = places.get(edge.to());
            boolean back = to[0] < from[0];
            int x1 = back ? from[0] : from[0] + WIDTH - 20;
            int x2 = back ? to[0] + WIDTH - 20 : to[0];
            return "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\"><title>%s</title></path>\n"
                    .formatted(
                            x1,
                            from[1] + 10,
                            (x1 + x2) / 2,
                            from[1] + 10,
                            (x1 + x2) / 2,
                            to[1] + 10,
                            x2,
                            to[1] + 10,
                            back ? "#c60" : "#888",
                            escaped(edge.word()));
        }

        private static String box(String node, int[] at) {
            String colour = node.startsWith("fact ") ? "#e8f1fc" : node.startsWith("ladder ") ? "#fdf0dd" : "#f4f4f4";
            return "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" rx=\"4\" fill=\"%s\" stroke=\"#888\"/><text x=\"%d\" y=\"%d\">%s</text>\n"
                    .formatted(
                            at[0],
                            at[1],
                            WIDTH - 20,
                            colour,
                            at[0] + 6,
                            at[1] + 14,
                            escaped(node.substring(node.indexOf(' ') + 1)));
        }

        private static String escaped(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    }
}
