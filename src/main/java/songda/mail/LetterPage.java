package songda.mail;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.web.util.HtmlUtils;
import songda.chart.Chart;

/** The blocks of a letter as HTML that mail programs show: tables and inline styles only, nothing that is loaded from elsewhere. */
final class LetterPage {

    private static final String FONT =
            "font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif;color:#1f2933";
    private static final String CELL = "padding:7px 10px;border-bottom:1px solid #e4e7eb;font-size:14px";
    private static final int NUMBERS_A_ROW = 4;
    private final StringBuilder html = new StringBuilder(4096);
    private int charts;

    private LetterPage() {}

    static String of(JsonNode letter) {
        LetterPage page = new LetterPage();
        page.whole(letter);
        return page.html.toString();
    }

    /** How the text names its pictures. */
    static String cid(int chart) {
        return "chart-" + (chart + 1) + "@songda";
    }

    private void whole(JsonNode letter) {
        html.append("<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"UTF-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(letter.path("subject")))
                .append("</title></head><body style=\"margin:0;background:#f5f7fa\">")
                .append(
                        "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"><tr><td align=\"center\" style=\"padding:24px 12px\">")
                .append(
                        "<table role=\"presentation\" width=\"680\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:680px;background:#ffffff;border:1px solid #e4e7eb;border-radius:6px;")
                .append(FONT)
                .append(
                        "\"><tr><td style=\"padding:18px 28px;border-bottom:3px solid #0b7a4b\"><div style=\"font-size:20px;font-weight:bold\">")
                .append(escaped(letter.path("subject")))
                .append("</div></td></tr><tr><td style=\"padding:8px 28px 20px 28px\">");
        letter.path("blocks").forEach(this::block);
        html.append(
                        "</td></tr><tr><td style=\"padding:12px 28px;border-top:1px solid #e4e7eb;font-size:12px;color:#7b8794\">")
                .append("送达 · 本邮件由系统发出，不含个人信息</td></tr></table></td></tr></table></body></html>");
    }

    private void block(JsonNode block) {
        if (block.has("p")) {
            html.append("<p style=\"font-size:15px;line-height:1.7;margin:14px 0\">")
                    .append(escaped(block.path("p")))
                    .append("</p>");
        } else if (block.has("numbers")) {
            numbers(block.path("numbers"));
        } else if (block.has("table")) {
            table(block.path("table"));
        } else {
            chart(block.path("chart"));
        }
    }

    private void numbers(JsonNode numbers) {
        html.append(
                "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:10px 0\">");
        for (int i = 0; i < numbers.size(); i++) {
            if (i % NUMBERS_A_ROW == 0) {
                html.append(i == 0 ? "<tr>" : "</tr><tr>");
            }
            number(numbers.get(i));
        }
        html.append("</tr></table>");
    }

    private void number(JsonNode number) {
        boolean alarm = number.path("alarm").asBoolean();
        html.append("<td width=\"25%\" style=\"padding:6px\"><div style=\"background:")
                .append(alarm ? "#fdecea" : "#f0f4f8")
                .append(";border-radius:5px;padding:12px 14px\"><div style=\"font-size:13px;color:#52606d\">")
                .append(escaped(number.path("name")))
                .append("</div><div style=\"font-size:26px;font-weight:bold;line-height:1.4;color:")
                .append(alarm ? "#c0392b" : "#1f2933")
                .append("\">")
                .append(escaped(number.path("value")))
                .append("</div><div style=\"font-size:12px;color:#7b8794;line-height:1.4\">")
                .append(number.has("note") ? escaped(number.path("note")) : "&nbsp;")
                .append("</div></div></td>");
    }

    private void table(JsonNode table) {
        html.append(
                "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse;margin:12px 0\"><tr>");
        JsonNode first = table.path("rows").path(0);
        for (int i = 0; i < table.path("head").size(); i++) {
            html.append("<th style=\"")
                    .append(CELL)
                    .append(";background:#f0f4f8;white-space:nowrap;text-align:")
                    .append(first.path(i).isNumber() ? "right\">" : "left\">")
                    .append(escaped(table.path("head").get(i)))
                    .append("</th>");
        }
        html.append("</tr>");
        table.path("rows").forEach(row -> {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td style=\"")
                    .append(CELL)
                    .append(cell.isNumber() ? ";text-align:right\">" : "\">")
                    .append(escaped(cell))
                    .append("</td>"));
            html.append("</tr>");
        });
        html.append("</table>");
    }

    private void chart(JsonNode chart) {
        html.append("<div style=\"margin:16px 0 6px 0;font-size:15px;font-weight:bold\">")
                .append(escaped(chart.path("title")))
                .append("</div><img src=\"cid:")
                .append(cid(charts++))
                .append("\" width=\"624\" style=\"width:100%;max-width:624px;height:auto;border:0\" alt=\"")
                .append(escaped(chart.path("title")))
                .append("\"><div style=\"text-align:center;font-size:13px;color:#52606d\">");
        JsonNode series = chart.path("series");
        for (int i = 0; i < series.size(); i++) {
            html.append("<span style=\"color:#")
                    .append("%06x".formatted(Chart.colour(chart, i)))
                    .append("\">&#9632;</span> ")
                    .append(escaped(series.get(i).path("name")))
                    .append("&nbsp;&nbsp;&nbsp;");
        }
        html.append("</div>");
    }

    private static String escaped(JsonNode text) {
        return HtmlUtils.htmlEscape(text.asText(), "UTF-8");
    }
}
