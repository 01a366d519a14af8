package songda.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import songda.HubTest;

/** Cron: one schedule for all nodes in the hub's own database, and what it starts. */
class CronTest extends HubTest {

    private static final String SUBJECT = "select id from subject where name = 'system:songda'";

    private Scheduler scheduler() {
        return camel.getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    /** What would happen at its time. */
    private void comes(String trigger) throws Exception {
        scheduler().triggerJob(JobKey.jobKey(trigger, "songda"));
    }

    private static Instant time(String iso) {
        return OffsetDateTime.parse(iso).toInstant();
    }

    @AfterEach
    void today() {
        clock.set(Instant.now(), 1);
    }

    @Test
    void all_nodes_share_one_schedule_in_the_time_of_zhejiang() throws Exception {
        assertThat(scheduler().getMetaData().isJobStoreClustered()).isTrue();
        assertThat(scheduler().isStarted()).isTrue();
        assertThat(db.sql("select trigger_name || ' ' || time_zone_id from qrtz_cron_triggers order by trigger_name")
                        .query(String.class)
                        .list())
                .contains(
                        "calendar Asia/Shanghai",
                        "patrol Asia/Shanghai",
                        "report Asia/Shanghai",
                        "review Asia/Shanghai");
    }

    @Test
    void every_morning_the_numbers_of_the_day_before_go_out_by_mail() throws Exception {
        clock.set(time("2026-06-02T08:00:00+08:00"), 0);
        comes("report");
        awaiting(() -> assertThat(PARTNERS.letters("2026-06-01")).hasSize(1));
        assertThat(PARTNERS.letters("2026-06-01").get(0)).isEqualTo("zj-affairs@songda.example 送达日报 2026-06-01");
        comes("report"); // another node, or the operator
        comes("patrol");
        awaiting(() -> assertThat(
                        count("select count(*) from fact where name = 'patrol.due' and happened_at = hub_now()"))
                .isPositive());
        assertThat(count("select count(*) from fact where name = 'day.counted' and subject = (" + SUBJECT + ")"))
                .isEqualTo(1);
    }

    @Test
    void from_the_first_of_december_on_a_missing_calendar_is_said_once_a_day() throws Exception {
        clock.set(time("2031-12-01T09:00:00+08:00"), 0);
        comes("calendar");
        awaiting(() -> assertThat(PARTNERS.letters("2032")).hasSize(1));
        clock.set(time("2031-12-02T09:00:00+08:00"), 0);
        comes("calendar");
        awaiting(() -> assertThat(PARTNERS.letters("2032")).hasSize(2));
    }

    @Test
    void a_day_without_a_successful_patrol_raises_an_alarm() throws Exception {
        clock.set(time("2026-06-10T23:55:00+08:00"), 0);
        db.sql("delete from coverage where system = 'receipt85'").update();
        comes("review");
        awaiting(() -> assertThat(PARTNERS.letters("85 系统当日未能查询 2026-06-10")).hasSize(1));
        clock.set(time("2026-06-11T23:55:00+08:00"), 0);
        db.sql("insert into coverage values ('receipt85', hub_now() - interval '4 hours')")
                .update();
        comes("review");
        clock.set(time("2026-06-12T23:55:00+08:00"), 0);
        comes("review");
        awaiting(() -> assertThat(PARTNERS.letters("85 系统当日未能查询 2026-06-12")).hasSize(1));
        assertThat(PARTNERS.letters("85 系统当日未能查询 2026-06-11")).isEmpty();
    }
}
