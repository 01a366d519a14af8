package songda.chaos;

import static songda.chaos.Rows.at;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import songda.process.KafkaProcess;

/** Reads everything that there is to read when the run is over. */
final class Gathering {

    private static final String EFFECTS =
            """
            select e.subject, e.id, e.fact_id, e.door, e.addressee, e.state, e.attempt, e.reason, e.bundle, e.args ->> 'action' as action,
              e.state in ('PENDING', 'RETRY') and (coalesce(e.not_before > hub_now(), false) or exists (
                select from effect b where b.subject = e.subject and b.door = e.door and b.id < e.id and b.state = 'UNKNOWN')) as waits
            from effect e""";
    private static final String DEADLINES =
            """
            select subject, id, ladder, rung, opened_by, from_at, due_at,
              case state when 0 then 'OPEN' when 1 then 'PAUSED' else 'PARKED' end as state, opened_at, null::timestamptz as settled_at,
              covered_by is not null as covered
            from deadline
            union all
            select subject, id, ladder, rung, opened_by, from_at, due_at, state, opened_at, settled_at, ladder = 'receipt' from deadline_done""";

    private static final Duration PUBLISHED = Duration.ofSeconds(5);
    private final World world;
    private final FastClock clock;
    private final Rows rows;
    private final Path driver;

    Gathering(World world, FastClock clock, Rows rows, Path driver) {
        this.world = world;
        this.clock = clock;
        this.rows = rows;
        this.driver = driver;
    }

    Evidence read(Map<String, Integer> saidNo, List<Episode> episodes, List<String> unsettled) throws Exception {
        List<Line> lines = new ArrayList<>();
        for (String partner : World.PARTNERS) {
            lines.addAll(
                    Journals.read(world.journals().resolve(partner + ".jsonl"), line -> Journals.heard(partner, line)));
        }
        List<Evidence.FactRow> facts = facts();
        // The patrol goes on: what it tells from here on is told too late.
        Thread.sleep(PUBLISHED.toMillis());
        Set<Long> published = new HashSet<>();
        List<String> leaks = leaks(published);
        Set<Long> known = facts.stream().map(Evidence.FactRow::id).collect(Collectors.toSet());
        facts().forEach(it -> {
            if (!known.contains(it.id())) {
                published.remove(it.id());
            }
        });
        return new Evidence(
                rows.read("select hub_now() as now", row -> at(row, "now")).get(0),
                clock.stretches(),
                rows.read(
                        "select id, order_no, waybill_no, receipt, stage, receipt_stage from orders",
                        row -> new Evidence.Order(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4).intern(),
                                row.getString(5).intern(),
                                row.getString(6).intern())),
                facts,
                rows.read(EFFECTS, Gathering::effect),
                rows.read(DEADLINES, Gathering::deadline),
                rows.read(
                        "select id, door, reason, place, length(raw) from dead_letter",
                        row -> new Evidence.Letter(
                                row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5))),
                Journals.read(driver, Journals::tried),
                lines,
                published,
                leaks,
                resources(),
                saidNo,
                episodes,
                unsettled);
    }

    private List<Evidence.FactRow> facts() throws SQLException {
        return rows.read(
                "select subject, id, name, source, source_id, happened_at, recorded_at from fact",
                row -> new Evidence.FactRow(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3).intern(),
                        row.getString(4).intern(),
                        row.getString(5),
                        at(row, "happened_at"),
                        at(row, "recorded_at")));
    }

    private static Evidence.Effect effect(ResultSet row) throws SQLException {
        long bundle = row.getLong("bundle");
        return new Evidence.Effect(
                row.getLong("subject"),
                row.getLong("id"),
                row.getLong("fact_id"),
                row.getString("door").intern(),
                row.getString("addressee").intern(),
                row.getString("state").intern(),
                row.getInt("attempt"),
                row.getString("reason"),
                bundle == 0 ? null : bundle,
                row.getBoolean("waits"),
                row.getString("action") == null ? null : row.getString("action").intern());
    }

    private static Evidence.Deadline deadline(ResultSet row) throws SQLException {
        return new Evidence.Deadline(
                row.getLong("subject"),
                row.getLong("id"),
                row.getString("ladder").intern(),
                row.getString("rung").intern(),
                row.getLong("opened_by"),
                at(row, "from_at"),
                at(row, "due_at"),
                row.getString("state").intern(),
                at(row, "opened_at"),
                at(row, "settled_at"),
                row.getBoolean("covered"));
    }

    /** The canaries in logs, Kafka, the driver's answers and the clear columns; on the way, what the stream of facts has told. */
    private List<String> leaks(Set<Long> published) throws Exception {
        Map<String, Integer> found = new TreeMap<>();
        for (Path log : world.logs()) {
            seek(log, found);
        }
        seek(driver, found);
        KafkaProcess.read(world.kafka().brokers(), "songda.", record -> {
            String text = record.value() == null || record.value().length > 1 << 20
                    ? ""
                    : new String(record.value(), StandardCharsets.UTF_8);
            note(text, "Kafka " + record.topic(), found);
            if (record.topic().equals("songda.facts")) {
                published.add(Long.parseLong(
                        new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8)));
            }
        });
        for (String sql : List.of(
                "select 'fact', data::text from fact",
                "select 'orders', detail::text from orders",
                "select 'effect', concat(args::text, reason) from effect",
                "select 'dead_letter', concat(reason, place) from dead_letter")) {
            rows.read(sql, row -> {
                note(row.getString(2), "table " + row.getString(1), found);
                return null;
            });
        }
        List<String> leaks = new ArrayList<>();
        found.forEach((where, times) -> leaks.add(where + ", " + times + " times"));
        return leaks;
    }

    private static void seek(Path file, Map<String, Integer> found) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            lines.forEach(line -> note(line, file.getFileName().toString(), found));
        }
    }

    private static void note(String text, String where, Map<String, Integer> found) {
        if (text != null && (text.contains(MadeOrder.CANARY_NAME) || text.contains(MadeOrder.CANARY_ROOM))) {
            found.merge(where, 1, Integer::sum);
        }
    }

    private Map<String, Long> resources() throws Exception {
        Map<String, Long> all = new HashMap<>();
        for (int node = 0; node < world.nodes(); node++) {
            Path process = Path.of("/proc", Long.toString(world.hub(node).pid()));
            all.put("hub-" + (node + 1) + " resident MB", world.hub(node).residentKilobytes() / 1024);
            all.put("hub-" + (node + 1) + " threads", count(process.resolve("task")));
            all.put("hub-" + (node + 1) + " files", count(process.resolve("fd")));
        }
        all.put(
                "database connections",
                rows.number("select count(*) from pg_stat_activity where backend_type = 'client backend'"));
        all.put("database MB", rows.number("select pg_database_size(current_database()) / 1048576"));
        all.put("dead rows", rows.number("select sum(n_dead_tup)::bigint from pg_stat_user_tables"));
        return all;
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
