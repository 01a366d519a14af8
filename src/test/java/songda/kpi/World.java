package songda.kpi;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import songda.clock.HubClock;
import songda.embedded.TestParts;

/** A database of its own with the rows that a test puts there, by hand. Times are local: {@code 2026-10-01T10:00}. */
final class World {

    /** What a delivery to the recipient brings that can be proved. */
    static final String PROVED = "{\"signer\":\"本人\",\"signedAt\":\"2026-10-01T10:00:00+08:00\",\"idChecked\":\"YES\"}";

    final JdbcTemplate db;
    private long id = 1_000_000;

    World() {
        // One connection for all: a connection for each of some thousand rows took minutes.
        var data = new SingleConnectionDataSource(TestParts.freshUrl(), TestParts.user(), TestParts.password(), true);
        Flyway.configure().dataSource(data).load().migrate();
        db = new JdbcTemplate(data);
    }

    static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(HubClock.ZONE).toInstant();
    }

    /** Business time stands still there. */
    World now(String local) {
        db.update("update hub_clock set hub_at = ?, wall_at = now(), rate = 0", Timestamp.from(at(local)));
        return this;
    }

    /** The 85 system was asked successfully up to then. */
    World asked(String local) {
        db.update(
                "insert into coverage values ('receipt85', ?) on conflict (system) do update set covered_until = excluded.covered_until",
                Timestamp.from(at(local)));
        return this;
    }

    /** From 330109 to 330110, a paper receipt due in two days, promised for the next day. */
    long order() {
        return order("330109", "330110", "P1D", "PHYSICAL", 7);
    }

    long order(String county, String dest, String promise, String receipt, int phone) {
        return order(county, dest, promise, receipt, phone, null);
    }

    /** @param cutoff {@code 17:00}, or null */
    long order(String county, String dest, String promise, String receipt, int phone, String cutoff) {
        long order = ++id;
        db.update(
                """
                insert into orders (id, client, order_no, body_hash, county, dest_county, payer, receipt, service, stage, stage_at, detail,
                  recipient_name, recipient_phone, recipient_address, sender_name, sender_phone, sender_address, phone_hash, phone_tail_hash, received_at)
                values (?, 'zjzwfw', 'N' || ?, '', ?, ?, 'SENDER', ?, 'SINGLE', 'ORDERED', 'epoch',
                  jsonb_build_object('promise', ?::text, 'cutoff', ?::text, 'receiptDue', 'P2D', 'documents', json_build_array(json_build_object('type', '营业执照'))),
                  '', '', '', '', '', '', decode(lpad(to_hex(?), 8, '0'), 'hex'), '', 'epoch')""",
                order,
                order,
                county,
                dest,
                receipt,
                promise,
                cutoff,
                phone);
        return order;
    }

    /** What is no order: {@code round:…}, {@code client:…}, {@code tariff:…}. */
    long subject(String name) {
        long subject = ++id;
        db.update("insert into subject (id, name) values (?, ?)", subject, name);
        return subject;
    }

    long fact(long order, String name, String local) {
        return fact(order, name, local, "{}");
    }

    long fact(long order, String name, String local, String data) {
        return fact(order, name, at(local), data);
    }

    long fact(long order, String name, Instant at, String data) {
        long fact = ++id;
        db.update(
                """
                insert into fact (subject, id, name, source, source_id, happened_at, recorded_at, data, correlation)
                values (?, ?, ?, 'test', ?, ?, ?, ?::jsonb, '')""",
                order,
                fact,
                name,
                "f" + fact,
                Timestamp.from(at),
                Timestamp.from(at),
                data);
        return fact;
    }

    void deadlineOfAttempts(long order, long opened, String from, String due, boolean done) {
        db.update(
                """
                insert into %s (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at %s)
                values (?, ?, 'attempts', 'missed', 'v', ?, ?, ?, 'attempts.missed', %s)"""
                        .formatted(
                                done ? "deadline_done" : "deadline",
                                done ? ", settled_at" : "",
                                done ? "'CLOSED', now(), now()" : "0, now()"),
                order,
                ++id,
                opened,
                Timestamp.from(at(from)),
                Timestamp.from(at(due)));
    }

    void effect(long order, String door, String state, String planned, String changed, String args) {
        db.update(
                """
                insert into effect (subject, id, fact_id, door, addressee, args, state, planned_at, changed_at)
                values (?, ?, ?, ?, '', ?::jsonb, ?, ?, ?)""",
                order,
                ++id,
                ++id,
                door,
                args,
                state,
                Timestamp.from(at(planned)),
                Timestamp.from(at(changed)));
    }

    /** By day and county: {@code met/judged +immature -excluded}. */
    TreeMap<String, String> counts(String kpi) {
        return all("where kpi = '" + kpi + "'").getOrDefault(kpi, new TreeMap<>());
    }

    /** The counts of every KPI. */
    TreeMap<String, TreeMap<String, String>> all(String where) {
        TreeMap<String, TreeMap<String, String>> all = new TreeMap<>();
        db.query(
                """
                select kpi, day, county, sum(met) as met, sum(judged) as judged, sum(immature) as immature, sum(excluded) as excluded
                from kpi_day %s group by kpi, day, county"""
                        .formatted(where),
                row -> {
                    all.computeIfAbsent(row.getString("kpi"), k -> new TreeMap<>())
                            .put(
                                    row.getString("day") + " " + row.getString("county"),
                                    "%d/%d +%d -%d"
                                            .formatted(
                                                    row.getLong("met"),
                                                    row.getLong("judged"),
                                                    row.getLong("immature"),
                                                    row.getLong("excluded")));
                });
        return all;
    }
}
