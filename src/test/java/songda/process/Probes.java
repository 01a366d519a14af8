package songda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Deadlines whose firing can be followed to a partner's door: each reports {@code probe.due}, whose one step owes one case at the inquiry
 * platform. The checker reads the database and the partner's journal, and asks no hub.
 */
final class Probes {

    private static final String FACT =
            """

              probe.due:
                zh: 测试用的时限到期
                en: a deadline of a test fell due
                rules: [R67]
                said-by: [kit]
                data: { ladder: code, rung: code }
            """;
    private static final String STEP =
            """
            - route:
                id: probe-on-due
                group: flow
                description: "测试（R67） / a test (R67)"
                from:
                  uri: fact:probe.due
                  steps:
                    - to:
                        uri: door:inquiry-send-probe
            """;
    private static final String DOOR =
            """
            - route:
                id: inquiry-send-probe
                group: inquiry
                description: "测试（R67） / a test (R67)"
                from:
                  uri: door:inquiry-send-probe
                  parameters:
                    repeatable: true
                    order: addressee
                  steps:
                    - to:
                        uri: mapping:inquiry/probe
                        parameters:
                          gives: envelope
                    - to:
                        uri: http:{{songda.inquiry.address}}
            """;
    private static final String MAP =
            """
            { "path": "/chases", "body": { "externalRef": .order.orderNo, "waybillNo": .order.waybillNo, "reason": "P" + .effect.id } }
            """;

    private final Tables tables;
    private final StandInsProcess partners;
    private int loaded;

    Probes(Tables tables, StandInsProcess partners) {
        this.tables = tables;
        this.partners = partners;
    }

    /** Copies routes and mappings beside the test's data and adds the fact, the step and the door. @return the hub's environment */
    static Map<String, String> configuration(Path folder) throws IOException {
        copy(Path.of("routes"), folder.resolve("routes"));
        copy(Path.of("mappings"), folder.resolve("mappings"));
        Files.writeString(folder.resolve("routes/facts.yaml"), FACT, StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("routes/flow/probe-on-due.camel.yaml"), STEP);
        Files.writeString(folder.resolve("routes/edge/inquiry/inquiry-send-probe.camel.yaml"), DOOR);
        Path map = Files.createDirectories(folder.resolve("mappings/inquiry/probe"));
        Files.writeString(map.resolve("map.jslt"), MAP);
        return Map.of(
                "SONGDA_ROUTES", folder.resolve("routes").toString(),
                "SONGDA_MAPPINGS", folder.resolve("mappings").toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    /** Orders with a waybill number, to hang deadlines on. */
    void orders(int count) throws Exception {
        JsonNode pushed = partners.control(
                "/control/gov/push", "{\"count\":" + count + ",\"prefix\":\"PROBE\",\"connections\":4}");
        assertThat(pushed.path("accepted").asInt()).isEqualTo(count);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> tables.count("select count(*) from orders where waybill_no is not null") >= count);
    }

    /** So many, falling due one after the other over that time, in turn for each order. */
    void load(int count, Duration over) throws Exception {
        tables.update("create table if not exists probe (id bigint primary key, due_at timestamptz not null)");
        tables.update(
                """
                with o as (select id, row_number() over (order by id) - 1 as n, count(*) over () as total from orders where order_no like 'PROBE%%'),
                opened as (
                  insert into deadline (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, opened_at)
                  select o.id, nextval('songda_id'), 'probe', 'p' || g, 'test', 1, hub_now(),
                    hub_now() + interval '1 second' + g * interval '%d microseconds', 'probe.due', hub_now()
                  from generate_series(1, %d) g join o on o.n = g %% o.total
                  returning id, due_at)
                insert into probe select id, due_at from opened"""
                        .formatted(over.toNanos() / 1000 / count, count));
        loaded += count;
    }

    void awaitFired() {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> tables.count("select count(*) from deadline where ladder = 'probe'") == 0
                        && tables.count(
                                        "select count(*) from effect where door = 'inquiry-send-probe' and state not in ('ACCEPTED', 'DEAD')")
                                == 0);
    }

    int fired() throws Exception {
        return tables.count("select count(*) from deadline_done where ladder = 'probe' and state = 'FIRED'");
    }

    /** None lost, none twice, none early, by the clocks of the database and of the partner; says so. */
    void check(String what) throws Exception {
        assertThat(count(what)).as("early calls at the partner").isZero();
    }

    /** The same by the clock of the database alone. @return the calls at the partner before their time */
    int count(String what) throws Exception {
        int fired = fired();
        int facts = tables.count("select count(*) from fact where name = 'probe.due'");
        int named = tables.count(
                "select count(*) from probe p join fact f on f.source = 'kit' and f.source_id = 'deadline-' || p.id");
        int effects = tables.count("select count(*) from effect where door = 'inquiry-send-probe'");
        int accepted =
                tables.count("select count(*) from effect where door = 'inquiry-send-probe' and state = 'ACCEPTED'");
        int early = tables.count(
                "select count(*) from probe p join fact f on f.source = 'kit' and f.source_id = 'deadline-' || p.id where f.recorded_at < p.due_at");
        double latest = tables.query(
                        "select coalesce(extract(epoch from max(f.recorded_at - p.due_at)), 0) from probe p"
                                + " join fact f on f.source = 'kit' and f.source_id = 'deadline-' || p.id",
                        row -> row.getDouble(1))
                .get(0);
        Map<String, Instant> due = new HashMap<>();
        for (List<String> row : tables.query(
                "select 'P' || e.id, to_char(p.due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from effect e"
                        + " join fact f on f.subject = e.subject and f.id = e.fact_id join probe p on f.source_id = 'deadline-' || p.id",
                row -> List.of(row.getString(1), row.getString(2)))) {
            due.put(row.get(0), Instant.parse(row.get(1)));
        }
        Map<String, TreeSet<String>> cases = new HashMap<>();
        int calls = 0;
        int earlyCalls = 0;
        for (JsonNode line : partners.journal("inquiry")) {
            String reason = line.path("body").path("reason").asText();
            if (!line.path("op").asText().equals("chase") || !reason.startsWith("P")) {
                continue;
            }
            calls++;
            cases.computeIfAbsent(reason, k -> new TreeSet<>())
                    .add(line.path("answer").path("chaseNo").asText());
            Instant at = OffsetDateTime.parse(line.path("at").asText()).toInstant();
            earlyCalls += at.isBefore(due.getOrDefault(reason, Instant.MAX)) ? 1 : 0;
        }
        System.out.printf(
                "%s: %d deadlines; fired %d, facts %d, effects %d, accepted %d; lost %d, twice %d, early %d, latest %.1f s late;"
                        + " at the partner: %d cases by %d calls, %d early%n",
                what,
                loaded,
                fired,
                facts,
                effects,
                accepted,
                loaded - named,
                facts - named,
                early,
                latest,
                cases.size(),
                calls,
                earlyCalls);
        assertThat(List.of(fired, facts, named, effects, accepted, cases.size()))
                .as("lost or twice")
                .containsOnly(loaded);
        assertThat(cases.values()).as("cases of one effect").allSatisfy(it -> assertThat(it)
                .hasSize(1));
        assertThat(early).as("early").isZero();
        return earlyCalls;
    }
}
