package songda.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which timelines show which rule of the norm. */
public final class RuleTable {

    private final Map<String, List<Walk.Result>> byRule = new TreeMap<>();

    public RuleTable(List<Walk.Result> results) {
        results.forEach(r -> r.timeline().rules().forEach(rule -> byRule.computeIfAbsent(rule, k -> new ArrayList<>())
                .add(r)));
    }

    public String text() {
        StringBuilder text = new StringBuilder("规则与时间线 / rules and their timelines\n");
        byRule.forEach((rule, results) -> results.forEach(r -> text.append("%-4s %-5s %s\n"
                .formatted(
                        rule,
                        r.mismatch().isEmpty() ? "ok" : "WRONG",
                        r.timeline().title()))));
        return text.toString();
    }
}
