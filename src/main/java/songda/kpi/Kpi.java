package songda.kpi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One line of the catalogue {@code songda/kpi/kpis.yaml}.
 *
 * @param code as in the view {@code kpi_item}
 * @param unit percent, per-10000 or count
 * @param alarm {@code < 97}, {@code > 3}: when a ratio is bad; or null
 * @param mature natural days after a day until each of its items is judged
 * @param formula what is divided by what, Chinese and English
 * @param judged when an item is judged, Chinese and English
 */
public record Kpi(
        @JsonProperty("kpi") String code,
        String zh,
        String en,
        List<String> rules,
        String unit,
        String alarm,
        int mature,
        String formula,
        String judged) {

    /** @return in the KPI's unit, to two places; null where nothing is judged */
    Double value(Count count) {
        return switch (unit) {
            case "count" -> (double) count.met();
            case "per-10000" -> count.ratio(10_000);
            default -> count.ratio(100);
        };
    }

    /** What it is, and {@code {met, judged, immature, excluded, value, alarming}} of this count. */
    ObjectNode told(Count count) {
        ObjectNode told = JsonNodeFactory.instance
                .objectNode()
                .put("kpi", code)
                .put("zh", zh)
                .put("en", en)
                .put("unit", unit)
                .put("alarm", alarm)
                .put("formula", formula)
                .put("judgedWhen", judged);
        rules.forEach(told.putArray("rules")::add);
        return numbers(told, count);
    }

    ObjectNode numbers(ObjectNode into, Count count) {
        return into.put("met", count.met())
                .put("judged", count.judged())
                .put("immature", count.immature())
                .put("excluded", count.excluded())
                .put("value", value(count))
                .put("alarming", alarming(count));
    }

    boolean alarming(Count count) {
        Double value = value(count);
        if (alarm == null || value == null) {
            return false;
        }
        double line = Double.parseDouble(alarm.substring(2));
        return alarm.startsWith("<") ? value < line : value > line;
    }
}
