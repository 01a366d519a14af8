package songda.mapping;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code to: mapping:<system>/<name>?breach=refuse|set-aside&takes=body|asked|both&gives=body|envelope&each=<door>}: a translation. */
@org.springframework.stereotype.Component("mapping")
public final class MappingComponent extends DefaultComponent {

    private final Mappings mappings;

    public MappingComponent(Mappings mappings) {
        this.mappings = mappings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> options) {
        mappings.get(name);
        return new MappingEndpoint(
                uri,
                this,
                mappings,
                name,
                new MappingOptions(
                        OnBreach.of(getAndRemoveParameter(options, "breach", String.class, "set-aside")),
                        Takes.of(getAndRemoveParameter(options, "takes", String.class, "body")),
                        Gives.of(getAndRemoveParameter(options, "gives", String.class, "body")),
                        getAndRemoveParameter(options, "each", String.class, "")));
    }
}
