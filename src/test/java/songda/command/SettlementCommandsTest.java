package songda.command;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.command.Said.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.awaitility.Awaitility;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import songda.watch.RunningHub;

/** {@code songda price}, {@code statement} and {@code reconcile}, as somebody types them. */
class SettlementCommandsTest {

    private static final String UNIT = "11330109MB7TARFF24";
    private final RunningHub hub = RunningHub.get();

    private Said ask(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(
                List.of("--hub", hub.address().toString(), "--data", hub.data().toString()));
        return run(all);
    }

    @Test
    void a_price_from_files_and_from_the_running_hub() {
        for (List<String> more : List.of(List.<String>of(), List.of("--online"))) {
            List<String> asked = new ArrayList<>(List.of(
                    "price", "--from", "330109", "--to", "330203", "--receipt", "PHYSICAL", "--declared", "1230"));
            asked.addAll(more);
            Said said = ask(asked.toArray(String[]::new));
            assertThat(said.code()).as(said.text()).isZero();
            assertThat(said.text())
                    .contains("10.00  单程邮费 / postage, single  R90  province-2017")
                    .contains("3.00  回执 / receipt  R92", "6.15  保价 / insurance  R96", "19.15  合计");
        }
        Said refused = ask("price", "--from", "330109", "--to", "310101", "--service", "DOUBLE");
        assertThat(refused.code()).isOne();
        assertThat(refused.text()).contains("DOUBLE_NOT_OFFERED", "R91");
    }

    @Test
    void a_statement_in_each_form_and_the_carrier_s_bill_beside_it(@TempDir Path folder) throws IOException {
        String waybill = accepted("=cmd|' /C calc'!A1");
        Awaitility.await().untilAsserted(() -> assertThat(statement("csv", folder.resolve("a.csv")))
                .contains("1 件，应付 8.00 元"));
        String csv = Files.readString(folder.resolve("a.csv"));
        assertThat(csv).contains("'=cmd|", waybill, "张*三", "8.00").doesNotContain("张小三", "\n=", ",=");
        statement("csv", folder.resolve("b.csv"));
        assertThat(folder.resolve("b.csv")).hasSameBinaryContentAs(folder.resolve("a.csv"));
        statement("xlsx", folder.resolve("a.xlsx"));
        try (var book = new ReadableWorkbook(Files.newInputStream(folder.resolve("a.xlsx")))) {
            List<Row> rows = book.getFirstSheet().read();
            assertThat(rows.stream().flatMap(Row::stream).filter(c -> c != null && c.getType() == CellType.FORMULA))
                    .isEmpty();
            Row total = rows.stream()
                    .filter(r -> r.getCellCount() > 11 && r.getCellText(0).startsWith("合计"))
                    .findFirst()
                    .orElseThrow();
            assertThat(total.getCellAsNumber(11).orElseThrow()).isEqualByComparingTo("8");
        }
        statement("pdf", folder.resolve("a.pdf"));
        statement("pdf", folder.resolve("b.pdf"));
        assertThat(folder.resolve("b.pdf")).hasSameBinaryContentAs(folder.resolve("a.pdf"));
        try (var pdf = Loader.loadPDF(folder.resolve("a.pdf").toFile())) {
            assertThat(pdf.getNumberOfPages()).isOne();
        }
        reconciled(folder, waybill);
    }

    private void reconciled(Path folder, String waybill) throws IOException {
        String bill = "B" + System.nanoTime();
        Path good = Files.writeString(
                folder.resolve("bill.csv"), "收寄日期,邮件号,总资费\n2099-11-24," + waybill + ",8.00\n,,8.00\n");
        for (String known : List.of("0 行已存过", "1 行已存过")) {
            Said said = ask("reconcile", good.toString(), "--month", "2099-11", "--bill", bill, "--client", UNIT);
            assertThat(said.code()).as(said.text()).isZero();
            assertThat(said.text()).contains("MATCHED 1", known, "我方合计 / ours 8.00");
        }
        Path other = folder.resolve("bill.xlsx");
        try (OutputStream out = new FileOutputStream(other.toFile());
                Workbook book = new Workbook(out, "x", "1.0")) {
            var sheet = book.newWorksheet("1");
            sheet.value(0, 0, "邮件号");
            sheet.value(0, 1, "资费");
            sheet.value(1, 0, "9999999999999");
            sheet.value(1, 1, 8.5);
        }
        Said said = ask("reconcile", other.toString(), "--month", "2099-11", "--bill", bill + "x", "--client", UNIT);
        assertThat(said.code()).isOne();
        assertThat(said.text()).contains("MISSING_HERE    9999999999999", "MISSING_THERE   " + waybill);
        Path bad = Files.writeString(folder.resolve("bad.csv"), "邮件号,资费\n" + waybill + ",八元\n");
        said = ask("reconcile", bad.toString(), "--month", "2099-11", "--bill", bill + "y");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("第 2 行：邮件号或金额有误");
    }

    private String statement(String format, Path out) {
        Said said =
                ask("statement", "--client", UNIT, "--month", "2099-11", "--format", format, "--out", out.toString());
        assertThat(said.code()).as(said.text()).isZero();
        return said.text();
    }

    /** @return the waybill number of an order that its office pays, accepted in the month 2099-11 */
    private String accepted(String document) {
        ObjectNode order = RunningHub.order().put("payer", "SENDER").put("receipt", "NONE");
        order.withObject("/office").put("creditCode", UNIT);
        order.withArray("/documents").removeAll().addObject().put("type", document);
        String number = order.path("orderNo").asText();
        String waybill = String.valueOf(System.nanoTime()).substring(0, 13);
        assertThat(hub.post("gov", "/api/v1/orders", order.toString()).statusCode())
                .isEqualTo(201);
        String event =
                """
                {"id":"%s-%s","fact":"%s","at":"2099-11-24T15:21:00+08:00","orderNo":"%s","data":%s}""";
        hub.post(
                "postal",
                "/api/v1/events",
                event.formatted("W", number, "waybill.assigned", number, "{\"waybillNo\":\"" + waybill + "\"}"));
        hub.post("pda", "/api/v1/events", event.formatted("A", number, "parcel.accepted", number, "{}"));
        return waybill;
    }
}
