package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * A code table: CSV in UTF-8, first line the names of the columns, first column the key,
 * {@code #} starts a comment line.
 *
 * @param file path as shown to people, {@code mappings/postal/scan-to-fact/codes.csv}
 * @param rows in their order, key to column to cell; an empty cell is null
 * @param sorted by column and cell, as far as rows were sought so: a table of all units is asked for each order
 */
record Table(
        String file,
        List<String> columns,
        Map<String, Map<String, JsonNode>> rows,
        Map<String, Map<String, List<Map<String, JsonNode>>>> sorted) {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(true)
            .setCommentMarker('#')
            .get();

    static Table read(Path csv, String file) {
        try (var parser = CSVParser.parse(text(csv, file), FORMAT)) {
            return read(parser, file);
        } catch (IOException | IllegalArgumentException e) {
            throw new MappingBroken(file, "not a table: " + e.getMessage());
        }
    }

    private static Table read(CSVParser parser, String file) throws IOException {
        List<String> columns = List.copyOf(parser.getHeaderNames());
        Map<String, Map<String, JsonNode>> rows = new LinkedHashMap<>();
        Map<String, Long> lines = new HashMap<>();
        for (CSVRecord row : parser) {
            long line = parser.getCurrentLineNumber();
            if (!row.isConsistent()) {
                throw new MappingBroken(file, (int) line, row.size() + " cells, but " + columns.size() + " columns");
            }
            Long first = lines.putIfAbsent(row.get(0), line);
            if (first != null) {
                throw new MappingBroken(
                        file, (int) line, "key '" + row.get(0) + "' stands on line " + first + " too: keep one row");
            }
            rows.put(row.get(0), cells(row, columns));
        }
        return new Table(file, columns, rows, new ConcurrentHashMap<>());
    }

    private static Map<String, JsonNode> cells(CSVRecord row, List<String> columns) {
        Map<String, JsonNode> cells = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            cells.put(columns.get(i), row.get(i).isEmpty() ? NullNode.instance : TextNode.valueOf(row.get(i)));
        }
        return cells;
    }

    private static String text(Path csv, String file) throws IOException {
        try {
            String text = Files.readString(csv, StandardCharsets.UTF_8);
            // Excel saves "CSV UTF-8" with a byte order mark.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new MappingBroken(file, "not UTF-8: save it as \"CSV UTF-8\"");
        }
    }

    /** The rows with this text in this column; an empty one asks for an empty cell. */
    List<Map<String, JsonNode>> with(String column, String text) {
        if (!columns.contains(column)) {
            throw Breach.ours(file + " has no column '" + column + "', only " + columns);
        }
        return sorted.computeIfAbsent(column, c -> rows.values().stream()
                        .collect(Collectors.groupingBy(row -> row.get(c).asText(""))))
                .getOrDefault(text, List.of());
    }

    /** The cell, {@code null} inside the node where it is empty; nothing where the key is unknown. */
    Optional<JsonNode> cell(String key, String column) {
        Map<String, JsonNode> row = rows.get(key);
        if (row == null) {
            return Optional.empty();
        }
        JsonNode cell = row.get(column);
        if (cell == null) {
            throw Breach.ours(file + " has no column '" + column + "', only " + columns);
        }
        return Optional.of(cell);
    }
}
