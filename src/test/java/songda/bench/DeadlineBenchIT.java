package songda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import songda.clock.HubClock;
import songda.deadline.ClockGuard;
import songda.deadline.DueDeadlines;
import songda.fact.FactIntake;

/**
 * What an open deadline costs: {@code mvn -Pbench verify -Dit.test=DeadlineBenchIT}. By system property: {@code bench.millions} open ones
 * (20; the short form has 1), {@code bench.due} fall due at once (1,000,000; short 100,000). The floor is plain SQL that writes the same rows
 * in the same batches from the same number of connections in the same run, before and after.
 */
@Tag("bench")
class DeadlineBenchIT {

    private static final int MILLIONS = Integer.getInteger("bench.millions", 20);
    private static final int DUE = Integer.getInteger("bench.due", MILLIONS > 1 ? 1_000_000 : 100_000);
    private static final int OTHERS = Math.min(DUE, 200_000);
    private static final int BATCH = 500;
    private static final int CONNECTIONS = 2;
    private static final String FACT = "chase.reminder-due";
    /** How many were fired since the server began to count, as far as it has counted. */
    private static final String DONE = "select n_tup_ins from pg_stat_user_tables where relname = 'deadline_done'";
    /** So many it may not have counted yet. */
    private static final long LATE = 20_000;
    /** Walks over all that was fired and not vacuumed yet, so it is asked at the end only: it would be what is measured. */
    private static final String STILL_DUE =
            "select count(*) from (select from deadline where state = 0 and covered_by is null and not named and due_at <= hub_now() limit 1) d";

    private static final Report REPORT = new Report(Path.of("target", "bench-deadlines.txt"));

    /** Below target and not in /tmp, which may be small, or in memory. */
    @TempDir(factory = InTarget.class)
    Path folder;

