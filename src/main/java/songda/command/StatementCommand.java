package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import songda.label.Labels;
import songda.settlement.StatementFile;

@Command(
        name = "statement",
        description = {
            "一个单位一个月的对账单：逐件邮费、按内件小计、代收款另列（R12） / a unit's statement of a month, item by item",
            "结账（月末后三天）以前是未结账的样子，以后不再变 / what it is so far until the month is closed, and the same ever after"
        },
        footer = {
            "",
            "songda statement --client 11330109MB1A2B3C4H --month 2026-11 --format xlsx --out 2026-11.xlsx",
            "songda statement --client 11330109MB1A2B3C4H --month 2026-11 --format pdf --out 2026-11.pdf"
        })
final class StatementCommand implements Callable<Integer> {

    private enum Format {
        XLSX,
        CSV,
        PDF,
        JSON
    }

    @Mixin
    private Hub hub;

    @Option(names = "--client", required = true, description = "单位统一社会信用代码 / the unit's credit code")
    private String client;

    @Option(names = "--month", required = true, description = "月份，如 2026-11 / the month")
    private String month;

    @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
    private Format format;

    @Option(names = "--out", required = true, description = "写到哪个文件 / the file")
    private Path out;

    @Option(
            names = "--in",
            description = "有标签模板的映射目录，PDF 用 / the mappings, which have the template of the PDF (${DEFAULT-VALUE})",
            defaultValue = "mappings")
    private Path mappings;

    @Override
    public Integer call() throws IOException {
        JsonNode statement = hub.get("/api/v1/statements/" + client + "/" + month);
        StatementFile file = new StatementFile(statement);
        byte[] bytes =
                switch (format) {
                    case XLSX -> file.xlsx();
                    case CSV -> file.csv();
                    case PDF -> file.pdf(new Labels(mappings));
                    case JSON -> statement.toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
                };
        Files.write(out, bytes);
        System.out.printf(
                Locale.ROOT,
                "%s  %d 件，应付 %s 元，代收 %s 元%s / items, owed, collected%n",
                out,
                statement.at("/totals/items").asInt(),
                PriceCommand.yuan(statement.at("/totals/total")),
                PriceCommand.yuan(statement.at("/collected/total")),
                statement.path("closed").asBoolean() ? "" : "（未结账 / not closed yet）");
        return 0;
    }
}
