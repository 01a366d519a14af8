package songda.route;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;

/** The steps of a folder of routes and nothing else: no door is open, no deadline polled. For timelines and simulations. */
public final class StepsAlone implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final Path flow;

    /** @param words the components by the scheme that they serve */
    public StepsAlone(Path routes, Map<String, ? extends Component> words) {
        this.flow = routes.resolve("flow");
        context.disableJMX();
        context.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(new StepsFailHook());
        words.forEach(context::addComponent);
        try {
            for (Path file : RouteFolder.files(flow)) {
                RouteFolder.load(context, file);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(flow + ": cannot be read: " + e.getMessage(), e);
        }
        context.start();
    }

    /**
     * Takes the step of a file out and puts in what stands there now.
     *
     * @param id the step's, which is its file's name
     * @throws IllegalArgumentException why the file cannot be loaded; then the step is out
     */
    public void reload(String id) {
        try {
            if (context.getRoute(id) != null) {
                context.getRouteController().stopRoute(id);
                context.removeRoute(id);
            }
            RouteFolder.load(context, flow.resolve(id + ".camel.yaml"));
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalArgumentException(id + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
