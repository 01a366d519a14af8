package songda.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Takes routes out of the running context and puts others in; all that are the same in both folders run on untouched. A route that is taken
 * out first ends what it has begun.
 */
@Component
public final class RouteSwap {

    private static final String END = ".camel.yaml";
    private final ObjectProvider<CamelContext> camel;

    RouteSwap(ObjectProvider<CamelContext> camel) {
        this.camel = camel;
    }

    /**
     * The routes of one room that are not the same in two folders.
     *
     * @param out id and file of those to take out
     * @param in id and file of those to put in
     */
    public record Difference(Map<String, Path> out, Map<String, Path> in) {

        /** The way back. */
        public Difference reversed() {
            return new Difference(in, out);
        }

        public Set<String> ids() {
            Set<String> ids = new TreeSet<>(out.keySet());
            ids.addAll(in.keySet());
            return ids;
        }
    }

    /** @param room {@code flow} or {@code edge} */
    public Difference between(Path from, Path to, String room) {
        try {
            Map<String, Path> out = byId(from, room);
            Map<String, Path> in = byId(to, room);
            for (String id : Set.copyOf(out.keySet())) {
                Path other = in.get(id);
                if (other != null && Files.mismatch(out.get(id), other) < 0) {
                    out.remove(id);
                    in.remove(id);
                }
            }
            return new Difference(out, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Path> byId(Path routes, String room) throws IOException {
        Map<String, Path> byId = new TreeMap<>();
        for (Path file : new RouteFolder(routes).spoken(camel.getObject(), room)) {
            String name = file.getFileName().toString();
            byId.put(name.substring(0, name.length() - END.length()), file);
        }
        return byId;
    }

    /**
     * One route after the other, so that each is away as shortly as can be.
     *
     * @throws IllegalArgumentException which file does not load, and why: then the difference is half done, and its reverse undoes it
     */
    public void turn(Difference difference) {
        CamelContext context = camel.getObject();
        try {
            for (String id : difference.ids()) {
                takeOut(context, id);
                if (difference.in().containsKey(id)) {
                    RouteFolder.load(context, difference.in().get(id));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void takeOut(CamelContext context, String id) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        RouteDefinition route = model.getRouteDefinition(id);
        if (route == null) {
            return;
        }
        try {
            // Stops it, takes it out of the context and out of the model: what stays in the model would come back with
            // a restart.
            model.removeRouteDefinition(route);
        } catch (Exception e) {
            throw new IllegalStateException(id + ": cannot be stopped: " + e.getMessage(), e);
        }
    }
}
