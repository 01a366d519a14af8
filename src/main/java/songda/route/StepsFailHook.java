package songda.route;

import java.util.List;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;

/**
 * Steps, doors out, log-ins and due deadlines have no error handler: a step's error must roll its recording back, and what a
 * failed attempt at a door means is written to the effect's row. All other routes follow {@code routes/kit}.
 */
final class StepsFailHook extends ModelLifecycleStrategySupport {

    private static final List<String> BARE = List.of("fact:", "door:", "ask:", "session:", "deadline:");

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        String from = route.getInput().getEndpointUri();
        if (BARE.stream().anyMatch(from::startsWith)) {
            route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        }
    }
}
