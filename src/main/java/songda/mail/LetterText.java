package songda.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The blocks of a letter as plain text. */
final class LetterText {

    private LetterText() {}

    static String of(JsonNode letter) {
        StringBuilder text = new StringBuilder();
        letter.path("blocks").forEach(block -> text.append(block(block)).append('\n'));
        return text.append("送达\n").toString();
    }

    private static String block(JsonNode block) {
        if (block.has("p")) {
            return block.path("p").asText() + "\n";
        } else if (block.has("numbers")) {
            return numbers(block.path("numbers"));
        } else if (block.has("table")) {
            return table(block.path("table"));
        }
        return chart(block.path("chart"));
    }

    private static String numbers(JsonNode numbers) {
        StringBuilder text = new StringBuilder();
        for (JsonNode number : numbers) {
            text.append(number.path("name").asText())
                    .append("：")
                    .append(number.path("value").asText());
            if (number.has("note")) {
                text.append("（").append(number.path("note").asText()).append("）");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String table(JsonNode table) {
        StringBuilder text = new StringBuilder();
        for (JsonNode row : table.path("rows")) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                String head = table.path("head").path(i).asText();
                cells.add(
                        head.isEmpty()
                                ? row.get(i).asText()
                                : head + " " + row.get(i).asText());
            }
            text.append(String.join("，", cells)).append('\n');
        }
        return text.toString();
    }

    /** The last value of each series: what the picture ends with. */
    private static String chart(JsonNode chart) {
        StringBuilder text = new StringBuilder(chart.path("title").asText()).append('：');
        List<String> last = new ArrayList<>();
        for (JsonNode series : chart.path("series")) {
            JsonNode values = series.path("values");
            last.add(series.path("name").asText() + " "
                    + values.path(values.size() - 1).asText());
        }
        return text.append(String.join("，", last)).append('\n').toString();
    }
}
