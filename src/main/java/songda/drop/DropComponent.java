package songda.drop;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * {@code from: drop:pieces/<system>}: each order, or some lines together, of the files that a system drops. {@code from: drop:ends/<system>}:
 * each file that was read or refused; what the route makes of it is written as its reply. Where the files lie says {@code songda.<system>.files}.
 */
@Component("drop")
public final class DropComponent extends DefaultComponent {

    private static final int BATCH = 500;
    final Staging staging;
    final Pieces pieces;
    final Ends ends;
    private final Environment environment;
    private final Map<String, Remotes> remotes = new ConcurrentHashMap<>();

    DropComponent(Staging staging, Pieces pieces, Ends ends, Environment environment) {
        this.staging = staging;
        this.pieces = pieces;
        this.ends = ends;
        this.environment = environment;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        String[] words = remaining.split("/", 2);
        if (words.length != 2) {
            throw new IllegalArgumentException(uri + ": write drop:pieces/<system> or drop:ends/<system>");
        }
        DropEndpoint endpoint =
                switch (words[0]) {
                    case "pieces" -> pieces(uri, words[1], parameters);
                    case "ends" -> ends(uri, words[1], parameters);
                    default ->
                        throw new IllegalArgumentException(uri + ": write drop:pieces/<system> or drop:ends/<system>");
                };
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private DropEndpoint pieces(String uri, String system, Map<String, Object> parameters) {
        Form form = form(uri, getAndRemoveParameter(parameters, "form", String.class, ""));
        Names names = new Names(getAndRemoveParameter(parameters, "names", String.class));
        boolean marker = getAndRemoveParameter(parameters, "marker", Boolean.class, false);
        Duration still = Duration.parse(getAndRemoveParameter(parameters, "still", String.class, "PT10S"));
        List<String> series = Stream.of(getAndRemoveParameter(parameters, "series", String.class, "")
                        .split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
        Duration every = Duration.parse(getAndRemoveParameter(parameters, "every", String.class, "PT0S"));
        return new DropEndpoint(
                uri,
                this,
                system,
                remotes(system),
                (endpoint, processor) -> new PiecesConsumer(
                        endpoint,
                        processor,
                        form,
                        names,
                        new Inbox(Clock.systemUTC(), new Inbox.Ready(marker, still)),
                        new Ends.Whole(series, every)));
    }

    private DropEndpoint ends(String uri, String system, Map<String, Object> parameters) {
        String ending = getAndRemoveParameter(parameters, "reply", String.class, ".reply");
        return new DropEndpoint(
                uri,
                this,
                system,
                remotes(system),
                (endpoint, processor) -> new EndsConsumer(endpoint, processor, ending));
    }

    private static Form form(String uri, String name) {
        return switch (name) {
            case "zip-of-xml" -> new ZipOfXml();
            case "framed-lines" -> new FramedLines(BATCH);
            default -> throw new IllegalArgumentException(uri + ": write form: zip-of-xml or framed-lines");
        };
    }

    /** Both routes of a system share one client. */
    private Remotes remotes(String system) {
        String prefix = "songda." + system + ".files";
        return remotes.computeIfAbsent(
                system,
                s -> new Remotes(Binder.get(environment)
                        .bind(prefix, Server.class)
                        .orElseThrow(() -> new IllegalArgumentException(prefix + ": no such settings"))
                        .checked(prefix)));
    }

    @Override
    protected void doStop() throws Exception {
        remotes.values().forEach(Remotes::close);
        super.doStop();
    }
}