    static final class InTarget implements TempDirFactory {

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "bench-data")).toAbsolutePath(), "hub");
        }
    }

    private BenchHub hub;
    private ClockGuard guard;
    private SetFloor floor;

    @Test
    void deadlines_fire_open_and_close_near_the_speed_of_the_database() throws Exception {
        REPORT.title("Deadlines: %d million open, %,d due at once", MILLIONS, DUE);
        try (BenchHub running = new BenchHub(folder.resolve("data"))) {
            hub = running;
            guard = hub.bean(ClockGuard.class);
            floor = new SetFloor(hub, CONNECTIONS, BATCH);
            freeze();
            orders(DUE);
            open(0, 1);
            hubFires(DUE / 4); // warms up, and writes what the floor learns from
            floor.learn(FACT);
            uncovered();
            Fired few = fires("1 million open");
            Fired many = few;
            if (MILLIONS > 1) {
                open(1, MILLIONS);
                many = fires(MILLIONS + " million open");
                REPORT.line(
                        "cost per fired deadline with %d million open: %.2f times that with 1 million (processor), %.2f times (time)",
                        MILLIONS, many.processor() / few.processor(), many.seconds() / few.seconds());
            }
            opensAndCloses();
            // Last, so that all is printed: on a machine that does other things as well the first two say little.
            assertThat(Math.max(few.idle(), many.idle())).as("idle poll, ms").isLessThan(2);
            assertThat(many.ratio()).as("rate of firing against the floor").isGreaterThan(0.3);
            assertThat(many.processor()).as("cost per fired deadline").isLessThan(1.3 * few.processor());
        }
    }

    /** What two days without the 85 system leave behind: due, and not to be fired. */
    private void uncovered() throws Exception {
        hub.execute(
                "insert into coverage values ('receipt85', hub_now() - interval '2 days') on conflict (system) do update set covered_until = excluded.covered_until",
                """
                insert into deadline (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, covered_by, opened_at)
                select n, nextval('songda_id'), 'receipt', 'overdue', '1a2b3c4d', 1, hub_now() - interval '4 days',
                  hub_now() - interval '2 days' + n * interval '1.5 seconds', 'receipt.overdue', 'receipt85', hub_now()
                from generate_series(1, 100000) n""",
                "analyze deadline");
        REPORT.line("100,000 deadlines are due and wait for the 85 system");
    }

    /** @param seconds for one deadline; processor of hub and database for one; idle milliseconds of a poll that finds nothing */
    private record Fired(double ratio, double seconds, double processor, double idle) {}

    private void freeze() throws Exception {
        hub.execute("update clock_watch set frozen_at = now(), frozen_why = 'the benchmark loads'");
    }

    /** As the hub stores them; the sealed columns have the length that sealing gives them. */
    private void orders(int count) throws Exception {
        long from = System.nanoTime();
        hub.execute(
                """
                insert into orders (id, client, order_no, body_hash, waybill_no, county, dest_county, payer, receipt, service, stage, stage_at,
                  detail, recipient_name, recipient_phone, recipient_address, sender_name, sender_phone, sender_address, phone_hash,
                  phone_tail_hash, received_at)
                select n, 'zjzwfw', 'BENCH' || n, sha256(n::text::bytea), (1200000000000 + n)::text, '330109', '330110', 'SENDER', 'PHYSICAL',
                  'SINGLE', 'OUT_FOR_DELIVERY', hub_now() - interval '1 day',
                  '{"orderNo": "BENCH", "office": {"name": "萧山区行政服务中心", "hall": "3301090001"}, "routeCode": "330-A1-07"}',
                  b, b, b || b, b, b, b || b, sha256(n::text::bytea), sha256(n::text::bytea), hub_now() - interval '2 days'
                from generate_series(1, %d) n cross join (select decode(repeat('ab', 45), 'hex') as b) sealed"""
                        .formatted(count),
                "vacuum analyze orders");
        REPORT.line("%,d orders loaded in %.0f s", count, (System.nanoTime() - from) / 1e9);
    }

    private void open(int millionsThere, int millions) throws Exception {
        long from = System.nanoTime();
        // Indexes are made afterwards, as any large load does.
        List<String> indexes = hub.texts("select indexdef from pg_indexes where tablename = 'deadline'");
        for (String name : hub.texts(
                "select indexname from pg_indexes where tablename = 'deadline' and indexname <> 'deadline_pkey'")) {
            hub.execute("drop index " + name);
        }
        hub.execute("alter table deadline drop constraint deadline_pkey");
        for (int million = millionsThere; million < millions; million++) {
            insert(
                    1_000_000L * million,
                    1_000_000,
                    "at + interval '1 day' + n * interval '2.5 seconds'",
                    "n % " + DUE + " + 1");
        }
        hub.execute("alter table deadline add primary key (subject, id)");
        for (String index : indexes) {
            if (!index.contains("deadline_pkey")) {
                hub.execute(index);
            }
        }
        hub.execute("vacuum analyze deadline", "checkpoint");
        REPORT.line(
                "%d million deadlines open (loaded in %.0f s); tables %s",
                millions, (System.nanoTime() - from) / 1e9, size());
    }

    private String size() throws Exception {
        return hub.count("select pg_table_size('deadline') / 1048576") + " MB, indexes "
                + hub.count("select pg_indexes_size('deadline') / 1048576") + " MB";
    }

    private void insert(long after, int count, String dueAt, String subject) throws Exception {
        hub.execute(
                """
                insert into deadline (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, opened_at)
                select %s, nextval('songda_id'), 'chase', 'reminder-1', '1a2b3c4d', 1, at - interval '1 day', %s, '%s', at
                from (select hub_now() as at offset 0) clock, generate_series(%d, %d) n"""
                        .formatted(subject, dueAt, FACT, after + 1, after + count));
    }

    /** Over the last hour, in no order of their orders. */
    private void due(int count) throws Exception {
        insert(0, count, "at - interval '1 hour' + (n * 7919::bigint % 3600) * interval '1 second'", "n");
        hub.execute("analyze deadline", "checkpoint");
    }

    private Fired fires(String when) throws Exception {
        REPORT.line("-- %s", when);
        forget();
        double idle = idle();
        double before = floorFires();
        Fired fired = hubFires(DUE);
        poll("idle poll while what was fired is still in the indexes");
        double after = floorFires();
        double ratio = (before + after) / 2 / (fired.seconds() * DUE);
        REPORT.line("ratio to the floor: %.2f", ratio);
        return new Fired(ratio, fired.seconds(), fired.processor(), idle);
    }

    /** What was fired before grows the tables that are written to, and is no part of what open deadlines cost. */
    private void forget() throws Exception {
        freeze();
        hub.execute("truncate effect, fact, deadline_done", "vacuum analyze deadline", "vacuum analyze orders");
    }

    /** @return milliseconds */
    private double idle() throws Exception {
        hub.execute("vacuum deadline", "checkpoint"); // as autovacuum and the checkpointer do within a few minutes
        while (hub.count("select count(*) from pg_stat_activity where backend_type = 'autovacuum worker'") > 0) {
            Waits.until(System.nanoTime() + 1_000_000_000L);
        }
        return poll("idle poll");
    }

    /** @return milliseconds */
    private double poll(String what) throws Exception {
        DueDeadlines due = hub.bean(DueDeadlines.class);
        guard.agree();
        long[] micros = new long[2000];
        for (int i = 0; i < micros.length; i++) {
            long from = System.nanoTime();
            due.fire(BATCH, facts -> {
                throw new IllegalStateException("something is due");
            });
            micros[i] = (System.nanoTime() - from) / 1000;
        }
        Arrays.sort(micros);
        double median = micros[micros.length / 2] / 1e3;
        REPORT.line(
                "%s: median %.2f ms, 99 of 100 within %.2f ms, longest %.2f ms; load average %s",
                what, median, micros[micros.length * 99 / 100] / 1e3, micros[micros.length - 1] / 1e3, Cpu.machine());
        return median;
    }

    private double floorFires() throws Exception {
        freeze();
        due(DUE);
        double seconds = floor.seconds(SetFloor.FIRE, DUE, statement -> {
            statement.setInt(1, floor.batch());
            return true;
        });
        REPORT.line(
                "floor: %,.0f deadlines/s, %.1f us each; load average %s",
                DUE / seconds, seconds * 1e6 / DUE, Cpu.machine());
        return seconds;
    }

    private Fired hubFires(int count) throws Exception {
        freeze();
        due(count);
        long facts = hub.count("select count(*) from fact where name = '" + FACT + "' and source = 'kit'");
        double[] cpu = hub.cpu();
        Map<String, Double> database = hub.databaseCpu();
        long[] pages = pages();
        List<String> doing;
        long from;
        try (Connection watching = hub.connect()) {
            Doing server = new Doing(watching);
            long nearly = number(watching, DONE) + count - LATE;
            from = System.nanoTime();
            guard.agree();
            while (number(watching, DONE) < nearly || number(watching, STILL_DUE) > 0) {
                Waits.until(System.nanoTime() + 50_000_000L);
                hub.databaseCpu(); // sees processes that end before the others
                server.look();
            }
            doing = server.top(8);
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        double[] spent = hub.cpu();
        Map<String, Double> parts = hub.databaseCpu();
        parts.replaceAll((part, now) -> Math.rint((now - database.getOrDefault(part, 0.0)) * 1e6 / count));
        REPORT.line(
                "hub: %,.0f deadlines/s, %.1f us each; processor: hub %.0f us, PostgreSQL %.0f us each; load average %s",
                count / seconds,
                seconds * 1e6 / count,
                (spent[0] - cpu[0]) * 1e6 / count,
                (spent[1] - cpu[1]) * 1e6 / count,
                Cpu.machine());
        long[] after = pages();
        REPORT.line(
                "of it, microseconds of PostgreSQL by process: %s; each %.1f kB of WAL, %.2f pages of it whole, %.1f pages read",
                parts,
                (after[0] - pages[0]) / 1024.0 / count,
                (after[1] - pages[1]) / (double) count,
                (after[2] - pages[2]) / (double) count);
        doing.forEach(one -> REPORT.line("  at once in the mean: %s", one));
        assertThat(hub.count("select count(*) from fact where name = '" + FACT + "' and source = 'kit'") - facts)
                .isEqualTo(count);
        double processor = (spent[0] - cpu[0] + spent[1] - cpu[1]) / count;
        return new Fired(0, seconds / count, processor, 0);
    }

    private static long number(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** @return bytes of WAL, pages written to it whole, pages read from outside the server's own buffers; all since it started */
    private long[] pages() throws Exception {
        return new long[] {
            hub.count("select wal_bytes::bigint from pg_stat_wal"),
            hub.count("select wal_fpi from pg_stat_wal"),
            hub.count("select blks_read from pg_stat_database where datname = current_database()")
        };
    }

    private void opensAndCloses() throws Exception {
        guard.agree();
        int half = OTHERS / 2;
        records("parcel.delivered", half / 2, half); // warms up
        double opened = records("parcel.delivered", 0, half);
        floor.learn("parcel.delivered");
        hub.execute(
                "drop table if exists bench_deadline",
                "create unlogged table bench_deadline as select ladder, rung, version, due_at, reports, covered_by from deadline where opened_by = (select max(id) from fact where name = 'parcel.delivered' and source = 'desk')");
        double openFloor = range(SetFloor.OPEN, half);
        REPORT.line(
                "opening: hub %,.0f facts/s, floor %,.0f/s, ratio %.2f; each opens %d deadlines",
                half / opened, half / openFloor, openFloor / opened, hub.count("select count(*) from bench_deadline"));
        double closed = records("receipt.returned", 0, half);
        floor.learn("receipt.returned");
        hub.execute(
                "drop table if exists bench_closed",
                "create unlogged table bench_closed as select ladder from ladder_closed where subject = (select subject from fact where name = 'receipt.returned' and source = 'desk' order by id desc limit 1)");
        double closeFloor = range(SetFloor.CLOSE, half);
        REPORT.line(
                "closing: hub %,.0f facts/s, floor %,.0f/s, ratio %.2f; each closes %d ladders",
                half / closed, half / closeFloor, closeFloor / closed, hub.count("select count(*) from bench_closed"));
    }

    /** Of the second half of the orders, which the hub has left alone. */
    private double range(String sql, int half) throws Exception {
        AtomicLong next = new AtomicLong(half);
        return floor.seconds(sql, half, statement -> {
            long from = next.getAndAdd(floor.batch());
            statement.setLong(1, from);
            statement.setLong(2, Math.min(from + floor.batch(), 2L * half));
            return from < 2L * half;
        });
    }

    /** @return seconds for the orders after this one, up to that one, in batches of 500 from two threads */
    private double records(String fact, int after, int to) throws Exception {
        FactIntake intake = hub.bean(FactIntake.class);
        AtomicLong next = new AtomicLong(after);
        long from = System.nanoTime();
        var threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(threads.submit((Callable<Void>) () -> {
                    for (long first = next.getAndAdd(BATCH); first < to; first = next.getAndAdd(BATCH)) {
                        intake.record(
                                batch(fact, first, Math.min(first + BATCH, to), from),
                                new FactIntake.Origin(
                                        Optional.empty(), "desk", "bench", Optional.empty(), "desk-receive-event"));
                    }
                    return null;
                }));
            }
            for (Future<Void> one : all) {
                one.get();
            }
            return (System.nanoTime() - from) / 1e9;
        } finally {
            threads.shutdownNow();
        }
    }

    private ArrayNode batch(String name, long after, long to, long run) {
        String at = HubClock.local(hub.bean(HubClock.class).instant());
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        for (long order = after + 1; order <= to; order++) {
            var fact = facts.addObject();
            fact.put("fact", name).put("id", name + "/" + order + "/" + run).put("at", at);
            fact.putObject("about").put("subjectId", order);
        }
        return facts;
    }
}
