package songda.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A report as a workbook, a sheet for each table: numbers are numbers, and a text is never a formula, whatever it begins with. */
final class ReportBook {

    private ReportBook() {}

    static byte[] of(ReportTables report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Songda", "1.0")) {
            for (ReportTables.Table table : report.tables()) {
                fill(book.newWorksheet(table.name()), report, table);
            }
        }
        return bytes.toByteArray();
    }

    private static void fill(Worksheet sheet, ReportTables report, ReportTables.Table table) {
        sheet.value(0, 0, report.title());
        sheet.style(0, 0).bold().set();
        sheet.value(0, 1, String.join("；", report.notes()));
        int line = 1;
        for (JsonNode row : table.rows()) {
            for (int column = 0; column < row.size(); column++) {
                JsonNode cell = row.get(column);
                if (cell.isNumber()) {
                    sheet.value(line, column, cell.numberValue());
                } else if (!cell.isNull()) {
                    sheet.value(line, column, cell.asText());
                }
            }
            line++;
        }
        sheet.range(1, 0, 1, table.rows().get(0).size() - 1).style().bold().set();
        sheet.freezePane(0, 2);
    }
}
