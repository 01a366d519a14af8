package songda.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import songda.clock.HubClock;
import songda.mapping.Described;

/** A recorded fact, as its steps read it. */
public record Fact(long id, String name, String source, Instant at, Subject subject, ObjectNode data)
        implements Described {

    /**
     * {@code {fact, order}}, what a guard of a step may look at; the order as this fact has left it. {@code fact.about} is what is no order; then
     * {@code order} is what it keeps, and {@code before} what it kept before this fact.
     */
    @Override
    public JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode told =
                json.putObject("fact").put("name", name).put("source", source).put("at", HubClock.local(at));
        if (!subject.isOrder()) {
            told.put("about", subject.name());
            json.set("before", subject.before());
        }
        told.set("data", data);
        json.set(
                "order",
                subject.detail()
                        .deepCopy()
                        .put("county", subject.columns().county())
                        .put("destCounty", subject.columns().destCounty())
                        .put("stage", subject.stage())
                        .put("receiptStage", subject.receiptStage())
                        .put("receiptStageBefore", subject.receiptStageBefore())
                        .put("anomaly", subject.anomaly())
                        .put("anomalyBefore", subject.anomalyBefore()));
        return json;
    }
}
