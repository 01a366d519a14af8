package songda.timeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which timelines show which rule of the norm. */
public final class RuleTable {

    private static final Pattern RULE = Pattern.compile("\\bR\\d\\d\\b");
    private final Map<String, List<Walk.Result>> byRule = new TreeMap<>();

    /** @param routes rules that its ladders and steps name and no timeline shows are listed, too */
    public RuleTable(Path routes, List<Walk.Result> results) {
        named(routes).forEach(rule -> byRule.put(rule, new ArrayList<>()));
        results.forEach(r -> r.timeline().rules().forEach(rule -> byRule.computeIfAbsent(rule, k -> new ArrayList<>())
                .add(r)));
    }

    private static List<String> named(Path routes) {
        try (Stream<Path> files = Files.walk(routes)) {
            return files.filter(f -> f.toString().endsWith(".yaml")
                            && !f.toString().endsWith(".test.yaml")
                            && (f.startsWith(routes.resolve("ladder")) || f.startsWith(routes.resolve("flow"))))
                    .flatMap(f -> RULE.matcher(read(f)).results().map(MatchResult::group))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rules that no timeline shows. */
    public List<String> unshown() {
        return byRule.entrySet().stream()
                .filter(e -> e.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    public String text() {
        StringBuilder text = new StringBuilder("规则与时间线 / rules and their timelines\n");
        byRule.forEach((rule, results) -> results.forEach(r -> text.append("%-4s %-5s %s\n"
                .formatted(
                        rule,
                        r.mismatch().isEmpty() ? "ok" : "WRONG",
                        r.timeline().title()))));
        unshown().forEach(rule -> text.append("%-4s —     没有时间线 / no timeline\n".formatted(rule)));
        return text.toString();
    }
}
