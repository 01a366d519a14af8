package songda.settlement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import songda.label.Labels;
import songda.label.Pdf;

/**
 * A statement as people read it: workbook, CSV or PDF. The same statement gives the same CSV and PDF, byte by byte; a workbook names the instant at
 * which it was made. Cells hold texts and numbers, never formulas.
 */
public final class StatementFile {

    private static final String TEMPLATE = "statement-a4";
    private static final int DPI = 203;
    private final JsonNode statement;

    /** @param statement as {@code GET /api/v1/statements/{unit}/{month}} answers it */
    public StatementFile(JsonNode statement) {
        this.statement = statement;
    }

    /** A row of cells: texts, whole numbers and amounts. */
    private List<List<Object>> rows() {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of(title()));
        rows.add(List.of("单位 unit", text(statement, "name"), text(statement, "unit")));
        rows.add(List.of("状态 state", state()));
        rows.add(List.of());
        rows.add(List.of("序号", "日期", "邮件号", "订单号", "收件人", "寄达", "内件", "服务", "邮费", "增值服务", "保价", "合计", "备注"));
        statement.path("lines").forEach(l -> rows.add(line(l)));
        JsonNode totals = statement.path("totals");
        rows.add(List.of(
                "合计 total",
                totals.path("items").asInt() + " 件",
                "",
                "",
                "",
                "",
                "",
                "",
                amount(totals, "postage"),
                amount(totals, "services"),
                amount(totals, "insurance"),
                amount(totals, "total"),
                ""));
        rows.add(List.of());
        rows.add(List.of("内件 by document", "件数", "合计"));
        statement
                .path("byDocument")
                .forEach(d ->
                        rows.add(List.of(text(d, "documents"), d.path("items").asInt(), amount(d, "total"))));
        rows.add(List.of());
        rows.add(List.of("代收款（另一本账，不计入上面的合计） collected for the unit, in no total above"));
        rows.add(List.of("序号", "日期", "邮件号", "订单号", "收件人", "金额", "备注"));
        statement.at("/collected/lines").forEach(l -> rows.add(collected(l)));
        rows.add(List.of("合计 total", "", "", "", "", amount(statement.path("collected"), "total"), ""));
        rows.add(List.of());
        rows.add(List.of(
                "收件人自付（不计入） paid by recipients",
                statement.at("/recipientPaid/items").asInt() + " 件",
                amount(statement.path("recipientPaid"), "total")));
        rows.add(List.of());
        rows.add(List.of("寄件单位（盖章）", "", "", "经办人", "", "", "日期"));
        rows.add(List.of("收寄单位（盖章）", "", "", "经办人", "", "", "日期"));
        return rows;
    }

    private static List<Object> line(JsonNode l) {
        return List.of(
                l.path("no").asInt(),
                text(l, "day"),
                text(l, "waybillNo"),
                text(l, "orderNo"),
                text(l, "recipient"),
                text(l, "destCounty"),
                text(l, "documents"),
                l.path("service").asText().equals("DOUBLE") ? "双程" : "单程",
                amount(l, "postage"),
                amount(l, "services"),
                amount(l, "insurance"),
                amount(l, "total"),
                note(l));
    }

    private static List<Object> collected(JsonNode l) {
        return List.of(
                l.path("no").asInt(),
                text(l, "day"),
                text(l, "waybillNo"),
                text(l, "orderNo"),
                text(l, "recipient"),
                amount(l, "amount"),
                note(l));
    }

    private String title() {
        return text(statement, "month") + " 证照寄递对账单 / statement";
    }

    private String state() {
        String state = statement.path("closed").asBoolean()
                ? "已结账 / closed"
                : "未结账，结账时间 " + text(statement, "closesAt").substring(0, 10) + " / open until then";
        int waiting = statement.path("waiting").asInt();
        return waiting == 0 ? state : state + "；另有 " + waiting + " 件尚无价格 / without a price yet";
    }

    private static String note(JsonNode l) {
        String note = l.path("correction").asBoolean() ? "更正" : "";
        return l.path("reversed").asBoolean() ? (note + " 冲销").strip() : note;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText("");
    }

    private static BigDecimal amount(JsonNode node, String name) {
        return new BigDecimal(node.path(name).asText("0")).setScale(2);
    }

    public byte[] csv() {
        StringBuilder sheet = new StringBuilder("\uFEFF");
        try (CSVPrinter printer = new CSVPrinter(sheet, CSVFormat.EXCEL)) {
            for (List<Object> row : rows()) {
                printer.printRecord(row.stream()
                        .map(c -> c instanceof String s ? harmless(s) : c)
                        .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sheet.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A spreadsheet would take a text that begins so for a formula. */
    static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    public byte[] xlsx() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "Songda", "1.0")) {
            Worksheet sheet = book.newWorksheet(text(statement, "month"));
            List<List<Object>> rows = rows();
            for (int r = 0; r < rows.size(); r++) {
                for (int c = 0; c < rows.get(r).size(); c++) {
                    cell(sheet, r, c, rows.get(r).get(c));
                }
            }
            sheet.style(0, 0).bold().set();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void cell(Worksheet sheet, int row, int column, Object value) {
        if (value instanceof BigDecimal amount) {
            sheet.value(row, column, amount);
            sheet.style(row, column).format("0.00").set();
        } else if (value instanceof Integer number) {
            sheet.value(row, column, number);
        } else {
            sheet.value(row, column, harmless(value.toString()));
        }
    }

    /** @throws songda.failure.Unmappable when the template cannot draw it */
    public byte[] pdf(Labels labels) {
        return Pdf.of(labels.draw(TEMPLATE, fields(), DPI), labels.width(TEMPLATE), labels.height(TEMPLATE));
    }

    private ObjectNode fields() {
        ObjectNode fields = JsonNodeFactory.instance
                .objectNode()
                .put("title", title())
                .put("month", text(statement, "month"))
                .put("unit", text(statement, "name") + "　" + text(statement, "unit"))
                .put("state", state())
                .put(
                        "owed",
                        "应付邮费 " + amount(statement.path("totals"), "total") + " 元，共 "
                                + statement.at("/totals/items").asInt() + " 件")
                .put(
                        "collected",
                        "代收款（另一本账）" + amount(statement.path("collected"), "total") + " 元；收件人自付 "
                                + amount(statement.path("recipientPaid"), "total") + " 元，均不计入应付");
        ArrayNode items = fields.putArray("items");
        statement
                .path("lines")
                .forEach(l -> items.add(item(l, text(l, "documents"))
                        .put("postage", amount(l, "postage").toPlainString())
                        .put(
                                "more",
                                amount(l, "services")
                                        .add(amount(l, "insurance"))
                                        .toPlainString())
                        .put("total", amount(l, "total").toPlainString())));
        statement
                .path("byDocument")
                .forEach(d -> items.add(
                        sum(text(d, "documents") + " 小计 " + d.path("items").asInt() + " 件", d)));
        items.add(sum("合计", statement.path("totals")));
        statement
                .at("/collected/lines")
                .forEach(l -> items.add(
                        item(l, "代收款").put("total", amount(l, "amount").toPlainString())));
        if (!statement.at("/collected/lines").isEmpty()) {
            items.add(sum("代收款合计", statement.path("collected")));
        }
        return fields;
    }

    private static ObjectNode item(JsonNode l, String documents) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("no", "day", "waybillNo", "recipient")) {
            item.put(name, text(l, name));
        }
        return item.put("documents", documents)
                .put("note", note(l))
                .put("postage", "")
                .put("more", "");
    }

    private static ObjectNode sum(String words, JsonNode of) {
        return item(JsonNodeFactory.instance.objectNode(), words)
                .put("total", amount(of, "total").toPlainString());
    }
}
