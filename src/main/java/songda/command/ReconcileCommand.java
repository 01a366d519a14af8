package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reconcile",
        description = {
            "把承运方的账单（.xlsx 或 .csv）与邮费账逐件核对（R12） / compares the carrier's bill with the book of postage, item by item",
            "账单的行都存下来；同一份再来一次不重复。全部相符退出码 0，有差异 1 / its lines are kept, each once; 0 when all match, 1 when not"
        },
        footer = {"", "songda reconcile bill.xlsx --month 2026-11 --bill EMS-2026-11"})
final class ReconcileCommand implements Callable<Integer> {

    private static final int CHUNK = 2000;

    @Mixin
    private Hub hub;

    @Parameters(index = "0", description = "账单 / the bill")
    private Path file;

    @Option(names = "--month", required = true, description = "账单的月份，如 2026-11 / the bill's month")
    private String month;

    @Option(names = "--bill", required = true, description = "账单号 / the bill's number")
    private String bill;

    @Option(names = "--client", description = "只是一个单位的账单：统一社会信用代码 / a bill for one unit: its credit code")
    private String client;

    @Option(
            names = "--in",
            description = "映射目录，内有列名表 tariff/bill-columns.csv / the mappings, with the titles (${DEFAULT-VALUE})",
            defaultValue = "mappings")
    private Path mappings;

    @Override
    public Integer call() {
        Sheet sheet = Sheet.read(file);
        int waybill = column(sheet, "waybillNo");
        int amount = column(sheet, "amount");
        List<ObjectNode> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Sheet.Line line : sheet.rows()) {
            // A total at the foot has an amount and no item.
            if (!line.cell(waybill).isEmpty()) {
                read(line, line.cell(waybill), line.cell(amount), lines, wrong);
            }
        }
        if (!wrong.isEmpty()) {
            throw new Commands.Problem(file + "：\n  " + String.join("\n  ", wrong));
        }
        int known = send(lines);
        JsonNode compared = hub.get("/api/v1/bills/" + bill);
        return say(lines.size(), known, compared);
    }

    private static void read(
            Sheet.Line line, String waybill, String amount, List<ObjectNode> lines, List<String> wrong) {
        String plain = amount.replaceAll("[,，¥￥元\\s]", "");
        if (!waybill.matches("[A-Za-z0-9]{6,20}") || !plain.matches("-?[0-9]{1,6}(\\.[0-9]{1,2}0*)?")) {
            wrong.add("第 " + line.number() + " 行：邮件号或金额有误 / line " + line.number() + ": item number or amount");
            return;
        }
        lines.add(JsonNodeFactory.instance
                .objectNode()
                .put("no", line.number())
                .put("waybillNo", waybill)
                .put("amount", new BigDecimal(plain)));
    }

    private int column(Sheet sheet, String field) {
        Map<String, String> known = titles();
        for (int i = 0; i < sheet.titles().size(); i++) {
            if (field.equals(known.get(sheet.titles().get(i)))) {
                return i;
            }
        }
        throw new Commands.Problem(file + "：没有 " + field + " 一列；认得的列名见 " + mappings.resolve("tariff/bill-columns.csv")
                + " / has no such column; the titles that are understood stand there");
    }

    private Map<String, String> titles() {
        Map<String, String> titles = new HashMap<>();
        for (CSVRecord record : Sheet.table(mappings.resolve("tariff/bill-columns.csv"))) {
            titles.put(record.get("title"), record.get("field"));
        }
        return titles;
    }

    private int send(List<ObjectNode> lines) {
        int known = 0;
        for (int from = 0; from < lines.size(); from += CHUNK) {
            ObjectNode body =
                    JsonNodeFactory.instance.objectNode().put("billNo", bill).put("month", month);
            if (client != null) {
                body.put("unit", client);
            }
            ArrayNode chunk = body.putArray("lines");
            lines.subList(from, Math.min(from + CHUNK, lines.size())).forEach(chunk::add);
            known += hub.post("/api/v1/bills", body).path("known").asInt();
        }
        return known;
    }

    private int say(int lines, int known, JsonNode compared) {
        JsonNode counts = compared.path("counts");
        compared.path("lines")
                .forEach(l -> System.out.printf(
                        "%-14s  %-14s  %s  账单 / bill %s  我方 / ours %s%n",
                        l.path("finding").asText(),
                        l.path("waybillNo").asText("-"),
                        l.has("line") ? "第 " + l.path("line").asText() + " 行" : "",
                        l.has("theirs") ? PriceCommand.yuan(l.path("theirs")) : "-",
                        l.has("ours") ? PriceCommand.yuan(l.path("ours")) : "-"));
        System.out.printf(
                "账单 %d 行（%d 行已存过） / lines, of which known; 相符 MATCHED %d，金额不同 DIFFERENT %d，我方没有 MISSING_HERE %d，账单没有 MISSING_THERE %d，重复 DUPLICATE %d，以前已入账单 BILLED_BEFORE %d%n",
                lines,
                known,
                counts.path("MATCHED").asInt(),
                counts.path("DIFFERENT").asInt(),
                counts.path("MISSING_HERE").asInt(),
                counts.path("MISSING_THERE").asInt(),
                counts.path("DUPLICATE").asInt(),
                counts.path("BILLED_BEFORE").asInt());
        System.out.printf(
                "账单合计 / bill %s，我方合计 / ours %s%n",
                PriceCommand.yuan(compared.path("theirs")), PriceCommand.yuan(compared.path("ours")));
        return compared.path("lines").isEmpty() ? 0 : 1;
    }
}
