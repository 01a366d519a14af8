package songda.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import songda.command.Said;
import songda.timeline.OneFact;
import songda.timeline.Rehearsal;

/**
 * A hub's configuration is edited again and again, half of the edits wrong, while orders come in. Afterwards what each order owes is compared with what the files of
 * the version that its fact names say, played on a database of their own. By system property: {@code edits} (500), {@code edits.rate} orders a second (200),
 * {@code edits.seed}. The report is printed and kept in {@code target/edits.txt}.
 */
@Tag("chaos")
class EditsIT {

    private static final Duration START = Duration.ofMinutes(5);
    private static final int EDITS = Integer.getInteger("edits", 500);
    private static final int RATE = Integer.getInteger("edits.rate", 200);
    private static final long SEED = Long.getLong("edits.seed", System.currentTimeMillis());
    private static final int CONNECTIONS = 8;
    private static final int LOAD_SECONDS = 20;
    private static final int RETRIES = 40;
    private static final Pattern PLACE = Pattern.compile(":\\d+");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DECIDED =
            """
            select configuration, decided, count(*) from (
              select f.configuration, (select coalesce(string_agg(d, ',' order by d), '') from (
                  select distinct e.door collate "C" as d from effect e where e.subject = f.subject and e.fact_id = f.id
                  union select distinct ('open/' || x.ladder) collate "C" from (
                    select ladder from deadline o where o.subject = f.subject and o.opened_by = f.id
                    union all select ladder from deadline_done o where o.subject = f.subject and o.opened_by = f.id) x) y) as decided
              from fact f where f.name = 'order.received') z
            group by 1, 2 order by 1, 2""";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final List<String> report = new ArrayList<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong loads = new AtomicLong();

