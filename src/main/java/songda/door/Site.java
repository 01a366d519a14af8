package songda.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** {@code songda.site.*}: what mappings may know of this installation, e.g. the SMS sign name. */
@Component
final class Site {

    private final ObjectNode json;

    Site(Environment environment) {
        Map<String, String> settings = Binder.get(environment)
                .bind("songda.site", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
        this.json = new ObjectMapper().valueToTree(settings);
    }

    ObjectNode json() {
        return json;
    }
}
