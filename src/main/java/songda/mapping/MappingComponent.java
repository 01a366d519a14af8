package songda.mapping;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code to: mapping:<system>/<name>?breach=refuse|set-aside} replaces the body by its translation. */
@org.springframework.stereotype.Component("mapping")
public final class MappingComponent extends DefaultComponent {

    private final Mappings mappings;

    public MappingComponent(Mappings mappings) {
        this.mappings = mappings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> options) {
        mappings.get(name);
        String breach = getAndRemoveParameter(options, "breach", String.class, "set-aside");
        return new MappingEndpoint(uri, this, mappings, name, OnBreach.of(breach));
    }
}
