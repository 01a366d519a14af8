package songda.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What people do to a folder of routes and mappings, at random by a seed: half of it is wrong. */
final class Edits {

    private static final String FLOW = "routes/flow/";
    private static final String CODES = "mappings/postal/scan-to-fact/codes.csv";
    private static final String STATUS = "mappings/gov/status/map.jslt";
    private static final List<String> LADDERS = List.of("receipt", "quality", "attempts");
    private static final String STEP =
            """
            - route:
                id: %1$s-on-received
                group: flow
                description: "演练：收到订单即开始计时 %2$d / a drill: a ladder is opened with the order"
                from:
                  uri: fact:order.received
                  steps:
                    - to:
                        uri: deadline:open/%1$s
            """;

    private final Path folder;
    private final Random random;
    private final Map<Path, String> before = new TreeMap<>();
    private final List<Path> added = new ArrayList<>();
    private int number;

    Edits(Path folder, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
    }

    /** @param file that was touched; @param broken whether it has to be refused; @param kind for the report */
    record Edit(String file, boolean broken, String kind) {}

    private interface Change {
        Edit make() throws IOException;
    }

    /** The next one, made. */
    Edit next() {
        before.clear();
        added.clear();
        number++;
        try {
            return random.nextBoolean() ? one(good()) : one(bad());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Edit one(List<Change> kinds) throws IOException {
        return kinds.get(random.nextInt(kinds.size())).make();
    }

    /** As before the last one. */
    void undo() {
        try {
            for (Map.Entry<Path, String> file : before.entrySet()) {
                Files.writeString(file.getKey(), file.getValue());
            }
            for (Path file : added) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Change> good() {
        return List.of(
                this::step,
                this::step,
                () -> replaced(
                        "routes/ladder/receipt.yaml",
                        "after: P\\dD",
                        "after: P" + (1 + random.nextInt(8)) + "D",
                        "ladder"),
                () -> appended(CODES, "Z%04d,parcel.in-transit,演练\n".formatted(number), false, "code"),
                () -> appended(STATUS, "// " + number + "\n", false, "mapping"),
                () -> replaced(FLOW + "waybill-on-received.camel.yaml", "向邮政取运单号\\d*", "向邮政取运单号" + number, "flow"),
                () -> replaced(
                        "routes/edge/gov/gov-receive-order.camel.yaml", "推送的订单\\d*", "推送的订单" + number, "door in"),
                () -> replaced(
                        "routes/edge/gov/gov-send-status.camel.yaml",
                        "id: gov-send-status( # \\d+)?",
                        "id: gov-send-status # " + number,
                        "door out"));
    }

    /** One that is not there comes, one that is there goes. */
    private Edit step() throws IOException {
        String ladder = LADDERS.get(random.nextInt(LADDERS.size()));
        String name = FLOW + ladder + "-on-received.camel.yaml";
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            Files.delete(file);
            return new Edit(name, false, "step gone");
        }
        return written(name, STEP.formatted(ladder, number), false, "step");
    }

    private List<Change> bad() {
        String new1 = FLOW + "drill-on-received.camel.yaml";
        return List.of(
                () -> truncated("routes/ladder/receipt.yaml"),
                () -> truncated("routes/edge/gov/gov-receive-order.camel.yaml"),
                () -> replacedBad("routes/ladder/receipt.yaml", "  - \\{ rung", "\t- { rung", "tab"),
                () -> replacedBad("routes/ladder/receipt.yaml", "after: P\\dD", "after: -P2D", "negative duration"),
                () -> replacedBad(
                        "routes/ladder/receipt.yaml", "calendar: end-of-day", "calendar: never", "unknown calendar"),
                () -> appended("routes/ladder/receipt.yaml", "again: keep\n", true, "duplicate key"),
                () -> written(new1, STEP.formatted("drill", number), true, "unknown ladder"),
                () -> written(new1, STEP.formatted("waybill", number), true, "duplicate route id"),
                () -> written(
                        new1,
                        STEP.formatted("drill", number).replace("deadline:open/drill", "door:nobody-send-thing"),
                        true,
                        "unknown door"),
                () -> written(
                        new1,
                        STEP.formatted("drill", number).replace("fact:order.received", "fact:order.lost"),
                        true,
                        "unknown fact"),
                () -> appended(CODES, "203,parcel.delivered,演练\n", true, "code twice"),
                () -> appended(STATUS, "}\n", true, "JSLT syntax"),
                () -> replacedBad(
                        STATUS, "\"stage\": \\.order\\.stage", "\"stage\": nothing(.order.stage)", "JSLT function"),
                () -> replacedBad(
                        STATUS, "\"stage\": \\.order\\.stage", "\"stage\": .order.stag", "an example's result"),
                () -> replacedBad(
                        "routes/edge/gov/gov-send-status.camel.yaml",
                        "mapping:gov/status",
                        "mapping:gov/statuses",
                        "unknown mapping"));
    }

    /** In the middle of a text. */
    private Edit truncated(String name) throws IOException {
        String text = kept(name);
        Files.writeString(folder.resolve(name), text.substring(0, text.indexOf("description: \"") + 20));
        return new Edit(name, true, "truncated");
    }

    private Edit replacedBad(String name, String old, String now, String kind) throws IOException {
        replaced(name, old, now, kind);
        return new Edit(name, true, kind);
    }

    private Edit replaced(String name, String old, String now, String kind) throws IOException {
        String text = kept(name);
        String changed = text.replaceFirst(old, java.util.regex.Matcher.quoteReplacement(now));
        if (changed.equals(text)) {
            changed = text + "# " + number + "\n";
        }
        Files.writeString(folder.resolve(name), changed);
        return new Edit(name, false, kind);
    }

    private Edit appended(String name, String line, boolean broken, String kind) throws IOException {
        Files.writeString(folder.resolve(name), kept(name) + line);
        return new Edit(name, broken, kind);
    }

    private Edit written(String name, String text, boolean broken, String kind) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        added.add(file);
        return new Edit(name, broken, kind);
    }

    private String kept(String name) throws IOException {
        Path file = folder.resolve(name);
        String text = Files.readString(file);
        before.put(file, text);
        return text;
    }
}
