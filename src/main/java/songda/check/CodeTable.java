package songda.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A code table's text as cells with their lines; whether it is a good table is for {@code songda.mapping} to say.
 *
 * @param columns the words of its first line
 */
record CodeTable(String file, List<String> columns, List<Row> rows) {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(true)
            .setCommentMarker('#')
            .get();

    record Row(int line, List<String> cells) {}

    static Optional<CodeTable> find(RouteFiles all, String mapping, String table) {
        Path folder = all.mappings().resolve(mapping);
        Path named = folder.resolve(table + ".csv").normalize();
        Path file = all.texts().containsKey(named)
                ? named
                : folder.resolve(table + "/codes.csv").normalize();
        return Optional.ofNullable(all.texts().get(file)).map(text -> of(file.toString(), text));
    }

    static CodeTable of(String file, String text) {
        List<String> columns = List.of();
        List<Row> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(text.replace("\uFEFF", ""), FORMAT)) {
            for (CSVRecord row : parser) {
                if (columns.isEmpty()) {
                    columns = row.toList();
                } else {
                    rows.add(new Row((int) parser.getCurrentLineNumber(), row.toList()));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // The mappings' own reading tells of it.
            rows.clear();
        }
        return new CodeTable(file, columns, rows);
    }

    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        rows.forEach(row -> keys.add(row.cells().get(0)));
        return keys;
    }
}
