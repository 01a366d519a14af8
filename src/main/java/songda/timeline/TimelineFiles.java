package songda.timeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import songda.deadline.YamlPlace;

/** Reads {@code *.test.yaml} beside steps and ladders. A wrong one is refused with file, line and what to write. */
public final class TimelineFiles {

    private static final Set<String> TIMELINE = Set.of("name", "rules", "order", "start", "timeline");
    private static final Set<String> ENTRY =
            Set.of("at", "until", "fact", "happened", "data", "about", "by", "id", "pulled", "down", "expect");
    static final Map<String, String> ORDER = Map.of(
            "county",
            "330109",
            "destCounty",
            "330110",
            "payer",
            "RECIPIENT",
            "receipt",
            "PHYSICAL",
            "service",
            "SINGLE");

    private TimelineFiles() {}

    /**
     * @param routes the folder that has {@code flow} and {@code ladder}
     * @throws IllegalArgumentException with file, line and what to write
     */
    public static List<Timeline> read(Path routes) {
        List<Timeline> timelines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(routes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".test.yaml"))
                    .sorted()
                    .toList()) {
                for (YamlPlace place : YamlPlace.readList(file, Files.readString(file))) {
                    timelines.add(timeline(place));
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(routes + ": cannot be read: " + e.getMessage(), e);
        }
        return timelines;
    }

    private static Timeline timeline(YamlPlace place) {
        place.only(TIMELINE);
        List<String> rules = place.list("rules").stream().map(YamlPlace::text).toList();
        if (place.text("name", "").isBlank() || rules.isEmpty()) {
            throw place.wrong("write name: a sentence, and rules: [R67]");
        }
        rules.stream().filter(r -> !r.matches("[RA]\\d\\d")).findFirst().ifPresent(r -> {
            throw place.at("rules").wrong("rules: '" + r + "': write R67 or A03");
        });
        Instant start = moment(place, "start", null, null);
        Map<String, String> order = new LinkedHashMap<>(ORDER);
        order.putAll(place.has("order") ? place.at("order").texts() : Map.of());
        List<Timeline.Entry> entries = new ArrayList<>();
        Instant last = start;
        for (YamlPlace one : place.list("timeline")) {
            entries.add(entry(one, start, last));
            last = entries.get(entries.size() - 1).end();
        }
        if (entries.isEmpty() || entries.get(entries.size() - 1).expect() == null) {
            throw place.wrong("timeline: write entries, and expect: at the last of them");
        }
        return new Timeline(
                place.file(), place.line(), place.text("name", ""), rules, order, start, List.copyOf(entries));
    }

    private static Timeline.Entry entry(YamlPlace place, Instant start, Instant last) {
        place.only(ENTRY);
        Instant at = moment(place, place.has("until") ? "until" : "at", start, last);
        if (at.isBefore(last)) {
            throw place.wrong("at: is before the entry above it; write happened: for what is recorded late");
        }
        List<String> expect = place.has("expect")
                ? place.list("expect").stream().map(YamlPlace::text).toList()
                : null;
        return new Timeline.Entry(place.line(), at, deed(place, at, start, last), expect);
    }

    private static Timeline.Deed deed(YamlPlace place, Instant at, Instant start, Instant last) {
        if (Stream.of("fact", "pulled", "down").filter(place::has).count() > 1) {
            throw place.wrong("write one of fact, pulled and down");
        }
        if (place.has("fact")) {
            return new Timeline.Happens(
                    place.text("fact", ""),
                    place.has("happened") ? moment(place, "happened", start, last) : at,
                    place.has("data") ? place.at("data").texts() : Map.of(),
                    place.text("about", null),
                    place.text("by", null),
                    place.text("id", null));
        } else if (place.has("pulled")) {
            return new Timeline.Pulled(
                    place.text("pulled", ""), place.has("happened") ? moment(place, "happened", start, last) : at);
        } else if (place.has("down")) {
            return new Timeline.Down(read(place, "down", "PT48H or 2d", Moments::length));
        }
        return new Timeline.Nothing();
    }

    private static Instant moment(YamlPlace place, String key, Instant start, Instant last) {
        return read(place, key, "2026-09-29T15:00:00, 57h (after start) or +1s (after the entry above)", text -> {
            if (start == null && !text.matches("\\d{4}-.*")) {
                throw new DateTimeException("no instant");
            }
            return Moments.instant(text, start, last);
        });
    }

    private interface Reader<T> {
        T read(String text);
    }

    private static <T> T read(YamlPlace place, String key, String write, Reader<T> reader) {
        try {
            return reader.read(place.text(key, ""));
        } catch (DateTimeException e) {
            throw place.at(key).wrong(key + ": write " + write);
        }
    }
}
