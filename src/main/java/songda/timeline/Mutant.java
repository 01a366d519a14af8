package songda.timeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import songda.deadline.YamlPlace;

/**
 * One wrong edit of a ladder, a step or a door.
 *
 * @param about {@code ladder receipt} or {@code fact parcel.delivered} or {@code door sms-send-alert}: whose timelines have to notice it
 * @param text the whole file with the edit
 * @param otherwise the same place edited in another way, for when a check refuses this one; or null
 */
record Mutant(Path file, int line, String what, String about, String text, Mutant otherwise) {

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Map<String, List<String>> CALENDARS = Map.of(
            "hours", List.of("service-hours", "round"),
            "service-hours", List.of("hours", "round"),
            "round", List.of("hours", "service-hours"),
            "this-round", List.of("hours", "round"),
            "appointed", List.of("hours"),
            "end-of-day", List.of("working-days"),
            "working-days", List.of("end-of-day"));
    private static final Map<String, String> WORDS = Map.of(
            "beside", "restart", "keep", "beside", "restart", "beside", "happened", "recorded", "recorded", "happened");

    private static final String NO_GUARD = "to: { uri: 'log:songda.no-guard?level=OFF' }";

    /** What the edits choose from. */
    record Choice(Set<String> doors, Set<String> roles, Set<String> facts, Set<String> hours) {

        static String other(Set<String> words, String than) {
            return new TreeSet<>(words)
                    .stream().filter(w -> !w.equals(than)).findFirst().orElse(than + "x");
        }
    }

    static List<Mutant> ofLadder(YamlPlace ladder, String text, Choice choice) {
        Maker maker = new Maker(ladder.file(), text, "ladder " + ladder.text("ladder", ""));
        for (String key : List.of("again", "from")) {
            if (ladder.has(key)) {
                maker.change(ladder.at(key), key, List.of(WORDS.getOrDefault(ladder.text(key, ""), "beside")));
            }
        }
        List<YamlPlace> rungs = ladder.list("rungs");
        for (YamlPlace rung : rungs) {
            String name = "rung " + rung.text("rung", "") + ": ";
            maker.change(rung.at("after"), name + "after", more(rung.text("after", "")));
            maker.change(
                    rung.at("calendar"),
                    name + "calendar",
                    CALENDARS.getOrDefault(rung.text("calendar", ""), List.of("hours")));
            maker.change(
                    rung.at("reports"),
                    name + "reports",
                    List.of(Choice.other(choice.facts(), rung.text("reports", ""))));
            if (rung.has("early")) {
                maker.change(rung.at("early"), name + "early", more(rung.text("early", "")));
            }
            for (String key : List.of("covered-by", "after-of", "cutoff-of")) {
                if (rung.has(key)) {
                    maker.drop(rung.at(key), name + "without " + key, key + ":");
                }
            }
            if (rungs.size() > 1) {
                maker.drop(rung, name + "taken out", "-");
            }
        }
        return maker.made;
    }

    static List<Mutant> ofStep(YamlPlace file, String text, Choice choice) {
        YamlPlace from = file.at("route").at("from");
        Maker maker =
                new Maker(file.file(), text, "fact " + from.text("uri", "").replaceFirst("fact:", ""));
        steps(from, maker, choice);
        return maker.made;
    }

    /** The one length of time that a door has. */
    static List<Mutant> ofDoor(YamlPlace file, String text) {
        YamlPlace route = file.at("route");
        YamlPlace gather = route.at("from").at("parameters");
        Maker maker = new Maker(file.file(), text, "door " + route.text("id", ""));
        if (gather.has("gather")) {
            maker.change(gather.at("gather"), "gather", more(gather.text("gather", "")));
        }
        return maker.made;
    }

    private static void steps(YamlPlace place, Maker maker, Choice choice) {
        for (YamlPlace step : place.list("steps")) {
            if (step.has("to") && step.at("to").text("uri", "").startsWith("mapping:")) {
                maker.put(step, step.at("to").text("uri", "") + " taken out", NO_GUARD);
            } else if (step.has("to")) {
                to(step.at("to"), maker, choice);
            }
            for (String nested : List.of("filter", "choice", "otherwise", "when")) {
                if (step.has(nested)) {
                    nested(step.at(nested), maker, choice);
                }
            }
        }
    }

