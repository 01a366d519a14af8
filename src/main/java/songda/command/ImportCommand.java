package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = {
            "为没有系统对接的单位导入订单（R23）：Excel（.xlsx）或 CSV，一行一单 / orders of units without a link (R23) from a sheet, one a line",
            "再导入同一份文件不会重复下单；每行的结果写在 <文件>.report.csv / the same file again makes no second order; each line's result is reported"
        })
final class ImportCommand implements Callable<Integer> {

    private static final String TARGET = "/api/logisticscenter/callems";
    private static final Set<String> AMOUNTS = Set.of("declared_value", "fee_to_collect");
    private static final Pattern TIME =
            Pattern.compile("(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})[ T](\\d{1,2}):(\\d{2})(?::(\\d{2}))?");

    @Mixin
    private Hub hub;

    @Parameters(index = "0", description = "表格 / the sheet")
    private Path file;

    @Option(
            names = "--in",
            description = "映射目录，内有列名表 gov/sheet / the mappings, with the titles in gov/sheet (${DEFAULT-VALUE})",
            defaultValue = "mappings")
    private Path mappings;

    private enum Result {
        TAKEN("成功"),
        REFUSED("未受理"),
        UNSENT("未送达");

        private final String zh;

        Result(String zh) {
            this.zh = zh;
        }
    }

    private record Outcome(long line, String orderNo, Result result, String text) {}

    @Override
    public Integer call() throws IOException {
        hub.as("gov");
        Sheet sheet = Sheet.read(file);
        List<String> fields = fields(sheet.titles());
        Map<String, String> words = words();
        List<Outcome> outcomes = new ArrayList<>();
        for (Sheet.Line line : sheet.rows()) {
            Outcome outcome = send(line, row(line, fields, words));
            outcomes.add(outcome);
            if (outcome.result() != Result.TAKEN) {
                System.out.println("第 " + outcome.line() + " 行 / line " + outcome.line() + "  " + outcome.result().zh
                        + "  " + outcome.text());
            }
        }
        Path report = report(outcomes);
        Map<Result, Integer> counts = new TreeMap<>();
        outcomes.forEach(it -> counts.merge(it.result(), 1, Integer::sum));
        System.out.printf(
                "共 %d 行，成功 %d，未受理 %d，未送达 %d / %d lines: taken, refused, not sent; %s%n",
                outcomes.size(),
                counts.getOrDefault(Result.TAKEN, 0),
                counts.getOrDefault(Result.REFUSED, 0),
                counts.getOrDefault(Result.UNSENT, 0),
                outcomes.size(),
                report);
        return counts.keySet().equals(Set.of(Result.TAKEN)) ? 0 : 1;
    }

    /** By column; null for one that nobody reads. */
    private List<String> fields(List<String> titles) {
        Map<String, String> known = new HashMap<>();
        for (CSVRecord record : Sheet.table(mappings.resolve("gov/sheet/columns.csv"))) {
            known.put(record.get("title"), record.get("field"));
            known.put(record.get("field"), record.get("field"));
        }
        List<String> fields = new ArrayList<>();
        titles.forEach(title -> fields.add(known.get(title)));
        if (!fields.contains("ems_ord_no")) {
            throw new Commands.Problem(file + "：没有“订单号”一列；认得的列名见 " + mappings.resolve("gov/sheet/columns.csv")
                    + " / has no column 订单号; the titles that are understood stand there");
        }
        List<String> unread = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            if (fields.get(i) == null && !titles.get(i).isEmpty()) {
                unread.add(titles.get(i));
            }
        }
        if (!unread.isEmpty()) {
            System.out.println("不读的列 / columns that are not read: " + String.join(", ", unread));
        }
        return fields;
    }

    private Map<String, String> words() {
        Map<String, String> words = new HashMap<>();
        Sheet.table(mappings.resolve("gov/sheet/words.csv"))
                .forEach(record -> words.put(record.get("field") + "/" + record.get("word"), record.get("code")));
        return words;
    }

    private static ObjectNode row(Sheet.Line line, List<String> fields, Map<String, String> words) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("net_type", "02");
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) != null && !line.cell(i).isEmpty()) {
                said.put(fields.get(i), line.cell(i));
            }
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        said.forEach((field, text) -> {
            String code = words.getOrDefault(field + "/" + text, text);
            if (AMOUNTS.contains(field)) {
                amount(row, field, code);
            } else {
                row.put(field, field.equals("sendtime") ? time(code) : code);
            }
        });
        return row;
    }

    /** What is no number goes as it is, so that the hub says so. */
    private static void amount(ObjectNode row, String field, String text) {
        try {
            row.put(field, new BigDecimal(text));
        } catch (NumberFormatException e) {
            row.put(field, text);
        }
    }

    private static String time(String text) {
        Matcher time = TIME.matcher(text);
        return time.matches()
                ? "%s-%02d-%02d %02d:%s:%s"
                        .formatted(
                                time.group(1),
                                Integer.parseInt(time.group(2)),
                                Integer.parseInt(time.group(3)),
                                Integer.parseInt(time.group(4)),
                                time.group(5),
                                time.group(6) == null ? "00" : time.group(6))
                : text;
    }

    private Outcome send(Sheet.Line line, ObjectNode row) {
        String orderNo = row.path("ems_ord_no").asText();
        ObjectNode application = JsonNodeFactory.instance.objectNode();
        application.set("params", row);
        try {
            JsonNode custom = hub.postPatiently(TARGET, application).path("custom");
            boolean yes = custom.path("code").asInt() == 1;
            return new Outcome(
                    line.number(),
                    orderNo,
                    yes ? Result.TAKEN : Result.REFUSED,
                    custom.path("text").asText());
        } catch (Hub.NoAnswer e) {
            return new Outcome(line.number(), orderNo, Result.UNSENT, e.getMessage());
        }
    }

    /** With a byte order mark, or Excel takes it for another encoding. */
    private Path report(List<Outcome> outcomes) throws IOException {
        Path report = file.resolveSibling(file.getFileName() + ".report.csv");
        try (Writer writer = Files.newBufferedWriter(report, StandardCharsets.UTF_8);
                CSVPrinter printer = new CSVPrinter(writer, CSVFormat.EXCEL)) {
            writer.write('\uFEFF');
            printer.printRecord("行号 line", "订单号 order", "结果 result", "说明 text");
            for (Outcome outcome : outcomes) {
                printer.printRecord(
                        outcome.line(),
                        plain(outcome.orderNo()),
                        outcome.result().zh + " " + outcome.result(),
                        plain(outcome.text()));
            }
        }
        return report;
    }

    /** What a spreadsheet would take for a formula is text. */
    private static String plain(String text) {
        return text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
    }
}
