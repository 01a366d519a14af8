package songda.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;

/** What is due is fired, and nothing else. Each test's deadlines have been due for long; a later one proves that the round is over. */
class DueDeadlinesTest extends HubTest {

    private static final String LEVEL_3 = "anomaly.reached-level-3";

    @Autowired
    DataSource source;

    @Autowired
    ClockGuard guard;

    private void due(String orderNo, String reports, String ago) {
        due(id(orderNo), reports, ago, null, false);
    }

    private void due(long subject, String reports, String ago, String coveredBy, boolean named) {
        db.sql(
                        """
                        insert into deadline (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, covered_by, named, opened_at)
                        select ?, nextval('songda_id'), 'anomaly', ?, 'test', 0, hub_now(), hub_now() - ?::interval, ?, ?, ?, hub_now()""")
                .params(subject, reports, ago, reports, coveredBy, named)
                .update();
    }

    private long open(String orderNo) {
        return count("select count(*) from deadline where subject = ?", id(orderNo));
    }

    /** When this returns, whatever fell due before has been looked at. */
    private void passed() {
        String later = walked();
        due(later, LEVEL_3, "1 minute");
        awaiting(() -> assertThat(facts(later)).contains(LEVEL_3));
    }

    @Test
    void one_deadline_that_cannot_be_recorded_does_not_hold_up_the_others() {
        String poisoned = walked();
        String fine = walked();
        due(poisoned, "no.such-fact", "2 hours");
        due(fine, LEVEL_3, "1 hour");
        awaiting(() -> assertThat(facts(fine)).contains(LEVEL_3));
        awaiting(() -> assertThat(count(
                        "select count(*) from deadline where subject = ? and state = 2 and failures = 1 and wake_at > now()",
                        id(poisoned)))
                .isEqualTo(1));
    }

    @Test
    void a_parked_deadline_is_woken_and_fires_when_its_cause_is_mended() {
        String orderNo = walked();
        due(orderNo, "no.such-fact", "2 hours");
        awaiting(() -> assertThat(count("select count(*) from deadline where subject = ? and state = 2", id(orderNo)))
                .isEqualTo(1));
        db.sql("update deadline set reports = ?, wake_at = now() where subject = ?")
                .params(LEVEL_3, id(orderNo))
                .update();
        awaiting(() -> assertThat(facts(orderNo)).contains(LEVEL_3));
    }

    @Test
    void a_close_that_committed_first_wins() throws Exception {
        String orderNo = walked();
        try (Connection closer = source.getConnection()) {
            closer.setAutoCommit(false);
            try (var statement = closer.createStatement()) {
                statement.execute("select from orders where id = " + id(orderNo) + " for update");
                due(orderNo, LEVEL_3, "1 hour");
                passed();
                assertThat(facts(orderNo)).doesNotContain(LEVEL_3);
                statement.execute("delete from deadline where subject = " + id(orderNo));
            }
            closer.commit();
        }
        passed();
        assertThat(facts(orderNo)).doesNotContain(LEVEL_3);
    }

    @Test
    void what_was_paused_or_moved_while_its_order_was_held_does_not_fire() throws Exception {
        String paused = walked();
        String moved = walked();
        try (Connection person = source.getConnection()) {
            person.setAutoCommit(false);
            try (var statement = person.createStatement()) {
                statement.execute("select from orders where id in (" + id(paused) + ", " + id(moved)
                        + ") order by id for update");
                due(paused, LEVEL_3, "1 hour");
                due(moved, LEVEL_3, "1 hour");
                statement.execute("update deadline set state = 1 where subject = " + id(paused));
                statement.execute(
                        "update deadline set due_at = hub_now() + interval '1 day' where subject = " + id(moved));
            }
            person.commit();
        }
        passed();
        assertThat(open(paused) + open(moved)).isEqualTo(2);
        assertThat(facts(paused)).doesNotContain(LEVEL_3);
        assertThat(facts(moved)).doesNotContain(LEVEL_3);
    }

    @Test
    void what_waits_for_a_system_fires_as_far_as_that_system_was_asked() {
        String before = walked();
        String after = walked();
        db.sql("insert into coverage values ('test', hub_now() - interval '1 hour')")
                .update();
        due(id(before), LEVEL_3, "61 minutes", "test", false);
        due(id(after), LEVEL_3, "59 minutes", "test", false);
        awaiting(() -> assertThat(facts(before)).contains(LEVEL_3));
        passed();
        assertThat(facts(after)).doesNotContain(LEVEL_3);
        db.sql("update coverage set covered_until = hub_now() where system = 'test'")
                .update();
        awaiting(() -> assertThat(facts(after)).contains(LEVEL_3));
    }

    @Test
    void a_deadline_of_something_that_is_no_order_fires_too() {
        long subject = db.sql(
                        "insert into subject select nextval('songda_id'), 'system:' || gen_random_uuid() returning id")
                .query(Long.class)
                .single();
        due(subject, "anomaly.level-3-unfinished", "1 hour", null, true);
        awaiting(() -> assertThat(count(
                        "select count(*) from fact where subject = ? and name = 'anomaly.level-3-unfinished'", subject))
                .isEqualTo(1));
    }

    @Test
    void nothing_fires_while_the_clock_is_not_agreed_with() {
        String orderNo = walked();
        db.sql("update clock_watch set frozen_at = now(), frozen_why = 'a test'")
                .update();
        due(orderNo, LEVEL_3, "1 hour");
        assertThat(guard.frozen()).map(ClockGuard.Frozen::why).contains("a test");
        Instant asked = Instant.now().plusMillis(500);
        awaiting(() -> assertThat(Instant.now()).isAfter(asked));
        assertThat(facts(orderNo)).doesNotContain(LEVEL_3);
        guard.agree();
        assertThat(guard.frozen()).isEqualTo(Optional.empty());
        awaiting(() -> assertThat(facts(orderNo)).contains(LEVEL_3));
    }
}
