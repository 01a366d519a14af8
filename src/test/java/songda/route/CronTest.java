package songda.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;

/** Cron: one schedule for all nodes in the hub's own database, and what it starts. */
class CronTest extends HubTest {

    private static final String SUBJECT = "select id from subject where name = 'system:songda'";

    @Autowired
    private CronWatch watch;

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
                        "ledger Asia/Shanghai",
                        "patrol Asia/Shanghai",
                        "purge Asia/Shanghai",
                        "report Asia/Shanghai",
                        "sample Asia/Shanghai",
                        "tariff Asia/Shanghai",
                        "review Asia/Shanghai");
    }

    /** As a node leaves it that was two days ahead. */
    @Test
    void a_turn_that_a_wrong_clock_has_put_off_comes_back() throws Exception {
        String next = "select next_fire_time from qrtz_triggers where trigger_name = 'patrol'";
        long right = count(next);
        db.sql("update qrtz_triggers set next_fire_time = next_fire_time + 176400000 where trigger_name = 'patrol'")
                .update();
        watch.look(Duration.ZERO);
        assertThat(count(next)).isEqualTo(right);
        // A node may be a minute ahead, and has fired what is due for the others in a minute.
        db.sql("update qrtz_triggers set next_fire_time = next_fire_time + 60000 where trigger_name = 'patrol'")
                .update();
        watch.look(Duration.ZERO);
        assertThat(count(next)).isEqualTo(right + 60_000);
    }

    @Test
    void a_node_whose_clock_is_not_the_database_s_fires_nothing_until_it_is() throws Exception {
        for (Duration ahead : List.of(Duration.ofHours(49), Duration.ofSeconds(-121))) {
            watch.look(ahead);
            assertThat(scheduler().isInStandbyMode()).isTrue();
            watch.look(Duration.ofSeconds(-120));
            assertThat(scheduler().isInStandbyMode()).isFalse();
        }
        watch.look();
        assertThat(scheduler().isInStandbyMode()).isFalse();
    }

    @Test
    void what_is_kept_for_a_while_only_is_forgotten() throws Exception {
        db.sql(
                        "insert into nonce values ('purge', 'old', now() - interval '16 minutes'), ('purge', 'new', now() - interval '14 minutes')")
                .update();
        db.sql(
                        """
                        insert into idempotency values ('purge', 'old', '', 'ZW01', now() - interval '8 days'),
                          ('purge', 'new', '', 'ZW01', now() - interval '6 days')""")
                .update();
        comes("purge");
        awaiting(() -> {
            assertThat(words("select nonce from nonce where key_id = 'purge'")).containsExactly("new");
            assertThat(words("select key from idempotency where client = 'purge'"))
                    .containsExactly("new");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "purge:orders?after=P7D",
                "purge:nonces",
                "purge:nonces?after=PT14M59S",
                "purge:idempotency-keys?after=week"
            })
    void a_purge_of_what_is_needed_is_refused(String uri) {
        assertThatThrownBy(() -> camel.getEndpoint(uri)).rootCause().hasMessageContaining(": write ");
    }

    private List<String> words(String sql) {
        return db.sql(sql).query(String.class).list();
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

    /** Six items of one county, delivered in time; one of them after a failed attempt, which is called anyway. */
    private List<String> delivered(String day) {
        clock.set(time(day + "T10:00:00+08:00"), 0);
        List<String> orders = Stream.generate(this::walked).limit(6).toList();
        orders.forEach(o -> says("desk", "parcel.accepted", o, time(day + "T11:00:00+08:00")));
        says("desk", "parcel.attempt-failed", orders.get(0), time(day + "T15:00:00+08:00"));
        clock.set(time(day + "T10:00:00+08:00").plus(Duration.ofDays(1)), 0);
        orders.forEach(o -> says("desk", "parcel.delivered", o, clock.instant()));
        return orders;
    }

    @Test
    void a_contract_price_above_the_reference_price_is_told_of_once_a_month() throws Exception {
        for (String day : List.of("2026-03-02", "2026-03-03", "2026-04-01")) {
            clock.set(time(day + "T08:40:00+08:00"), 0);
            long before = count("select count(*) from fact where name = 'tariff.above-reference'");
            comes("tariff");
            awaiting(() -> assertThat(scheduler().getCurrentlyExecutingJobs()).isEmpty());
            long more = day.equals("2026-03-03") ? 0 : 1;
            awaiting(() -> assertThat(count("select count(*) from fact where name = 'tariff.above-reference'"))
                    .isEqualTo(before + more));
        }
        assertThat(
                        count(
                                """
                        select count(*) from effect e join fact f on f.id = e.fact_id
                        where f.name = 'tariff.above-reference' and e.door = 'mail-send-house'"""))
                .isEqualTo(2);
        assertThat(words("select data ->> 'row' from fact where name = 'tariff.above-reference'"))
                .containsOnly("example-over-2026");
        // The time that the first of the two has given is over; then the contract ends, and the reference price counts.
        assertThat(count("select count(*) from fact where name = 'tariff.overdue'"))
                .isZero();
        clock.set(time("2026-07-01T08:40:00+08:00"), 0);
        awaiting(() -> assertThat(count("select count(*) from fact where name = 'tariff.overdue'"))
                .isOne());
        comes("tariff");
        awaiting(() -> assertThat(count("select count(*) from fact where name = 'tariff.lowered'"))
                .isOne());
        clock.set(time("2026-07-02T08:40:00+08:00"), 0);
        comes("tariff");
        awaiting(() -> assertThat(scheduler().getCurrentlyExecutingJobs()).isEmpty());
        assertThat(count("select count(*) from fact where name = 'tariff.lowered'"))
                .isOne();
    }

    private long chosen(String day) {
        return count("select count(*) from fact where name = 'callback.chosen' and data ->> 'day' = ?", day);
    }

    @Test
    void of_what_was_delivered_a_fifth_is_drawn_once_to_be_called_and_what_is_called_anyway_is_not() throws Exception {
        List<String> orders = delivered("2026-07-15");
        clock.set(time("2026-07-18T08:30:00+08:00"), 0);
        comes("sample");
        awaiting(() -> assertThat(chosen("2026-07-15")).isEqualTo(2));
        assertThat(facts(orders.get(0))).doesNotContain("callback.chosen");
        assertThat(
                        count(
                                """
                                select count(*) from deadline where ladder = 'callback' and due_at = '2026-07-18T23:59:59+08:00'
                                  and subject in (select subject from fact where name = 'callback.chosen')"""))
                .isEqualTo(2);
        assertThat(
                        count(
                                """
                                select count(*) from fact where source_id = 'sample.drawn/2026-07-15'
                                  and data ->> 'delivered' = '6' and data ->> 'chosen' = '2' and data ->> 'seed' <> ''"""))
                .isEqualTo(1);
        clock.set(time("2026-07-19T08:30:00+08:00"), 0);
        comes("sample");
        awaiting(() -> assertThat(count("select count(*) from fact where source_id = 'sample.drawn/2026-07-16'"))
                .isEqualTo(1));
        assertThat(chosen("2026-07-15")).isEqualTo(2);
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

    @Test
    void what_was_read_by_a_clock_that_was_set_back_covers_nothing() throws Exception {
        // What another test has asked for comes in first.
        awaiting(() -> assertThat(count("select count(*) from effect where door = 'receipt85-fetch-receipts'"
                        + " and state in ('PENDING', 'RELAYED', 'SENDING', 'RETRY')"))
                .isZero());
        clock.set(time("2026-06-14T10:00:00+08:00"), 0);
        db.sql("insert into coverage values ('receipt85', hub_now() + interval '8 months')"
                        + " on conflict (system) do update set covered_until = excluded.covered_until")
                .update();
        comes("patrol");
        awaiting(() -> assertThat(
                        count("select count(*) from coverage where system = 'receipt85' and covered_until = hub_now()"))
                .isEqualTo(1));
        assertThat(
                        words(
                                "select distinct data ->> 'since' from fact where name = 'patrol.due' and happened_at = hub_now()"))
                .containsExactly("2026-06-14T10:00:00+08:00");
    }
}
