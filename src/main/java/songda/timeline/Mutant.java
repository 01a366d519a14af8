package songda.timeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import songda.deadline.YamlPlace;

/**
 * One wrong edit of a ladder or a step.
 *
 * @param about {@code ladder receipt} or {@code fact parcel.delivered}: whose timelines have to notice it
 * @param text the whole file with the edit
 */
record Mutant(Path file, int line, String what, String about, String text) {

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Map<String, String> CALENDARS = Map.of(
            "hours", "service-hours",
            "service-hours", "hours",
            "round", "hours",
            "end-of-day", "working-days",
            "working-days", "end-of-day");
    private static final Map<String, String> WORDS = Map.of(
            "beside", "restart", "keep", "beside", "restart", "beside", "happened", "recorded", "recorded", "happened");

    /** What the edits choose from. */
    record Choice(Set<String> doors, Set<String> roles, Set<String> facts) {

        static String other(Set<String> words, String than) {
            return new TreeSet<>(words)
                    .stream().filter(w -> !w.equals(than)).findFirst().orElse(than + "x");
        }
    }

    static List<Mutant> ofLadder(YamlPlace ladder, String text, Choice choice) {
        Maker maker = new Maker(ladder.file(), text, "ladder " + ladder.text("ladder", ""));
        for (String key : List.of("again", "from")) {
            if (ladder.has(key)) {
                maker.change(ladder.at(key), key, WORDS.getOrDefault(ladder.text(key, ""), "beside"));
            }
        }
        List<YamlPlace> rungs = ladder.list("rungs");
        for (YamlPlace rung : rungs) {
            String name = "rung " + rung.text("rung", "") + ": ";
            maker.change(rung.at("after"), name + "after", more(rung.text("after", "")));
            maker.change(rung.at("calendar"), name + "calendar", CALENDARS.get(rung.text("calendar", "")));
            maker.change(rung.at("reports"), name + "reports", Choice.other(choice.facts(), rung.text("reports", "")));
            if (rung.has("early")) {
                maker.change(rung.at("early"), name + "early", more(rung.text("early", "")));
            }
            if (rung.has("covered-by")) {
                maker.drop(rung.at("covered-by"), name + "covered-by", "covered-by:");
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

    private static void steps(YamlPlace place, Maker maker, Choice choice) {
        for (YamlPlace step : place.list("steps")) {
            if (step.has("to")) {
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
            maker.change(condition, "condition", "'${header.fact} != null'");
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
            maker.change(to.at("uri"), "door", "door:" + Choice.other(choice.doors(), uri.substring(5)));
        } else if (uri.startsWith("deadline:open/")) {
            maker.change(to.at("uri"), "ladder", uri.replace(":open/", ":close/"));
        } else if (uri.startsWith("deadline:close/")) {
            maker.change(to.at("uri"), "ladder", uri.replace(":close/", ":open/"));
        }
        to.at("parameters").texts().forEach((key, value) -> {
            if (to.has("parameters")) {
                maker.change(
                        to.at("parameters").at(key),
                        key,
                        key.equals("role") ? Choice.other(choice.roles(), value) : '"' + value + "x\"");
            }
        });
    }

    /** {@code P2D} becomes {@code P3D}. */
    private static String more(String length) {
        Matcher number = NUMBER.matcher(length);
        return number.find()
                ? length.substring(0, number.start())
                        + (Long.parseLong(number.group()) + 1)
                        + length.substring(number.end())
                : length;
    }

    String shown() {
        return file + ":" + line + ": " + what;
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

        void change(YamlPlace place, String what, String to) {
            add(
                    place,
                    what + " " + place.text() + " -> " + to.replaceAll("^['\"]|['\"]$", ""),
                    place.begin(),
                    place.end(),
                    to);
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
            add(place, what, begin, end, "");
        }

        private void add(YamlPlace place, String what, int begin, int end, String with) {
            made.add(
                    new Mutant(file, place.line(), what, about, text.substring(0, begin) + with + text.substring(end)));
        }
    }
}
