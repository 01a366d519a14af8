package songda.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import songda.check.Check;
import songda.check.DryRun;
import songda.check.Finding;
import songda.check.Spare;
import songda.mapping.Mappings;
import songda.timeline.TimelineRules;

/** All that {@code songda check} looks at, for whoever asks. */
public final class Examination {

    /** The rule that an example does not come out as it says. */
    static final String EXAMPLE = "SONGDA-R412";

    /** The rule that a timeline does not come out as it is written. */
    static final String TIMELINE = "SONGDA-R415";

    private Examination() {}

    /** What the files alone say. Folders may be written in any way: {@code ./routes} is {@code routes}. */
    public static List<Finding> offline(Path routes, Path mappings) {
        return offline(routes, mappings, good -> {});
    }

    private static List<Finding> offline(Path routes, Path mappings, Consumer<Mappings> good) {
        List<Finding> found = new ArrayList<>(Check.of(routes.normalize(), mappings.normalize(), good));
        TimelineRules.check(routes.normalize(), found);
        return found;
    }

    /** And where that has no error, what comes of running it in a process of its own. */
    public static List<Finding> whole(Path routes, Path mappings, Duration limit) {
        return whole(routes, mappings, limit, DryRun.Extent.ALL, null, good -> {});
    }

    /**
     * @param extent what of it is run: as much as may have come to be otherwise
     * @param spare null for none
     * @param good is given the mappings as they were compiled, where nothing is wrong with them
     */
    static List<Finding> whole(
            Path routes, Path mappings, Duration limit, DryRun.Extent extent, Spare spare, Consumer<Mappings> good) {
        DryRun dryRun = new DryRun(routes.normalize(), mappings.normalize(), limit, spare);
        List<Finding> found = new ArrayList<>();
        // Beside each other: each takes about as long as the other.
        try (DryRun.Running apart = dryRun.start(extent)) {
            found.addAll(offline(routes, mappings, good));
            // What is wrong already would only be said again.
            if (sound(found)) {
                found.addAll(apart.findings());
            }
        }
        if (extent.timelines() && sound(found)) {
            found.addAll(dryRun.timelines());
        }
        return found;
    }

    /** An example that would have to be changed with its mapping keeps nothing from being tried. */
    private static boolean sound(List<Finding> found) {
        return found.stream().noneMatch(f -> f.error() && !f.rule().id().equals(EXAMPLE));
    }
}
