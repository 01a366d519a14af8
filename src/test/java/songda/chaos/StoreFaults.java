package songda.chaos;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What happens to PostgreSQL and on the way to it. */
final class StoreFaults {

    private static final int HERD = 20_000;

    private StoreFaults() {}

    static Fault kill() {
        return new Fault(
                "F6",
                "kill -9 of PostgreSQL",
                "database",
                1,
                stage -> stage.world().killDatabase(),
                stage -> stage.world().database().start());
    }

    static List<Fault> all() {
        return List.of(
                kill(),
                Fault.once("F7", "PostgreSQL is restarted three times", "database", stage -> {
                    for (int i = 0; i < 3; i++) {
                        stage.world().database().stopFast();
                        stage.world().database().start();
                        Thread.sleep(1_500);
                    }
                }),
                new Fault(
                        "F8",
                        "PostgreSQL stands still (SIGSTOP)",
                        "database",
                        15,
                        stage -> stage.world().database().standStill(),
                        stage -> stage.world().database().goOn()),
                Fault.passing("F9", "nothing reaches the database", "database", 15, Mode.of(Mode.Kind.BLACK_HOLE)),
                Fault.passing(
                        "F10", "200 ms for each way to the database and back", "database", 12, Mode.late(100, 20)),
                new Fault(
                        "F13",
                        "the volume with the database's tables is full",
                        "database",
                        15,
                        stage -> stage.world().volume().fill(),
                        stage -> stage.world().volume().grow()),
                Fault.passing("P1", "connections to the database are reset", "database", 2, Mode.of(Mode.Kind.RESET)),
                longTransaction(),
                serializationErrors(),
                new Fault(
                        "F35",
                        HERD + " deadlines fall due in the same second",
                        "clock",
                        2,
                        StoreFaults::herd,
                        Fault.NOTHING));
    }

    private static Fault longTransaction() {
        AtomicReference<Connection> held = new AtomicReference<>();
        return new Fault(
                "F11",
                "somebody holds a transaction open",
                "database",
                25,
                stage -> {
                    Connection connection = stage.world().database().connect();
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    connection.setAutoCommit(false);
                    try (Statement read = connection.createStatement()) {
                        read.execute("select count(*), pg_current_xact_id() from effect");
                    }
                    held.set(connection);
                },
                stage -> held.get().close());
    }

    private static Fault serializationErrors() {
        return new Fault(
                "F12",
                "one statement in twenty is a deadlock's victim",
                "database",
                10,
                stage -> {
                    stage.rows()
                            .run(
                                    """
                                    create or replace function chaos_victim() returns trigger language plpgsql as $$
                                    begin
                                      if random() < 0.05 then
                                        raise exception 'chaos' using errcode = '40P01';
                                      end if;
                                      return null;
                                    end $$""");
                    stage.rows().run("drop trigger if exists chaos_victim on fact");
                    stage.rows()
                            .run("create trigger chaos_victim after insert on fact"
                                    + " for each statement execute function chaos_victim()");
                },
                stage -> stage.rows().run("drop trigger if exists chaos_victim on fact"));
    }

    /** Rungs that owe nobody anything, on the orders that are there. */
    private static void herd(Stage stage) throws Exception {
        stage.rows()
                .run(
                        """
                        insert into deadline (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, opened_at)
                        select o.id, nextval('songda_id'), 'chaos-herd', 'h' || g, 'test', 1, hub_now(),
                          hub_now() + 2 * (select rate from hub_clock) * interval '1 second', 'quality.checked', hub_now()
                        from generate_series(1, %d) g
                        join (select id, row_number() over (order by id) - 1 as n, count(*) over () as total from orders) o
                          on o.n = g %% o.total"""
                                .formatted(HERD));
    }
}
