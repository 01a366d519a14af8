package songda.norm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;

/** The 98 rules, and for each where it is enforced, by what was tried, and which test noticed. */
final class Norm {

    private static final Path RULES = Path.of("src", "docs", "norm", "rules.csv");
    private static final int SHOWN = 6;

    /** One line of {@code src/docs/norm/rules.csv}. */
    record Rule(String id, String zh, String en, String defaults, String unproven) {}

    private final List<Rule> rules;
    private final Map<String, List<Edit>> killed = new TreeMap<>();
    private final Map<String, Set<String>> kpis;

    Norm(List<Edit> edits) throws IOException {
        this.rules = read();
        this.kpis = kpis();
        edits.stream().filter(Edit::byATest).forEach(edit -> edit.rules()
                .forEach(rule ->
                        killed.computeIfAbsent(rule, r -> new ArrayList<>()).add(edit)));
    }

    private static List<Rule> read() throws IOException {
        return Files.readAllLines(RULES).stream()
                .filter(line -> line.matches("R\\d\\d,.*"))
                .map(line -> line.split(",", 5))
                .map(cell -> new Rule(cell[0], cell[1], cell[2], cell[3], cell[4]))
                .toList();
    }

    private static Map<String, Set<String>> kpis() throws IOException {
        Map<String, Set<String>> all = new TreeMap<>();
        JsonNode list = new YAMLMapper()
                .readTree(Path.of("src/main/resources/songda/kpi/kpis.yaml").toFile())
                .path("kpis");
        list.forEach(kpi -> kpi.path("rules").forEach(rule -> all.computeIfAbsent(rule.asText(), r -> new TreeSet<>())
                .add(kpi.path("kpi").asText())));
        return all;
    }

    List<Rule> rules() {
        return rules;
    }

    boolean proven(Rule rule) {
        return killed.containsKey(rule.id());
    }

    /** The files that keep it, each with the lines that were made wrong. */
    private Map<Path, Set<Integer>> places(Rule rule) {
        Map<Path, Set<Integer>> places = new TreeMap<>();
        killed.getOrDefault(rule.id(), List.of())
                .forEach(edit -> places.computeIfAbsent(edit.file(), f -> new TreeSet<>())
                        .add(edit.line()));
        return places;
    }

    /** The tests that failed, those that noticed most first. */
    private List<String> killers(Rule rule) {
        Map<String, Long> times = killed.getOrDefault(rule.id(), List.of()).stream()
                .collect(Collectors.groupingBy(
                        edit -> edit.killedBy().orElseThrow(), LinkedHashMap::new, Collectors.counting()));
        return times.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    String markdown() {
        StringBuilder text = new StringBuilder(
                """
                # 规范逐条：由谁执行，由谁证明 / The norm, rule by rule: what enforces it, what proves it

                由 `mvn verify -Dit.test=NormIT -Dsongda.norm.write=true` 写成，请勿手改。每条规则所在的文件被逐处改错一次；右栏是因此失败的时间线或样例。
                Written by that command. Each place that keeps a rule is made wrong, once; what is named behind it is the timeline or the example pair that then
                fails. `×n`: so many wrong edits, each of them noticed. With line numbers: `target/norm.html`.

                %d / %d

                | 规则 / rule | 执行处 / enforced in | 使其失败 / fails when it is broken | 默认读法 / default | 指标 / KPI |
                |---|---|---|---|---|
                """
                        .formatted(rules.stream().filter(this::proven).count(), rules.size()));
        for (Rule rule : rules) {
            text.append("| **%s** %s<br>%s | %s | %s | %s | %s |\n"
                    .formatted(
                            rule.id(),
                            rule.zh(),
                            rule.en(),
                            some(places(rule).keySet().stream().map(file -> "`" + file + "`")),
                            proven(rule)
                                    ? "×" + killed.get(rule.id()).size() + " "
                                            + some(killers(rule).stream().map(Norm::cell))
                                    : "— " + rule.unproven(),
                            rule.defaults(),
                            String.join(", ", kpis.getOrDefault(rule.id(), Set.of()))));
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String some(Stream<String> all) {
        List<String> list = all.toList();
        String shown = list.stream().limit(SHOWN).collect(Collectors.joining("<br>"));
        return list.size() <= SHOWN ? shown : shown + "<br>… +" + (list.size() - SHOWN);
    }

    String html() {
        StringBuilder text = new StringBuilder(
                """
                <!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>规范逐条 / The norm</title>
                <style>body{font:14px/1.5 sans-serif;margin:2em}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.4em;vertical-align:top}
                td.no{background:#fee}code{font-size:12px}</style>
                <h1>规范逐条 / The norm, rule by rule</h1><p>%d / %d</p>
                <table><tr><th>规则 / rule<th>执行处 / enforced at<th>使其失败 / fails when it is broken<th>默认读法 / default<th>指标 / KPI</tr>
                """
                        .formatted(rules.stream().filter(this::proven).count(), rules.size()));
        for (Rule rule : rules) {
            text.append("<tr><td><b>%s</b> %s<br>%s<td>%s<td%s>%s<td>%s<td>%s</tr>\n"
                    .formatted(
                            rule.id(),
                            html(rule.zh()),
                            html(rule.en()),
                            places(rule).entrySet().stream()
                                    .map(place -> "<code>" + html(place.getKey() + ":" + place.getValue()) + "</code>")
                                    .collect(Collectors.joining("<br>")),
                            proven(rule) ? "" : " class=no",
                            proven(rule)
                                    ? killers(rule).stream().map(Norm::html).collect(Collectors.joining("<br>"))
                                    : html(rule.unproven()),
                            html(rule.defaults()),
                            String.join(", ", kpis.getOrDefault(rule.id(), Set.of()))));
        }
        return text.append("</table></html>\n").toString();
    }

    private static String html(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
