package songda.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Rows as CSV that a spreadsheet opens with its Chinese intact: UTF-8 with its mark, CR LF. */
public final class CsvSheet {

    private static final String MARK = "\uFEFF";

    private CsvSheet() {}

    public static byte[] of(JsonNode rows) {
        StringBuilder sheet = new StringBuilder(MARK);
        try (CSVPrinter printer = new CSVPrinter(sheet, CSVFormat.EXCEL)) {
            for (JsonNode row : rows) {
                List<Object> cells = new ArrayList<>();
                row.forEach(cell -> cells.add(cell.isNumber() ? cell.numberValue() : harmless(cell.asText())));
                printer.printRecord(cells);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sheet.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A spreadsheet would take a text that begins so for a formula. */
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