    private static void nested(YamlPlace place, Maker maker, Choice choice) {
        YamlPlace condition = place.at("expression").at("simple").at("expression");
        if (place.has("expression")) {
            maker.change(condition, "condition", List.of("'${header.fact} != null'"));
        }
        steps(place, maker, choice);
        place.list("when").forEach(when -> nested(when, maker, choice));
        if (place.has("otherwise")) {
            steps(place.at("otherwise"), maker, choice);
        }
    }

    private static void to(YamlPlace to, Maker maker, Choice choice) {
        String uri = to.text("uri", "");
        if (uri.startsWith("door:")) {
            maker.change(to.at("uri"), "door", List.of("door:" + Choice.other(choice.doors(), uri.substring(5))));
        } else if (uri.startsWith("deadline:open/")) {
            maker.change(to.at("uri"), "ladder", List.of(uri.replace(":open/", ":close/")));
        } else if (uri.startsWith("deadline:close/")) {
            maker.change(to.at("uri"), "ladder", List.of(uri.replace(":close/", ":open/")));
        }
        to.at("parameters").texts().forEach((key, value) -> {
            if (to.has("parameters")) {
                maker.change(to.at("parameters").at(key), key, List.of(other(key, value, choice)));
            }
        });
    }

    private static String other(String key, String value, Choice choice) {
        return switch (key) {
            case "role" -> Choice.other(choice.roles(), value);
            case "place" -> value.equals("destination") ? "office" : "destination";
            case "quiet" -> Choice.other(choice.hours(), value);
            default -> '"' + value + "x\"";
        };
    }

    /** {@code P2D} becomes {@code P3D}, or {@code P1D}. */
    private static List<String> more(String length) {
        Matcher number = NUMBER.matcher(length);
        if (!number.find()) {
            return List.of(length);
        }
        String before = length.substring(0, number.start());
        String behind = length.substring(number.end());
        long n = Long.parseLong(number.group());
        return Stream.of(n + 1, n - 1, n * 2)
                .filter(m -> m > 0 && m != n)
                .map(m -> before + m + behind)
                .toList();
    }

    private static final class Maker {

        final List<Mutant> made = new ArrayList<>();
        private final Path file;
        private final String text;
        private final String about;

        Maker(Path file, String text, String about) {
            this.file = file;
            this.text = text;
            this.about = about;
        }

        void change(YamlPlace place, String what, List<String> ways) {
            Mutant first = null;
            for (int i = ways.size() - 1; i >= 0; i--) {
                String shown = what + " " + place.text() + " -> " + ways.get(i).replaceAll("^['\"]|['\"]$", "");
                first = mutant(place, shown, place.begin(), place.end(), ways.get(i), first);
            }
            made.add(first);
        }

        /** In its place; the line breaks behind it stay. */
        void put(YamlPlace place, String what, String with) {
            int end = place.begin()
                    + text.substring(place.begin(), place.end()).stripTrailing().length();
            made.add(mutant(place, what, place.begin(), end, with, null));
        }

        /** Takes it out from the word before it, with the comma before that or after it. */
        void drop(YamlPlace place, String what, String before) {
            int begin = text.lastIndexOf(before, place.begin());
            int end = place.end();
            String rest = text.substring(end);
            Matcher comma = Pattern.compile("^ *,").matcher(rest);
            Matcher earlier = Pattern.compile(",\\s*$").matcher(text.substring(0, begin));
            if (earlier.find()) {
                begin = earlier.start();
            } else if (comma.find()) {
                end += comma.end();
            }
            made.add(mutant(place, what, begin, end, "", null));
        }

        private Mutant mutant(YamlPlace place, String what, int begin, int end, String with, Mutant otherwise) {
            String edited = text.substring(0, begin) + with + text.substring(end);
            return new Mutant(file, place.line(), what, about, edited, otherwise);
        }
    }
}
