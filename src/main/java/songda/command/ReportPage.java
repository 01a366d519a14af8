package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.web.util.HtmlUtils;
import songda.chart.Chart;

/** A report as one HTML file: pictures are in it, nothing is loaded from elsewhere. */
final class ReportPage {

    private static final String HEAD =
            """
            <!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width"><title>%s</title><style>
            body{margin:24px;color:#1f2933;font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif}
            h1{font-size:20px;border-bottom:3px solid #0b7a4b;padding-bottom:10px} h2{font-size:16px;margin-top:28px}
            table{border-collapse:collapse;font-size:13px} th,td{padding:5px 9px;border-bottom:1px solid #e4e7eb;text-align:left} th{background:#f0f4f8}
            td.n{text-align:right;font-variant-numeric:tabular-nums} p.alarm{color:#c0392b;font-weight:bold}
            figure{display:inline-block;margin:8px 16px 8px 0} figcaption{font-size:13px} img{width:460px;height:auto}
            </style></head><body><h1>%s</h1>
            """;

    private final StringBuilder html = new StringBuilder(64 * 1024);

    private ReportPage() {}

    static byte[] of(ReportTables report) {
        return new ReportPage().whole(report).getBytes(StandardCharsets.UTF_8);
    }

    private String whole(ReportTables report) {
        String title = escaped(report.title());
        html.append(HEAD.formatted(title, title));
        report.notes().forEach(note -> html.append("<p>").append(escaped(note)).append("</p>\n"));
        report.alarming().forEach(alarm -> html.append("<p class=\"alarm\">")
                .append(escaped(alarm.asText()))
                .append("</p>\n"));
        report.tables().stream().limit(1).forEach(this::table);
        report.charts().forEach(this::chart);
        report.tables().stream().skip(1).forEach(this::table);
        return html.append("</body></html>\n").toString();
    }

    private void table(ReportTables.Table table) {
        html.append("<h2>").append(escaped(table.name())).append("</h2><table>\n");
        String tag = "th";
        for (JsonNode row : table.rows()) {
            html.append("<tr>");
            for (JsonNode cell : row) {
                html.append('<').append(tag).append(cell.isNumber() ? " class=\"n\">" : ">");
                html.append(cell.isNull() ? "—" : escaped(cell.asText()))
                        .append("</")
                        .append(tag)
                        .append('>');
            }
            html.append("</tr>\n");
            tag = "td";
        }
        html.append("</table>\n");
    }

    private void chart(ObjectNode chart) {
        html.append("<figure><figcaption>").append(escaped(chart.path("title").asText()));
        for (int i = 0; i < chart.path("series").size(); i++) {
            html.append(" <span style=\"color:#%06x\">&#9632;</span> ".formatted(Chart.colour(chart, i)))
                    .append(escaped(chart.path("series").get(i).path("name").asText()));
        }
        html.append("</figcaption><img alt=\"\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(Chart.png(chart)))
                .append("\"></figure>\n");
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
