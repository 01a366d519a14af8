package songda.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same rows in the same batches from as many connections, by one plain statement of SQL a batch; no hub. */
final class SetFloor {

    /** What a fired deadline writes besides the fact: its effects as the hub wrote them for such a fact. */
    private static final String TEMPLATE =
            """
            drop table if exists bench_effect;
            create unlogged table bench_effect as
            select e.door, e.addressee, e.args from effect e
            where (e.subject, e.fact_id) = (select f.subject, f.id from fact f where f.name = '%s' and f.source <> 'bench' order by f.id desc limit 1)""";

    static final String FIRE =
            """
            with due as materialized (
              select d.subject, d.id from deadline d join orders o on o.id = d.subject
              where d.state = 0 and d.covered_by is null and not d.named and d.due_at <= hub_now()
              order by d.due_at, d.subject, d.id limit ? for update of o skip locked),
            fired as (
              delete from deadline d using due u where d.subject = u.subject and d.id = u.id and d.state = 0 returning d.*),
            done as (
              insert into deadline_done (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at, settled_at)
              select subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, 'FIRED', opened_at, hub_now() from fired),
            facts as (
              insert into fact (subject, id, name, source, source_id, happened_at, recorded_at, data, correlation)
              select subject, nextval('bench_id'), reports, 'bench', 'deadline-' || id, due_at, hub_now(),
                jsonb_build_object('ladder', ladder, 'rung', rung), 'bench-00000000000000000000000000000001'
              from fired returning subject, id),
            effects as (
              insert into effect (subject, id, fact_id, door, addressee, args, planned_at)
              select f.subject, nextval('bench_id'), f.id, e.door, e.addressee, e.args, hub_now() from facts f cross join bench_effect e)
            select count(*) from fired""";

    static final String OPEN =
            """
            with picked as materialized (
              select id from orders where id > ? and id <= ? order by id for update),
            followed as (
              update orders o set stage = 'DELIVERED', stage_at = hub_now() from picked p where p.id = o.id),
            facts as (
              insert into fact (subject, id, name, source, source_id, happened_at, recorded_at, data, correlation)
              select id, nextval('bench_id'), 'parcel.delivered', 'bench', 'bench/delivered/' || id, hub_now(), hub_now(), '{}',
                'bench-00000000000000000000000000000001'
              from picked returning subject, id),
            effects as (
              insert into effect (subject, id, fact_id, door, addressee, args, planned_at)
              select f.subject, nextval('bench_id'), f.id, e.door, e.addressee, e.args, hub_now() from facts f cross join bench_effect e),
            opened as (
              insert into deadline (subject, id, opened_by, ladder, rung, version, from_at, due_at, reports, covered_by, named, opened_at)
              select f.subject, nextval('bench_id'), f.id, t.ladder, t.rung, t.version, hub_now(), t.due_at, t.reports, t.covered_by, false, hub_now()
              from facts f cross join bench_deadline t)
            select count(*) from facts""";

    static final String CLOSE =
            """
            with picked as materialized (
              select id from orders where id > ? and id <= ? order by id for update),
            followed as (
              update orders o set receipt_stage = 'RETURNED', receipt_at = hub_now() from picked p where p.id = o.id),
            facts as (
              insert into fact (subject, id, name, source, source_id, happened_at, recorded_at, data, correlation)
              select id, nextval('bench_id'), 'receipt.returned', 'bench', 'bench/returned/' || id, hub_now(), hub_now(), '{}',
                'bench-00000000000000000000000000000001'
              from picked returning subject, id),
            effects as (
              insert into effect (subject, id, fact_id, door, addressee, args, planned_at)
              select f.subject, nextval('bench_id'), f.id, e.door, e.addressee, e.args, hub_now() from facts f cross join bench_effect e),
            closed as (
              delete from deadline d using facts f
              where d.subject = f.subject and d.ladder in (select ladder from bench_closed) returning d.*, f.id as fact),
            done as (
              insert into deadline_done (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at, settled_at, settled_by)
              select subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, 'CLOSED', opened_at, hub_now(), fact from closed),
            remembered as (
              insert into ladder_closed (subject, ladder, closed_at, recorded_at)
              select f.subject, c.ladder, hub_now(), hub_now() from facts f cross join bench_closed c)
            select count(*) from facts""";

    private final BenchHub hub;
    private final int connections;
    private final int batch;

    SetFloor(BenchHub hub, int connections, int batch) {
        this.hub = hub;
        this.connections = connections;
        this.batch = batch;
    }

    /** Learns from what the hub wrote for the latest of these facts. */
    void learn(String fact) throws SQLException {
        hub.execute(TEMPLATE.formatted(fact), "create sequence if not exists bench_id start 900000000000000");
    }

    interface Bind {
        /** @return false when there is no batch left */
        boolean next(PreparedStatement statement) throws SQLException;
    }

    /** @return seconds */
    double seconds(String sql, long expected, Bind bind) throws Exception {
        long from = System.nanoTime();
        var threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(threads.submit((Callable<Long>) () -> work(sql, bind)));
            }
            long done = 0;
            for (Future<Long> count : counts) {
                done += count.get();
            }
            if (done != expected) {
                throw new AssertionError("the floor did " + done + " instead of " + expected);
            }
            return (System.nanoTime() - from) / 1e9;
        } finally {
            threads.shutdownNow();
        }
    }

    private long work(String sql, Bind bind) throws SQLException {
        long done = 0;
        try (Connection connection = hub.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            while (bind.next(statement)) {
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (row.getLong(1) == 0) {
                        return done;
                    }
                    done += row.getLong(1);
                }
            }
        }
        return done;
    }

    int batch() {
        return batch;
    }
}
