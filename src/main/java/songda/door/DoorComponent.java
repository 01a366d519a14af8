package songda.door;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import songda.directory.Directory;
import songda.fact.Systems;

/**
 * {@code to: door:<id>} in a step owes something at a door; {@code from: door:<id>} at the edge is where it is paid.
 * In a step: {@code to=recipient|office}, or {@code role=<role>} from the directory ({@code place=destination}: of the recipient's county, not
 * the office's); {@code quiet=<hours>}: not within these hours of
 * {@code mappings/calendar/hours.csv}; {@code until=<ladder>/<rung>}: the instant at which that rung falls due, which the step has opened
 * before; {@code by=<field>}: where the order's field names another system, at that system's door of this kind ({@code postal-send-order} by
 * {@code carrier}: {@code <carrier>-send-order}); every other parameter is handed to the door.
 * At the edge: {@code repeatable=true} when the partner takes the same message twice for one; {@code ask=<id>}, the route that asks it
 * for a message whose answer was lost (see {@link AskComponent}); {@code order=addressee} when an order's
 * effects wait only for earlier ones to the same addressee; {@code gather=PT1H} when one addressee gets at most one message in so long;
 * {@code dead=block} when one that is DEAD holds up the order's later ones; {@code rate=50}, so many a second, all nodes together;
 * {@code consumers} (2); {@code quiet=<hours>}: whatever is owed there waits for the end of these hours;
 * {@code tells=<fact>}: that one is DEAD is recorded as this fact, with the effect's template.
 */
public final class DoorComponent extends DefaultComponent {

    /** What of an order names a system (R01): the carrier that {@code mappings/gov/carrier} chose. */
    private static final Set<String> NAMING = Set.of("carrier");

    private static final Set<String> PLACES = Set.of("office", "destination");
    final Directory directory;
    final DoorStaff staff;
    final UnaryOperator<String> gather;
    final QuietHours quiet;
    private volatile Path edge;
    private volatile Systems systems;

    /** The hub's: doors are open here. */
    public DoorComponent(Directory directory, DoorStaff staff, QuietHours quiet, Path routes) {
        this(directory, staff, quiet, routes, staff::gather);
    }

    /** A rehearsal's: no door is open, but what they announce in their files counts. */
    public DoorComponent(Directory directory, DoorsAnnounced announced, QuietHours quiet, Path routes) {
        this(directory, null, quiet, routes, announced::gather);
    }

    private DoorComponent(
            Directory directory, DoorStaff staff, QuietHours quiet, Path routes, UnaryOperator<String> gather) {
        this.gather = gather;
        this.quiet = quiet;
        this.directory = directory;
        this.staff = staff;
        this.edge = routes.resolve("edge");
        this.systems = Systems.read(routes);
    }

    /**
     * From now on the doors' files stand here.
     *
     * @throws IllegalArgumentException when a system says what it cannot be; then the former stay in force
     */
    public void from(Path routes) {
        systems = Systems.read(routes);
        edge = routes.resolve("edge");
    }

    /**
     * @param system the door's own, or one that stands as it
     * @throws IllegalArgumentException when it is neither
     */
    String like(String door, String system) {
        String[] name = door.split("-", 2);
        if (!system.equals(name[0]) && !systems.standingAs(name[0]).contains(system)) {
            throw new IllegalArgumentException("'" + system + "' does not stand as " + name[0]
                    + ": mend the table that chose it, or write as: " + name[0] + " in routes/edge/" + system
                    + "/system.yaml");
        }
        return system + "-" + name[1];
    }

    /** @throws IllegalArgumentException when there is no such file */
    void fileOf(String name) {
        if (DoorFiles.find(edge, name).isEmpty()) {
            Path file = edge.resolve(name.split("-", 2)[0]).resolve(name + ".camel.yaml");
            throw new IllegalArgumentException("no such door '" + name + "': write " + file);
        }
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        fileOf(remaining);
        Map<String, Object> words = Map.copyOf(parameters);
        parameters.clear();
        if (words.containsKey("by")) {
            if (!NAMING.contains(words.get("by").toString())) {
                throw new IllegalArgumentException(
                        uri + ": by: no order names a system under '" + words.get("by") + "': write one of " + NAMING);
            }
            systems.standingAs(remaining.split("-", 2)[0]).forEach(system -> fileOf(like(remaining, system)));
        }
        if (words.containsKey("role")) {
            List<String> gaps = directory.withoutAnyone(words.get("role").toString());
            if (!gaps.isEmpty()) {
                throw new IllegalArgumentException(uri + ": nobody has the role '" + words.get("role") + "' in " + gaps
                        + ": add a line for each, or one for 33, to mappings/directory/contacts.csv");
            }
        }
        if (words.containsKey("place") && !PLACES.contains(words.get("place").toString())) {
            throw new IllegalArgumentException(uri + ": place: write one of " + PLACES);
        }
        if (words.containsKey("quiet")) {
            quiet.over(words.get("quiet").toString());
        }
        return new DoorEndpoint(uri, this, remaining, words);
    }
}
