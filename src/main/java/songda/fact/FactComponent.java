package songda.fact;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code from: fact:<name>} is a step; {@code to: fact:record} records what the body reports. */
public final class FactComponent extends DefaultComponent {

    final Steps steps;
    final FactCatalogue catalogue;
    final FactIntake intake;

    public FactComponent(Steps steps, FactCatalogue catalogue, FactIntake intake) {
        this.steps = steps;
        this.catalogue = catalogue;
        this.intake = intake;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("record")) {
            catalogue.get(remaining);
        }
        return new FactEndpoint(uri, this, remaining);
    }
}
