package songda.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import songda.clock.HubClock;

/**
 * A row of {@code config_version} without its files.
 *
 * @param base the version that ran before; null for the first
 * @param diff {@code {added, removed, changed}}: names of files
 * @param state PROPOSED (being switched to), ACTIVE (has run, the highest number runs), FAILED (could not be switched to), CANARY (some messages use its
 *     mappings), WITHDRAWN (they did)
 * @param failure why not, or null
 * @param canary {@code {percent, partners}}, or null
 */
public record Version(
        long number,
        String digest,
        Instant madeAt,
        String who,
        String reason,
        Long base,
        JsonNode diff,
        String state,
        String failure,
        JsonNode canary) {

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("version", number)
                .put("digest", digest)
                .put("at", HubClock.local(madeAt))
                .put("who", who)
                .put("reason", reason)
                .put("base", base)
                .put("state", state)
                .put("failure", failure);
        json.set("canary", canary);
        json.set("diff", diff);
        return json;
    }
}
