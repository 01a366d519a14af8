package songda.door;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import songda.embedded.TestParts;
import songda.store.Sql;

/** A hundred thousand effects that cannot go: quiet hours at one door, a long backlog at another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BacklogTest {

    private JdbcTemplate db;
    private Effects effects;

    @BeforeAll
    void fill() {
        DataSource data = TestParts.freshDatabase();
        Flyway.configure().dataSource(data).load().migrate();
        db = new JdbcTemplate(data);
        effects = new Effects(db);
        owed("quiet", 1, 50_000, "PENDING", "interval '8 hours'");
        owed("crowded", 100_001, 150_000, "PENDING", "null");
        owed("settled", 200_001, 300_000, "ACCEPTED", "null");
        owed("quick", 400_001, 400_010, "PENDING", "null");
        owed("quiet", 500_001, 500_010, "PENDING", "interval '-1 minute'");
        db.execute("analyze effect");
    }

    private void owed(String door, int first, int last, String state, String notBeforeIn) {
        db.update("insert into effect (subject, id, fact_id, door, addressee, args, state, planned_at, not_before)"
                + " select i, i, i, '" + door + "', '', '{}', '" + state + "', hub_now(), hub_now() + " + notBeforeIn
                + " from generate_series(" + first + ", " + last + ") as i");
    }

    private static Allowances.Allowance room(String door, int room) {
        return new Allowances.Allowance(door, room, false, false);
    }

    @Test
    void one_door_s_backlog_delays_no_other_and_no_door_gets_more_than_its_room() {
        Map<String, Long> taken =
                effects.relay(List.of(room("crowded", 70), room("quick", 200), room("quiet", 200))).stream()
                        .collect(groupingBy(one -> one.key().door(), counting()));
        assertThat(taken).containsOnly(Map.entry("crowded", 70L), Map.entry("quick", 10L), Map.entry("quiet", 10L));
        assertThat(effects.underWay(Duration.ofSeconds(15)))
                .containsEntry("crowded", new Effects.UnderWay(70, 0))
                .containsEntry("quick", new Effects.UnderWay(10, 0));
    }

    @Test
    void what_waits_is_not_walked_through() {
        String plan = new TransactionTemplate(new DataSourceTransactionManager(db.getDataSource())).execute(status -> {
            status.setRollbackOnly();
            return String.join(
                    "\n",
                    db.queryForList(
                            "explain (analyze, buffers, costs off) " + Sql.file("effect-relay"),
                            String.class,
                            "{crowded,quiet,quick}",
                            "{50,200,200}",
                            "{f,f,f}",
                            "{f,t,f}"));
        });
        assertThat(plan).contains("effect_ready").doesNotContain("Seq Scan on effect");
        int pages = Integer.parseInt(plan.lines()
                .filter(line -> line.contains("Buffers: shared hit="))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*hit=(\\d+).*", "$1"));
        assertThat(pages).as(plan).isLessThan(2_500);
    }

    @Test
    void looking_at_what_is_under_way_reads_nothing_else() {
        String plan = String.join(
                "\n", db.queryForList("explain " + Sql.file("effect-under-way"), String.class, "15 seconds"));
        assertThat(plan).contains("effect_under_way").doesNotContain("Seq Scan");
    }
}
