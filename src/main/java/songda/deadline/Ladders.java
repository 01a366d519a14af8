package songda.deadline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import songda.calendar.Calendars;
import songda.fact.FactCatalogue;

/** The ladders of {@code routes/ladder/}, checked while they are read: a wrong one stops the start with file, line and reason. */
public final class Ladders {

    private static final Set<String> LADDER_KEYS = Set.of("ladder", "description", "rules", "again", "from", "rungs");
    private static final Set<String> RUNG_KEYS =
            Set.of("rung", "after", "after-of", "cutoff-of", "calendar", "early", "reports", "covered-by");
    private volatile Path folder;
    private volatile Map<String, Ladder> ladders;

    private Ladders(Path folder, Map<String, Ladder> ladders) {
        this.folder = folder;
        this.ladders = ladders;
    }

    /** @throws IllegalArgumentException with file, line and what to write */
    public static Ladders read(Path folder, FactCatalogue catalogue, Calendars calendars) {
        return new Ladders(folder, ladders(folder, catalogue, calendars, fact -> true));
    }

    /**
     * Reads the folder again; what is open stays as it is. A reading that fails leaves the last good one in force.
     *
     * @param heard whether a step waits for this fact
     * @throws IllegalArgumentException with file, line and what to write
     */
    public void reload(FactCatalogue catalogue, Calendars calendars, Predicate<String> heard) {
        Map<String, Ladder> next = ladders(folder, catalogue, calendars, heard);
        for (String name : ladders.keySet()) {
            if (!next.containsKey(name)) {
                throw new IllegalArgumentException(folder.resolve(name + ".yaml")
                        + ": is gone, and steps may open it: put it back, or take it out with a restart");
            }
        }
        ladders = next;
    }

    /** Each has what the other had: the newer ones are in force, and the former at hand. */
    public void swap(Ladders other) {
        Path mine = folder;
        Map<String, Ladder> now = ladders;
        folder = other.folder;
        ladders = other.ladders;
        other.folder = mine;
        other.ladders = now;
    }

    private static Map<String, Ladder> ladders(
            Path folder, FactCatalogue catalogue, Calendars calendars, Predicate<String> heard) {
        Map<String, Ladder> ladders = new TreeMap<>();
        for (Path file : files(folder)) {
            Ladder ladder = read(file, catalogue, calendars, heard);
            ladders.put(ladder.name(), ladder);
        }
        return ladders;
    }

    /** The files of ladders in this folder. */
    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            f -> f.toString().endsWith(".yaml") && !f.toString().endsWith(".test.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * What {@link #read} or a reload would refuse: of every file, not of the first only.
     *
     * @param heard whether a step waits for this fact
     */
    public static Map<Path, IllegalArgumentException> faults(
            Path folder, FactCatalogue catalogue, Calendars calendars, Predicate<String> heard) {
        Map<Path, IllegalArgumentException> faults = new TreeMap<>();
        for (Path file : files(folder)) {
            try {
                read(file, catalogue, calendars, heard);
            } catch (IllegalArgumentException e) {
                faults.put(file, e);
            }
        }
        return faults;
    }

    private static Ladder read(Path file, FactCatalogue catalogue, Calendars calendars, Predicate<String> heard) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
        YamlPlace yaml = YamlPlace.read(file, text);
        yaml.only(LADDER_KEYS);
        String name = yaml.text("ladder", "");
        if (!file.getFileName().toString().equals(name + ".yaml")) {
            throw yaml.at("ladder").wrong("ladder: '" + name + "' must be the file's name");
        }
        List<Ladder.Rung> rungs = new ArrayList<>();
        for (YamlPlace place : yaml.list("rungs")) {
            Ladder.Rung rung = rung(place, catalogue, calendars, heard);
            follows(place, rungs, rung, calendars);
            rungs.add(rung);
        }
        if (rungs.isEmpty()) {
            throw yaml.wrong("rungs: write at least one");
        }
        return new Ladder(
                name,
                version(text),
                word(yaml, "again", Ladder.Again.values(), Ladder.Again.BESIDE),
                fromRecorded(yaml),
                List.copyOf(rungs));
    }

