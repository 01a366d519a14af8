package songda.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import songda.trace.Followed;

/**
 * An effect with all that its door needs to know.
 *
 * @param attempt 1 for the first
 * @param asked how often the partner has said that it does not have this attempt
 * @param message {@code {fact, order, person, site, effect, to?}}: the one input of every outward mapping
 */
record Due(
        long subject,
        long id,
        String door,
        int attempt,
        int asked,
        String addressee,
        String correlation,
        ObjectNode message) {

    /** Until it is closed, what this thread logs and calls belongs to the fact that this effect answers. */
    Followed followed() {
        return Followed.message(correlation, message.at("/order/orderNo").asText(null));
    }

    /** The fact that it can never succeed. */
    ObjectNode dead(String fact) {
        ObjectNode report =
                JsonNodeFactory.instance.objectNode().put("fact", fact).put("id", "dead/" + subject + "-" + id);
        report.putObject("about").put("subjectId", subject);
        report.putObject("data")
                .put("door", door)
                .put("template", message.at("/effect/args/template").asText(null));
        return report;
    }
}