    @Test
    void each_edit_counts_whole_or_not_at_all_and_every_order_is_decided_by_the_files_of_its_version()
            throws Exception {
        Path house = folder.resolve("house");
        FileSystemUtils.copyRecursively(Path.of("routes"), house.resolve("routes"));
        FileSystemUtils.copyRecursively(Path.of("mappings"), house.resolve("mappings"));
        try (HubProcess hub = HubProcess.in(folder.resolve("data")).compiled()) {
            hub.with(Map.of(
                            "SONGDA_ROUTES",
                            house.resolve("routes").toString(),
                            "SONGDA_MAPPINGS",
                            house.resolve("mappings").toString(),
                            "SONGDA_DOOR_PAUSED",
                            "true",
                            "SONGDA_CONFIG_STANDBY",
                            "true"))
                    .start()
                    .awaitReady(START);
            say("seed %d, %d edits under %d orders a second", SEED, EDITS, RATE);
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> push(hub, enough));
            try {
                edit(hub, new Edits(house, SEED));
            } finally {
                enough.set(true);
                load.join();
            }
            Tables tables = new Tables(hub);
            say("%,d orders were accepted, %,d not", accepted.get(), lost.get());
            assertThat(lost.get())
                    .as("orders that were refused, or taken by nobody")
                    .isZero();
            // What was answered after a load's time was up is taken, too, and not counted by it.
            long orders = tables.longs("select count(*) from orders").get(0);
            assertThat(orders).isBetween(accepted.get(), accepted.get() + loads.get() * CONNECTIONS);
            assertThat(tables.rows("select door, place, count(*) from dead_letter group by 1, 2"))
                    .as("set aside")
                    .isEmpty();
            stopped(hub);
            decided(tables, orders);
        } finally {
            Files.write(Path.of("target", "edits.txt"), report);
        }
    }

    private void say(String line, Object... parts) {
        String text = String.format(line, parts);
        System.out.println(text);
        report.add(text);
    }

    private void push(HubProcess hub, AtomicBoolean enough) {
        while (!enough.get()) {
            try (Load load = Load.start(hub, CONNECTIONS, LOAD_SECONDS, RATE, RETRIES)) {
                loads.incrementAndGet();
                JsonNode result = load.counted();
                accepted.addAndGet(result.path("accepted").asLong());
                lost.addAndGet(
                        result.path("refused").asLong() + result.path("failed").asLong());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private void edit(HubProcess hub, Edits edits) {
        Map<String, Integer> kinds = new TreeMap<>();
        Map<String, List<Long>> millis = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 1; i <= EDITS; i++) {
            Edits.Edit edit = edits.next();
            kinds.merge((edit.broken() ? "broken: " : "good: ") + edit.kind(), 1, Integer::sum);
            long from = System.nanoTime();
            Said said = apply(hub, i);
            millis.computeIfAbsent(edit.broken() ? "broken" : edit.kind(), k -> new ArrayList<>())
                    .add((System.nanoTime() - from) / 1_000_000);
            if (!edit.broken()) {
                if (said.code() != 0) {
                    wrong.add(i + " " + edit + " was refused: " + said.text());
                    edits.undo();
                }
                continue;
            }
            int at = said.text().indexOf(edit.file());
            if (said.code() != 2
                    || at < 0
                    || !PLACE.matcher(said.text())
                            .region(at + edit.file().length(), said.text().length())
                            .lookingAt()) {
                wrong.add(i + " " + edit + " was answered with " + said.code() + " " + said.text());
            }
            edits.undo();
        }
        kinds.forEach((kind, count) -> say("%5d %s", count, kind));
        millis.forEach((kind, all) -> {
            all.sort(null);
            say(
                    "%-10s median %,d ms, longest %,d ms from the command to its answer",
                    kind, all.get(all.size() / 2), all.get(all.size() - 1));
        });
        assertThat(wrong).isEmpty();
    }

    private Said apply(HubProcess hub, int number) {
        return Said.run(List.of(
                "apply",
                folder.resolve("house").toString(),
                "--reason",
                "drill, edit " + number,
                // Other lengths of time and other doors are what it tries.
                "--despite-timelines",
                "--hub",
                hub.url().toString(),
                "--data",
                hub.data().toString()));
    }

    private void stopped(HubProcess hub) throws Exception {
        SignedClient client = new SignedClient(hub);
        assertThat(client.get(hub.adminUrl().resolve("/actuator/prometheus"))).isEqualTo(200);
        List<String> up = new String(client.answers(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("songda_route_up{"))
                .toList();
        say("%d routes are there at the end", up.size());
        assertThat(up).hasSizeGreaterThan(100).allMatch(line -> line.endsWith(" 1.0"));
    }

    /** Nothing of the hub's own decisions is asked: its files are laid out again and played elsewhere. */
    private void decided(Tables tables, long orders) throws Exception {
        Path fact = Files.writeString(folder.resolve("fact.json"), "{\"fact\": \"order.received\"}");
        Map<String, String> byFiles = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        long facts = 0;
        TreeSet<Long> versions = new TreeSet<>();
        try (Rehearsal.Ground ground = Rehearsal.ground(folder.resolve("rehearsal"))) {
            for (Decided one :
                    tables.query(DECIDED, row -> new Decided(row.getLong(1), row.getString(2), row.getLong(3)))) {
                Map<String, String> files = files(tables, one.version());
                String key = deciding(files);
                if (!byFiles.containsKey(key)) {
                    Path routes = laid(tables, files, folder.resolve("version-" + one.version()));
                    try (Rehearsal rehearsal = Rehearsal.of(ground, routes)) {
                        byFiles.put(
                                key,
                                String.join(
                                        ",", OneFact.names(OneFact.read(fact).decided(rehearsal))));
                    }
                }
                facts += one.count();
                versions.add(one.version());
                if (!one.names().equals(byFiles.get(key))) {
                    wrong.add(one + ", its files say " + byFiles.get(key));
                }
            }
        }
        say(
                "%,d facts of %d versions with %d different sets of steps were decided again from the stored files: %d differ",
                facts, versions.size(), byFiles.size(), wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(facts).isEqualTo(orders);
    }

    /** What so many facts of one version owe and opened. */
    private record Decided(long version, String names, long count) {}

    /** Doors do not decide what they are given. */
    private static String deciding(Map<String, String> files) {
        Map<String, String> steps = new TreeMap<>(files);
        steps.keySet().removeIf(name -> name.startsWith("routes/edge/") && name.endsWith(".camel.yaml"));
        return steps.toString();
    }

    /** Of {@code routes/}, name to hash. */
    private static Map<String, String> files(Tables tables, long version) throws SQLException, IOException {
        Map<String, String> files = new TreeMap<>();
        JSON.readTree(tables.text("select files::text from config_version where number = " + version))
                .properties()
                .forEach(file -> {
                    if (file.getKey().startsWith("routes/") && !file.getKey().endsWith(".test.yaml")) {
                        files.put(file.getKey(), file.getValue().asText());
                    }
                });
        return files;
    }

    private static Path laid(Tables tables, Map<String, String> files, Path into) throws SQLException, IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = into.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(
                    path,
                    tables.query(
                                    "select content from config_file where hash = '" + file.getValue() + "'",
                                    row -> row.getBytes(1))
                            .get(0));
        }
        return into.resolve("routes");
    }
}