    private static boolean fromRecorded(YamlPlace yaml) {
        String from = yaml.text("from", "happened");
        if (!Set.of("happened", "recorded").contains(from)) {
            throw yaml.at("from").wrong("from: write happened or recorded");
        }
        return from.equals("recorded");
    }

    private static <E extends Enum<E>> E word(YamlPlace yaml, String key, E[] words, E unless) {
        String text = yaml.text(key, unless.name().toLowerCase(Locale.ROOT));
        return Arrays.stream(words)
                .filter(w -> w.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> yaml.at(key)
                        .wrong(key + ": write one of " + Arrays.toString(words).toLowerCase(Locale.ROOT)));
    }

    /** An hour as good as any to compare two rungs in. */
    private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

    private static void follows(YamlPlace place, List<Ladder.Rung> before, Ladder.Rung rung, Calendars calendars) {
        if (rung.name().isBlank() || before.stream().anyMatch(r -> r.name().equals(rung.name()))) {
            throw place.wrong("rung '" + rung.name() + "': each rung needs a name of its own");
        }
        Instant due = rung.due(NOON, null, null, calendars, "").at();
        if (!due.isAfter(NOON)) {
            throw place.at("early").wrong("rung '" + rung.name() + "': early: write less than the time itself");
        }
        if (!before.isEmpty()
                && !due.isAfter(before.get(before.size() - 1)
                        .due(NOON, null, null, calendars, "")
                        .at())) {
            throw place.at("after")
                    .wrong("rung '" + rung.name() + "': write a time longer than that of the rung before it");
        }
    }

    private static Ladder.Rung rung(
            YamlPlace place, FactCatalogue catalogue, Calendars calendars, Predicate<String> heard) {
        place.only(RUNG_KEYS);
        String name = place.text("rung", "");
        String after = place.text("after", "");
        DueRule calendar = place.checked("calendar", "rung '" + name + "': ", DueRule::named);
        String reports = place.checked("reports", "rung '" + name + "': ", fact -> {
            if (!catalogue.get(fact).silent() && !heard.test(fact)) {
                throw new IllegalArgumentException("no step waits for " + fact
                        + ": write one in routes/flow or mark it silent in routes/facts.yaml");
            }
            return fact;
        });
        Duration early;
        try {
            early = Duration.parse(place.text("early", "PT0S"));
            calendar.due(NOON, after, calendars, "");
        } catch (DateTimeException e) {
            throw place.at("after")
                    .wrong("rung '" + name + "': " + calendar.word() + ": after: write " + calendar.example()
                            + ", longer than nothing; early: PT4H");
        }
        if (early.isNegative()) {
            throw place.at("early").wrong("rung '" + name + "': early: write a positive time, PT4H");
        }
        String cutoff = place.text("cutoff-of", null);
        if (cutoff != null && !calendar.inDays()) {
            throw place.at("cutoff-of").wrong("rung '" + name + "': cutoff-of: only days have an hour of cut-off");
        }
        return new Ladder.Rung(
                name,
                after,
                place.text("after-of", null),
                cutoff,
                calendar,
                early,
                reports,
                coveredBy(place, catalogue));
    }

    /** A deadline that waits for a system which nobody asks would never fall due. */
    private static String coveredBy(YamlPlace rung, FactCatalogue catalogue) {
        String system = rung.text("covered-by", null);
        if (system != null
                && catalogue.names().stream()
                        .noneMatch(f -> system.equals(catalogue.get(f).covers()))) {
            throw rung.at("covered-by").wrong("covered-by: no fact in routes/facts.yaml covers '" + system + "'");
        }
        return system;
    }

    private static String version(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    public Ladder get(String name) {
        Ladder ladder = ladders.get(name);
        if (ladder == null) {
            throw new IllegalArgumentException("unknown ladder '" + name + "': write routes/ladder/" + name + ".yaml");
        }
        return ladder;
    }

    /** By name, the fingerprint of the text in force. */
    Map<String, String> versions() {
        return ladders.values().stream().collect(Collectors.toMap(Ladder::name, Ladder::version));
    }

    public Set<String> names() {
        return ladders.keySet();
    }

    public Collection<Ladder> all() {
        return ladders.values();
    }
}
