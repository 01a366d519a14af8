package songda.board;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.mapping.Mappings;
import songda.mapping.OnBreach;

/** Requests held against the same contracts as the desk's API, {@code mappings/desk/…}; answers as JSON that nobody keeps. */
@Component
final class Body {

    private static final int MOST = 10_000;
    private final Mappings mappings;

    Body(Mappings mappings) {
        this.mappings = mappings;
    }

    /** @throws Refused 4xx which field is wrong, and what to write */
    JsonNode read(String contract, byte[] sent) {
        if (sent == null || sent.length > MOST) {
            throw new Refused(Problem.of(413, "too-large", "请求体过大或为空", "The body is too large, or empty"));
        }
        return (JsonNode) mappings.get("desk/" + contract).translate(sent, OnBreach.REFUSE);
    }

    static ResponseEntity<byte[]> answer(JsonNode json) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
