package songda.timeline;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import songda.check.Finding;
import songda.check.Place;
import songda.check.Rules;

/** Asks the reader of timelines, which stands above the check. */
public final class TimelineRules {

    private static final Pattern PLACE = Pattern.compile("(?s)(.+?): line (\\d+): (.*)");

    private TimelineRules() {}

    /** @param found what is said of a file already is not said again */
    public static void check(Path routes, List<Finding> found) {
        try {
            TimelineFiles.read(routes);
        } catch (IllegalArgumentException e) {
            Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
            if (place.matches()
                    && found.stream().noneMatch(f -> f.place().file().equals(place.group(1)))) {
                found.add(new Finding(
                        Rules.find("R303").orElseThrow(),
                        new Place(place.group(1), Integer.parseInt(place.group(2)), 1),
                        List.of(place.group(3))));
            }
        }
    }
}
