package songda.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import songda.HubTest;

class DueDeadlinesTest extends HubTest {

    private void due(String orderNo, String reports, String ago) {
        db.sql(
                        """
                        insert into deadline (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at)
                        select ?, nextval('songda_id'), 'anomaly', ?, 'test', 0, hub_now(), hub_now() - ?::interval, ?, 0, hub_now()""")
                .params(id(orderNo), reports, ago, reports)
                .update();
    }

    @Test
    void one_deadline_that_cannot_be_recorded_does_not_hold_up_the_others() {
        String poisoned = walked();
        String fine = walked();
        due(poisoned, "no.such-fact", "2 hours");
        due(fine, "anomaly.reached-level-3", "1 hour");
        awaiting(() -> assertThat(facts(fine)).contains("anomaly.reached-level-3"));
        awaiting(() -> assertThat(count(
                        "select count(*) from deadline where subject = ? and state = 2 and failures = 1 and wake_at > now()",
                        id(poisoned)))
                .isEqualTo(1));
    }
}
