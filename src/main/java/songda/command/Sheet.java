package songda.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;

/**
 * The rows of a table that somebody keeps by hand: {@code .xlsx} (the first sheet) or {@code .csv} as Excel and others save it, in UTF-8 or
 * GB18030, with comma, semicolon or tab between.
 *
 * @param titles the first row that says anything
 * @param rows the others, with the number of their line in the file
 */
record Sheet(List<String> titles, List<Line> rows) {

    static final int MOST_ROWS = 50_000;
    private static final int MOST_COLUMNS = 200;
    private static final long MOST_BYTES = 50L * 1024 * 1024;
    /** A date is a number with a format. */
    private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, true);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    record Line(long number, List<String> cells) {

        boolean says() {
            return cells.stream().anyMatch(it -> !it.isBlank());
        }

        /** Nothing where the row is shorter. */
        String cell(int column) {
            return column < cells.size() ? cells.get(column).strip() : "";
        }
    }

    /** A table of the mappings that says what titles and words of sheets mean. */
    static List<CSVRecord> table(Path path) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setCommentMarker('#')
                .get();
        try (var reader = Files.newBufferedReader(path);
                var records = format.parse(reader)) {
            return records.getRecords();
        } catch (IOException e) {
            throw new Commands.Problem(path + "：读不到，用 --in 指明映射目录 / cannot be read, name the mappings with --in");
        }
    }

    /** @throws Commands.Problem where the file is none of these, or larger than anybody keeps by hand */
    static Sheet read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new Commands.Problem(file + "：超过 50 MB，请分成几份 / more than 50 MB: split it");
            }
            String name = file.getFileName().toString().toLowerCase(java.util.Locale.ROOT);
            if (name.endsWith(".xlsx")) {
                return of(file, workbook(file));
            }
            if (name.endsWith(".csv")) {
                return of(file, commaSeparated(Files.readAllBytes(file)));
            }
            throw new Commands.Problem(file + "：应为 .xlsx 或 .csv / must be .xlsx or .csv");
        } catch (IOException e) {
            throw new Commands.Problem(file + "：读不到，或不是这种文件 / cannot be read, or is no such file ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static Sheet of(Path file, List<Line> lines) {
        List<Line> saying = lines.stream().filter(Line::says).toList();
        if (saying.size() < 2) {
            throw new Commands.Problem(file + "：没有数据；第一行是列名，以下每行一单 / is empty: titles first, then a line per order");
        }
        List<String> titles = saying.get(0).cells().stream().map(String::strip).toList();
        if (titles.size() > MOST_COLUMNS || saying.size() - 1 > MOST_ROWS) {
            throw new Commands.Problem(file + "：最多 " + MOST_ROWS + " 行、" + MOST_COLUMNS + " 列 / at most " + MOST_ROWS
                    + " lines and " + MOST_COLUMNS + " columns");
        }
        return new Sheet(titles, saying.subList(1, saying.size()));
    }

    private static List<Line> commaSeparated(byte[] bytes) throws IOException {
        String text = text(bytes);
        String first = text.lines().findFirst().orElse("");
        char between = first.indexOf(',') >= 0 ? ',' : first.indexOf('\t') >= 0 ? '\t' : ';';
        CSVFormat format = CSVFormat.EXCEL
                .builder()
                .setDelimiter(between)
                .setLenientEof(false)
                .get();
        List<Line> lines = new ArrayList<>();
        try (var records = format.parse(new StringReader(text))) {
            for (CSVRecord record : records) {
                lines.add(new Line(record.getRecordNumber(), record.toList()));
                stopAt(lines.size());
            }
        } catch (java.io.UncheckedIOException | IllegalStateException e) {
            throw new IOException("a quote that is not closed", e);
        }
        return lines;
    }

    private static void stopAt(int lines) {
        if (lines > MOST_ROWS + 1) {
            throw new Commands.Problem(
                    "最多 " + MOST_ROWS + " 行，请分成几份 / at most " + MOST_ROWS + " lines: split the file");
        }
    }

    private static String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, Charset.forName("GB18030"));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static List<Line> workbook(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                ReadableWorkbook book = new ReadableWorkbook(in, WITH_FORMATS);
                Stream<Row> rows = book.getFirstSheet().openStream()) {
            rows.forEach(row -> {
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < Math.min(row.getCellCount(), MOST_COLUMNS + 1); i++) {
                    cells.add(row.getOptionalCell(i).map(Sheet::words).orElse(""));
                }
                lines.add(new Line(row.getRowNum(), cells));
                stopAt(lines.size());
            });
        } catch (org.dhatim.fastexcel.reader.ExcelReaderException e) {
            throw new IOException("no workbook", e);
        }
        return lines;
    }

    /** A number without exponent, a date as the exchange table has it, a formula by its result. */
    private static String words(Cell cell) {
        if (cell.getType() == CellType.NUMBER) {
            String format = cell.getDataFormatString();
            if (format != null && format.toLowerCase(java.util.Locale.ROOT).contains("yy")) {
                return cell.asDate().format(TIME);
            }
            BigDecimal number = cell.asNumber().stripTrailingZeros();
            return number.toPlainString();
        }
        return cell.getType() == CellType.EMPTY || cell.getType() == CellType.ERROR ? "" : cell.getText();
    }
}
