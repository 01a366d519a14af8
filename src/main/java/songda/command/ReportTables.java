package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a report says, before it is a page or a sheet.
 *
 * @param notes sentences below the title
 * @param charts as {@link songda.chart.Chart} draws them
 * @param alarming KPIs beyond their line, in words
 */
record ReportTables(String title, List<String> notes, List<Table> tables, List<ObjectNode> charts, ArrayNode alarming) {

    /** @param rows arrays of texts, numbers and nulls, with the head as the first */
    record Table(String name, ArrayNode rows) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> NUMBERS = List.of("met", "judged", "immature", "excluded", "value");

    static ReportTables of(JsonNode report) {
        Table all = table(
                "指标 KPIs", "代码", "指标", "KPI", "条款", "分子", "分母", "未到期", "剔除", "数值", "单位", "告警线", "告警", "平均小时", "口径",
                "何时可判");
        Table counties = table("分县 counties", "代码", "指标", "区县", "分子", "分母", "未到期", "剔除", "数值");
        Table days = table("分日 days", "代码", "指标", "日期", "分子", "分母", "未到期", "剔除", "数值");
        Table missing = table("未计 not yet counted", "指标", "KPI", "条款", "缺什么");
        List<ObjectNode> charts = new ArrayList<>();
        ArrayNode alarming = JSON.arrayNode();
        for (JsonNode kpi : report.path("kpis")) {
            all.rows().add(line(kpi));
            parts(kpi, "counties", "county", counties);
            parts(kpi, "days", "day", days);
            if (kpi.path("days").size() > 1) {
                charts.add(chart(kpi));
            }
            if (kpi.path("alarming").asBoolean()) {
                alarming.add(kpi.path("zh").asText() + " " + value(kpi) + " ("
                        + kpi.path("alarm").asText() + ")");
            }
        }
        for (JsonNode one : report.path("missing")) {
            missing.rows()
                    .add(texts(one, "zh", "en")
                            .add(rules(one))
                            .add(one.path("needs").asText()));
        }
        return new ReportTables(
                "送达指标 Songda KPIs " + report.path("period").asText() + " "
                        + report.path("county").asText("全省 all"),
                notes(report),
                List.of(all, counties, days, missing),
                charts,
                alarming);
    }

    private static List<String> notes(JsonNode report) {
        String when = report.path("frozenAt").isNull()
                ? "现算，可能还会变 / computed at " + report.path("at").asText() + ", may still change"
                : "已冻结 / frozen " + report.path("frozenAt").asText();
        return List.of(when, "太新、还不能判的和剔除的，不在分子也不在分母 / what is too young or left out is in neither number");
    }

    static ReportTables ofItems(JsonNode found, String of) {
        Table items =
                table("明细 items", "关于", "订单号", "运单号", "收件人", "区县", "下单方", "付费方", "证照", "计入时刻", "判定", "自何时可判", "剔除原因");
        for (JsonNode item : found.path("items")) {
            items.rows()
                    .add(texts(
                            item,
                            "about",
                            "orderNo",
                            "waybillNo",
                            "recipient",
                            "county",
                            "client",
                            "payer",
                            "document",
                            "at",
                            "verdict",
                            "dueAt",
                            "excludedFor"));
        }
        List<String> notes = found.path("more").asBoolean()
                ? List.of("还有更多，用 --most / there are more: use --most")
                : List.of(found.path("items").size() + " 件 / in all");
        return new ReportTables(
                "送达指标 Songda KPI " + found.path("kpi").asText() + " " + of,
                notes,
                List.of(items),
                List.of(),
                JSON.arrayNode());
    }

    /** All tables in one sheet; a line without cells between them. */
    ArrayNode flat() {
        ArrayNode rows = JSON.arrayNode();
        for (Table table : tables) {
            rows.add(JSON.arrayNode().add(table.name()));
            rows.addAll(table.rows());
            rows.add(JSON.arrayNode());
        }
        return rows;
    }

    private static Table table(String name, String... head) {
        ArrayNode first = JSON.arrayNode();
        List.of(head).forEach(first::add);
        return new Table(name, JSON.arrayNode().add(first));
    }

    private static ArrayNode texts(JsonNode of, String... fields) {
        ArrayNode cells = JSON.arrayNode();
        List.of(fields).forEach(field -> cells.add(of.path(field).asText("")));
        return cells;
    }

    private static ArrayNode line(JsonNode kpi) {
        ArrayNode cells = texts(kpi, "kpi", "zh", "en").add(rules(kpi));
        NUMBERS.forEach(number -> cells.add(kpi.path(number)));
        return cells.add(unit(kpi))
                .add(kpi.path("alarm").asText(""))
                .add(kpi.path("alarming").asBoolean() ? "是" : "")
                .add(kpi.path("hours"))
                .add(kpi.path("formula").asText())
                .add(kpi.path("judgedWhen").asText());
    }

    private static void parts(JsonNode kpi, String parts, String key, Table into) {
        for (JsonNode part : kpi.path(parts)) {
            ArrayNode cells = texts(kpi, "kpi", "zh").add(part.path(key).asText());
            NUMBERS.forEach(number -> cells.add(part.path(number)));
            into.rows().add(cells);
        }
    }

    private static String rules(JsonNode of) {
        List<String> rules = new ArrayList<>();
        of.path("rules").forEach(rule -> rules.add(rule.asText()));
        return String.join(" ", rules);
    }

    private static String unit(JsonNode kpi) {
        return switch (kpi.path("unit").asText()) {
            case "percent" -> "%";
            case "per-10000" -> "每万件";
            default -> "件";
        };
    }

    private static String value(JsonNode kpi) {
        return kpi.path("value").asText() + " " + unit(kpi);
    }

    private static ObjectNode chart(JsonNode kpi) {
        ObjectNode chart = JSON.objectNode()
                .put("title", kpi.path("zh").asText() + " " + kpi.path("en").asText())
                .put("kind", "lines");
        ArrayNode labels = chart.putArray("labels");
        ArrayNode series = chart.putArray("series");
        ArrayNode met = series.addObject().put("name", "达标 met").putArray("values");
        ArrayNode judged = series.addObject().put("name", "可判 judged").putArray("values");
        for (JsonNode day : kpi.path("days")) {
            labels.add(day.path("day").asText().substring(5));
            met.add(day.path("met"));
            judged.add(day.path("judged"));
        }
        return chart;
    }
}
