package songda.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import songda.failure.Refused;
import songda.mapping.Mappings;

/** Before a switch, gives what doors have sent of late to the mappings that shall be: where more of it would fail than now, nothing is switched. */
@Component
final class Foretaste {

    private final OldMessages messages;
    private final Parts parts;
    private final int most;
    private final double share;

    /**
     * @param most messages that are looked at; 0 leaves it out
     * @param share of a mapping's messages that may come to fail
     */
    Foretaste(
            OldMessages messages,
            Parts parts,
            @Value("${songda.config.preview-messages:200}") int most,
            @Value("${songda.config.preview-failing:0.05}") double share) {
        this.messages = messages;
        this.parts = parts;
        this.most = most;
        this.share = share;
    }

    /** @throws Refused which mapping would refuse how many, and why */
    void refuse(Folder now, Folder next, Mappings nextMappings, Changes changes) {
        if (most == 0 || changes.mappings().isEmpty() && !changes.touchRoutes()) {
            return;
        }
        List<JsonNode> failing = new ArrayList<>();
        for (JsonNode mapping : messages.compare(now, next, parts.mappings(), nextMappings, changes.mappings(), most)) {
            long fail = mapping.path("failing").asLong();
            if (fail > 0 && fail >= share * mapping.path("messages").asLong()) {
                failing.add(mapping);
            }
        }
        if (!failing.isEmpty()) {
            throw Refusals.wouldFail(failing);
        }
    }
}
