package songda.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** A row of a table as JSON: columns in small letters, empty ones left out, numbers as numbers, times as the partners write them. */
final class Row {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private Row() {}

    static byte[] json(Map<?, ?> row) {
        ObjectNode json = JsonNodeFactory.withExactBigDecimals(true).objectNode();
        row.forEach((column, value) -> {
            String name = column.toString().toLowerCase(Locale.ROOT);
            if (value instanceof Timestamp time) {
                json.put(name, time.toLocalDateTime().format(TIME));
            } else if (value instanceof Number number) {
                json.put(name, new BigDecimal(number.toString()));
            } else if (value != null && !value.toString().isBlank()) {
                // char(n) is filled with spaces
                json.put(name, value.toString().strip());
            }
        });
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
