package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import songda.chart.CsvSheet;

@Command(
        name = "report",
        description = {
            "一天或一个月的指标，网页（带图）、CSV 或 XLSX / KPIs of a day or a month as a page with charts, CSV or XLSX",
            "--items 列出一个指标背后的邮件，姓名已遮盖 / lists the items behind a KPI, names masked"
        },
        footer = {
            "",
            "songda report --day 2026-10-12 --out report.html",
            "songda report --month 2026-10 --county 330109 --format xlsx --out report.xlsx",
            "songda report --month 2026-10 --items delivered-3d --verdict missed --format csv --out missed.csv"
        })
final class ReportCommand implements Callable<Integer> {

    private enum Format {
        HTML,
        CSV,
        XLSX
    }

    private enum Verdict {
        MET,
        MISSED,
        IMMATURE,
        EXCLUDED
    }

    @Mixin
    private Hub hub;

    @ArgGroup(multiplicity = "1")
    private When when;

    static final class When {
        @Option(names = "--day", description = "哪一天，2026-10-12 / which day")
        private String day;

        @Option(names = "--month", description = "哪个月，2026-10；冻结了的原样给出 / which month; a frozen one is told as it was")
        private String month;

        private String query() {
            return day != null ? "?day=" + day : "?month=" + month;
        }
    }

    @Option(names = "--county", description = "只看这个区县，六位 / this county only, six digits")
    private String county;

    @Option(
            names = "--format",
            description = "html、csv 或 xlsx / html, csv or xlsx (${DEFAULT-VALUE})",
            defaultValue = "html")
    private Format format;

    @Option(names = "--out", required = true, description = "写到哪个文件 / the file to write")
    private Path out;

    @Option(names = "--items", paramLabel = "<kpi>", description = "列出这个指标背后的邮件 / lists the items behind this KPI")
    private String items;

    @Option(names = "--verdict", description = "met、missed、immature 或 excluded / one of these only")
    private Verdict verdict;

    @Option(
            names = "--most",
            description = "邮件最多几条，至多 10000 / items at most, up to 10000 (${DEFAULT-VALUE})",
            defaultValue = "1000")
    private int most;

    @Override
    public Integer call() throws IOException {
        String query = when.query() + (county == null ? "" : "&county=" + county);
        ReportTables tables = items == null
                ? ReportTables.of(hub.get("/api/v1/kpis" + query))
                : ReportTables.ofItems(
                        hub.get("/api/v1/kpis/" + items + "/items" + query + "&limit=" + most
                                + (verdict == null ? "" : "&verdict=" + verdict)),
                        query.substring(1));
        Files.write(
                out,
                switch (format) {
                    case HTML -> ReportPage.of(tables);
                    case CSV -> CsvSheet.of(tables.flat());
                    case XLSX -> ReportBook.of(tables);
                });
        System.out.println(tables.title() + "  " + out);
        for (JsonNode alarming : tables.alarming()) {
            System.out.println("  越过告警线 / beyond its line: " + alarming.asText());
        }
        return 0;
    }
}
