package songda.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import songda.store.Sql;

/** Small worlds in which every number can be counted on the fingers of a hand. */
class KpiViewsTest {

    private static final World WORLD = new World();
    private static final String DAY = "2026-10-12 330109";

    @BeforeEach
    void empty() {
        WORLD.db.execute("truncate orders, subject, fact, effect, deadline, deadline_done, coverage, kpi_exclusion");
    }

    private static long accepted(String at) {
        long order = WORLD.order();
        WORLD.fact(order, "parcel.accepted", at);
        return order;
    }

    private static void is(String kpi, String counts) {
        assertThat(WORLD.counts(kpi)).as(kpi).isEqualTo(Map.of(DAY, counts));
    }

    @Test
    void the_first_attempt_is_in_time_until_the_last_second_of_the_promised_day() {
        WORLD.fact(accepted("2026-10-12T09:00"), "parcel.delivered", "2026-10-13T23:59:59");
        WORLD.fact(accepted("2026-10-12T09:00"), "parcel.attempt-failed", "2026-10-13T12:00");
        WORLD.fact(accepted("2026-10-12T23:59:59"), "parcel.delivered", "2026-10-14T00:00");
        accepted("2026-10-12T09:00");
        long next = WORLD.order("330109", "330702", "P2D", "NONE", 1);
        WORLD.fact(next, "parcel.accepted", "2026-10-12T09:00");
        WORLD.fact(next, "parcel.delivered", "2026-10-14T20:00");
        long far = WORLD.order("330109", "650102", "P5D", "NONE", 1);
        WORLD.fact(far, "parcel.accepted", "2026-10-12T09:00");
        WORLD.now("2026-10-13T23:59:59");
        is("promise-t1", "0/0 +4 -0");
        WORLD.now("2026-10-14T00:00");
        is("promise-t1", "2/4 +0 -0");
        is("promise-t2", "0/0 +1 -0");
        WORLD.now("2026-10-15T00:00");
        is("promise-t2", "1/1 +0 -0");
        is("promise-other", "0/0 +1 -0");
        WORLD.now("2026-10-18T00:00");
        is("promise-other", "0/1 +0 -0");
    }

    @Test
    void what_is_accepted_after_the_hour_of_cut_off_has_its_promise_and_its_calls_counted_from_the_next_day() {
        long late = WORLD.order("330109", "330110", "P1D", "NONE", 1, "17:00");
        WORLD.fact(late, "parcel.accepted", "2026-10-12T17:00:01");
        WORLD.fact(late, "parcel.delivered", "2026-10-14T23:59:59");
        WORLD.fact(late, "callback.done", "2026-10-16T23:59:59");
        long onTheHour = WORLD.order("330109", "330110", "P1D", "NONE", 2, "17:00");
        WORLD.fact(onTheHour, "parcel.accepted", "2026-10-12T17:00");
        WORLD.fact(onTheHour, "parcel.delivered", "2026-10-14T23:59:59");
        WORLD.now("2026-10-14T23:59:59");
        is("promise-t1", "0/1 +1 -0");
        WORLD.now("2026-10-17T00:00");
        is("promise-t1", "1/2 +0 -0");
        is("delivered-3d", "2/2 +0 -0");
        assertThat(WORLD.counts("delivered-in-promise")).isEqualTo(Map.of("2026-10-14 330109", "1/2 +0 -0"));
        assertThat(WORLD.counts("call-delivered")).isEqualTo(Map.of("2026-10-12 330110", "1/2 +0 -0"));
    }

    /** What is accepted after the hour of cut-off is drawn with the next day, as its promise is counted (A01, A09). */
    @Test
    void the_sample_of_a_day_is_of_what_was_accepted_until_its_hour_of_cut_off_and_after_that_of_the_day_before() {
        List<Long> drawn = new ArrayList<>();
        for (String accepted :
                List.of("2026-10-11T17:00", "2026-10-11T17:01", "2026-10-12T17:00", "2026-10-12T17:01")) {
            long order = WORLD.order("330109", "330110", "P1D", "NONE", 1, "17:00");
            WORLD.fact(order, "parcel.accepted", accepted);
            WORLD.db.update(
                    "update orders set stage = 'DELIVERED', stage_at = ?, waybill_no = id::text where id = ?",
                    Timestamp.from(World.at("2026-10-14T10:00")),
                    order);
            drawn.add(order);
        }
        assertThat(WORLD.db.queryForList(
                        "select waybill_no from (\n" + Sql.file("report-sample") + "\n) as s order by 1",
                        String.class,
                        "2026-10-12T00:00+08:00",
                        "2026-10-13T00:00+08:00",
                        "2026-10-14T23:59:59+08:00",
                        100,
                        "seed"))
                .containsExactly(drawn.get(1).toString(), drawn.get(2).toString());
    }

    @Test
    void what_was_taken_back_was_never_there() {
        long wrongly = accepted("2026-10-12T09:00");
        WORLD.fact(wrongly, "parcel.delivered", "2026-10-13T10:00");
        WORLD.fact(wrongly, "parcel.delivery-retracted", "2026-10-13T11:00");
        long twice = accepted("2026-10-12T09:00");
        WORLD.fact(twice, "parcel.delivered", "2026-10-13T10:00");
        WORLD.fact(twice, "parcel.delivery-retracted", "2026-10-13T10:00");
        WORLD.fact(twice, "parcel.delivered", "2026-10-16T10:00");
        long again = accepted("2026-10-11T09:00");
        WORLD.fact(again, "parcel.acceptance-retracted", "2026-10-11T09:30");
        WORLD.fact(again, "parcel.accepted", "2026-10-12T10:00");
        WORLD.fact(again, "parcel.accepted", "2026-10-12T10:05");
        long never = accepted("2026-10-12T09:00");
        WORLD.fact(never, "parcel.acceptance-retracted", "2026-10-12T09:30");
        WORLD.now("2026-11-30T00:00");
        is("promise-t1", "0/3 +0 -0");
        is("delivered-3d", "0/3 +0 -0");
        is("delivered-5d", "1/3 +0 -0");
        assertThat(WORLD.counts("first-attempt")).isEqualTo(Map.of("2026-10-16 330109", "1/1 +0 -0"));
    }

    @Test
    void delivered_within_three_five_and_seven_days_each_judged_when_its_days_are_over() {
        WORLD.fact(accepted("2026-10-12T09:00"), "parcel.delivered", "2026-10-15T23:59:59");
        WORLD.fact(accepted("2026-10-12T09:00"), "parcel.delivered", "2026-10-17T10:00");
        WORLD.fact(accepted("2026-10-12T09:00"), "parcel.delivered", "2026-10-20T00:00");
        WORLD.now("2026-10-18T00:00");
        is("delivered-3d", "1/3 +0 -0");
        is("delivered-5d", "2/3 +0 -0");
        is("delivered-7d", "0/0 +3 -0");
        WORLD.now("2026-10-21T00:00");
        is("delivered-7d", "2/3 +0 -0");
        assertThat(WORLD.db.queryForObject(
                        "select sum(hours) || ' ' || sum(timed) from kpi_day where kpi = 'delivered-in-promise'",
                        String.class))
                .isEqualTo("391.00 3"); // 87 (less a second), 121 and 183 hours
    }

    @Test
    void a_delivery_at_the_first_attempt_has_no_failed_one_before_it_that_stands() {
        WORLD.fact(accepted("2026-10-11T09:00"), "parcel.delivered", "2026-10-12T10:00");
        long second = accepted("2026-10-11T09:00");
        WORLD.fact(second, "parcel.attempt-failed", "2026-10-11T15:00");
        WORLD.fact(second, "parcel.delivered", "2026-10-12T10:00");
        long undone = accepted("2026-10-11T09:00");
        WORLD.fact(undone, "parcel.attempt-failed", "2026-10-11T15:00");
        WORLD.fact(undone, "parcel.attempt-retracted", "2026-10-11T15:00");
        WORLD.fact(undone, "parcel.delivered", "2026-10-12T10:00");
        WORLD.now("2026-10-12T11:00");
        is("first-attempt", "2/3 +0 -0");
    }

    @Test
    void three_attempts_on_two_dates_within_five_working_days_of_what_is_not_delivered_by_then() {
        arrived(true, "2026-10-13T10:00", "2026-10-13T16:00", "2026-10-14T10:00");
        arrived(false, "2026-10-13T10:00", "2026-10-13T14:00", "2026-10-13T16:00"); // on one date
        arrived(false, "2026-10-13T10:00", "2026-10-14T10:00", "2026-10-20T10:00"); // the third too late
        long taken = arrived(true, "2026-10-13T10:00", "2026-10-13T16:00", "2026-10-14T10:00");
        WORLD.fact(taken, "parcel.attempt-retracted", "2026-10-14T11:00");
        WORLD.fact(arrived(true, "2026-10-13T10:00"), "parcel.delivered", "2026-10-14T10:00");
        long refused = arrived(true, "2026-10-13T10:00");
        WORLD.fact(refused, "return.dispatched", "2026-10-14T10:00", "{\"reasonCode\":\"104\"}");
        WORLD.fact(arrived(true), "return.dispatched", "2026-10-14T10:00", "{\"reasonCode\":\"103\"}");
        WORLD.now("2026-10-19T23:59:59");
        is("three-attempts", "0/0 +5 -0");
        WORLD.now("2026-10-20T00:00");
        is("three-attempts", "1/5 +0 -0");
    }

    private static long arrived(boolean done, String... attempts) {
        long order = accepted("2026-10-11T09:00");
        long fact = WORLD.fact(order, "parcel.arrived", "2026-10-12T08:00");
        WORLD.deadlineOfAttempts(order, fact, "2026-10-12T08:00", "2026-10-19T23:59:59", done);
        for (String attempt : attempts) {
            WORLD.fact(order, "parcel.attempt-failed", attempt);
        }
        return order;
    }

    @Test
    void a_delivery_is_proved_by_id_signer_and_time_and_of_another_by_relation_and_number() {
        String agent = World.PROVED.replace("本人", "他人");
        WORLD.fact(accepted("2026-10-11T09:00"), "parcel.delivered", "2026-10-12T10:00", World.PROVED);
        WORLD.fact(accepted("2026-10-11T09:00"), "parcel.delivered", "2026-10-12T10:00", agent);
        WORLD.fact(
                accepted("2026-10-11T09:00"),
                "parcel.delivered",
                "2026-10-12T10:00",
                agent.replace("}", ",\"relation\":\"FAMILY\",\"agentId\":\"SEALED\"}"));
        long both = accepted("2026-10-11T09:00");
        WORLD.fact(both, "contact.failed", "2026-10-12T08:00");
        WORLD.fact(both, "parcel.delivered", "2026-10-12T10:00", "{\"signer\":\"本人\"}"); // the post's scan
        WORLD.fact(both, "parcel.delivered", "2026-10-12T10:02", World.PROVED); // the courier's own report
        WORLD.fact(
                accepted("2026-10-11T09:00"),
                "parcel.delivered",
                "2026-10-12T10:00",
                "{\"calledAt\":\"2026-10-12T09:00:00+08:00\"}");
        WORLD.now("2026-10-12T11:00");
        is("delivery-proved", "3/5 +0 -0");
        is("called-first", "2/5 +0 -0");
    }

    @Test
    void attempts_tell_their_reason_and_the_packing_is_looked_at() {
        long order = accepted("2026-10-12T09:00");
        WORLD.fact(order, "parcel.out-for-delivery", "2026-10-12T13:00", "{\"packing\":\"INTACT\"}");
        WORLD.fact(order, "parcel.attempt-failed", "2026-10-12T14:00", "{\"reasonCode\":\"103\"}");
        WORLD.fact(order, "parcel.out-for-delivery", "2026-10-12T15:00");
        WORLD.fact(order, "parcel.attempt-failed", "2026-10-12T16:00");
        WORLD.fact(order, "parcel.attempt-failed", "2026-10-12T17:00");
        WORLD.fact(order, "parcel.attempt-retracted", "2026-10-12T17:00");
        WORLD.now("2026-10-12T18:00");
        is("reason-told", "1/2 +0 -0");
        is("packing-checked", "1/2 +0 -0");
    }

    @Test
    void a_return_was_a_mistake_when_that_is_said_within_fifteen_days() {
        long mistaken = accepted("2026-10-11T09:00");
        WORLD.fact(mistaken, "return.dispatched", "2026-10-12T18:00");
        WORLD.fact(mistaken, "return.mistaken", "2026-10-27T23:59:59");
        long late = accepted("2026-10-11T09:00");
        WORLD.fact(late, "return.dispatched", "2026-10-12T18:00");
        WORLD.fact(late, "return.mistaken", "2026-10-28T00:00");
        WORLD.fact(accepted("2026-10-11T09:00"), "return.dispatched", "2026-10-12T18:00");
        WORLD.now("2026-10-27T23:59:59");
        is("returned-mistakenly", "0/0 +3 -0");
        WORLD.now("2026-10-28T00:00");
        is("returned-mistakenly", "1/3 +0 -0");
    }

    @Test
    void returns_and_their_two_reviewers() {
        long two = accepted("2026-10-12T09:00");
        WORLD.fact(two, "return.reviewed", "2026-10-12T17:00", "{\"firstReviewer\":\"P1\",\"secondReviewer\":\"P2\"}");
        WORLD.fact(two, "return.dispatched", "2026-10-12T18:00");
        long one = accepted("2026-10-12T09:00");
        WORLD.fact(one, "return.reviewed", "2026-10-12T17:00", "{\"firstReviewer\":\"P1\",\"secondReviewer\":\"P1\"}");
        WORLD.fact(one, "return.dispatched", "2026-10-12T18:00");
        long late = accepted("2026-10-12T09:00");
        WORLD.fact(late, "return.dispatched", "2026-10-12T18:00");
        WORLD.fact(late, "return.reviewed", "2026-10-12T19:00", "{\"firstReviewer\":\"P1\",\"secondReviewer\":\"P2\"}");
        accepted("2026-10-12T09:00");
        WORLD.now("2026-10-27T23:59:59");
        is("two-reviewers", "1/3 +0 -0");
        is("returned", "0/0 +4 -0");
        WORLD.now("2026-10-28T00:00");
        is("returned", "3/4 +0 -0");
    }

    /** Both denominators: of what was accepted, and of what is due; and nothing is missed that nobody asked the 85 system about. */
    @Test
    void receipts_per_accepted_and_per_due() {
        receipt("receipt.returned", "2026-10-14T23:59:59");
        receipt("receipt.returned", "2026-10-15T00:00");
        receipt("receipt.posted", "2026-10-14T10:00");
        receipt(null, null);
        WORLD.fact(
                receipt("receipt.returned", "2026-10-14T10:00"),
                "receipt.retracted",
                "2026-10-14T11:00"); // info taken back
        WORLD.fact(receipt("receipt.returned", "2026-10-14T10:00"), "receipt.wrong", "2026-10-16T11:00");
        accepted("2026-10-12T09:00"); // not delivered: only per accepted
        long none = WORLD.order("330109", "330110", "P1D", "NONE", 3);
        WORLD.fact(none, "parcel.accepted", "2026-10-12T09:00");
        WORLD.fact(none, "parcel.delivered", "2026-10-12T12:00");
        WORLD.now("2026-10-15T00:00").asked("2026-10-14T23:59:58");
        is("receipt-in-time", "0/0 +6 -0");
        WORLD.asked("2026-10-14T23:59:59");
        is("receipt-in-time", "3/6 +0 -0");
        is("receipt-per-due", "0/0 +6 -0");
        is("receipt-per-accepted", "0/0 +7 -0");
        WORLD.now("2026-10-20T00:00").asked("2026-10-20T00:00");
        is("receipt-per-due", "2/6 +0 -0");
        WORLD.now("2026-10-28T00:00");
        is("receipt-per-accepted", "2/7 +0 -0");
    }

    private static long receipt(String fact, String at) {
        long order = accepted("2026-10-12T09:00");
        WORLD.fact(order, "parcel.delivered", "2026-10-12T12:00");
        if (fact != null) {
            WORLD.fact(order, fact, at);
        }
        return order;
    }

    @Test
    void chases_closed_in_three_days_and_receipts_signed_again() {
        long closed = receipt("receipt.overdue", "2026-10-12T23:59:59");
        WORLD.fact(closed, "receipt.returned", "2026-10-13T11:59:59");
        long late = receipt("receipt.wrong", "2026-10-12T20:00");
        WORLD.fact(late, "receipt.overdue", "2026-10-14T23:59:59");
        WORLD.fact(late, "receipt.resign-sent", "2026-10-15T09:00");
        WORLD.fact(late, "receipt.returned", "2026-10-20T09:00");
        long open = receipt("receipt.overdue", "2026-10-12T23:59:59");
        WORLD.now("2026-10-15T23:59:59");
        is("chase-closed", "0/0 +3 -0");
        WORLD.now("2026-10-28T00:00");
        is("chase-closed", "1/3 +0 -0");
        assertThat(hours("chase-closed", closed)).isEqualByComparingTo("12");
        assertThat(hours("chase-closed", open)).isNull();
        assertThat(WORLD.counts("re-signed")).isEqualTo(Map.of(DAY, "1/1 +0 -0", "2026-10-13 330109", "0/0 +1 -0"));
    }

    @Test
    void receipts_are_handed_over_within_fifteen_days_of_being_back_and_certified_copies_of_being_sealed() {
        WORLD.fact(back("2026-10-12T08:00"), "receipt.handed-over", "2026-10-27T23:59:59");
        WORLD.fact(back("2026-10-12T08:00"), "receipt.handed-over", "2026-10-28T00:00");
        back("2026-10-12T08:00");
        long copied = accepted("2026-10-01T09:00");
        WORLD.fact(copied, "receipt.lost", "2026-10-05T09:00");
        WORLD.fact(copied, "replacement.sealed", "2026-10-12T09:00");
        WORLD.fact(copied, "receipt.lost", "2026-10-12T10:00"); // another one says so, too
        WORLD.fact(copied, "receipt.handed-over", "2026-10-12T21:00");
        long again = back("2026-10-10T08:00"); // handed over, signed again, and back
        WORLD.fact(again, "receipt.handed-over", "2026-10-10T09:00");
        WORLD.fact(again, "receipt.resign-sent", "2026-10-11T09:00");
        WORLD.fact(again, "receipt.returned", "2026-10-12T08:00");
        WORLD.fact(back("2026-10-12T08:00"), "receipt.retracted", "2026-10-12T08:00"); // was never back
        WORLD.fact(accepted("2026-10-01T09:00"), "receipt.posted", "2026-10-12T08:00"); // is on its way
        long paperless = WORLD.order("330109", "330110", "P1D", "ELECTRONIC", 8);
        WORLD.fact(paperless, "receipt.returned", "2026-10-12T08:00");
        WORLD.now("2026-10-27T23:59:59");
        is("receipt-handed-over", "0/0 +5 -0");
        WORLD.now("2026-10-28T00:00");
        is("receipt-handed-over", "2/5 +0 -0");
        assertThat(hours("receipt-handed-over", copied)).isEqualByComparingTo("12");
        assertThat(hours("receipt-handed-over", again)).isNull();
    }

    private static long back(String at) {
        long order = accepted("2026-10-01T09:00");
        WORLD.fact(order, "receipt.returned", at);
        return order;
    }

    private static BigDecimal hours(String kpi, long order) {
        return WORLD.db.queryForObject(
                "select hours from kpi_item where kpi = ? and subject = ?", BigDecimal.class, kpi, order);
    }

    @Test
    void what_a_terminal_collected_is_accepted_within_two_hours() {
        long onTheSecond = collected("2026-10-12T22:30");
        WORLD.fact(onTheSecond, "parcel.picked-up", "2026-10-12T23:00"); // said twice
        WORLD.fact(onTheSecond, "parcel.accepted", "2026-10-13T00:30");
        WORLD.fact(collected("2026-10-12T22:30"), "parcel.accepted", "2026-10-13T00:30:01");
        collected("2026-10-12T22:30");
        long again = collected("2026-10-12T08:00"); // given back, and collected anew
        WORLD.fact(again, "parcel.accepted", "2026-10-12T08:30");
        WORLD.fact(again, "parcel.acceptance-retracted", "2026-10-12T09:00");
        WORLD.fact(again, "parcel.picked-up", "2026-10-12T22:30");
        WORLD.fact(again, "parcel.accepted", "2026-10-12T23:30");
        WORLD.fact(collected("2026-10-12T22:30"), "order.cancelled", "2026-10-13T00:29:59");
        WORLD.fact(collected("2026-10-12T22:30"), "order.cancelled", "2026-10-13T00:30");
        accepted("2026-10-12T09:00"); // no terminal collected it
        WORLD.now("2026-10-13T00:29:59");
        is("entered-in-time", "0/0 +5 -0");
        WORLD.now("2026-10-13T00:30");
        is("entered-in-time", "2/5 +0 -0");
        assertThat(hours("entered-in-time", again)).isEqualByComparingTo("1");
    }

    private static long collected(String at) {
        long order = WORLD.order();
        WORLD.fact(order, "parcel.picked-up", at);
        return order;
    }

    @Test
    void units_in_towns_have_two_rounds_a_day_and_a_day_without_any_is_missed_after_one_that_had_some() {
        round("U1", "2026-10-12T00:00", "AM", "TOWN");
        round("U1", "2026-10-12T23:59:59", "PM", "TOWN");
        round("U2", "2026-10-12T08:00", "AM", "TOWN");
        round("U2", "2026-10-12T09:00", "AM", "TOWN"); // the same one
        round("U2", "2026-10-13T00:00", "PM", "TOWN"); // too late for the day
        round("U3", "2026-10-12T08:00", "AM", "RURAL");
        String next = "2026-10-13 330109";
        WORLD.now("2026-10-12T23:59:59");
        assertThat(WORLD.counts("two-rounds")).isEqualTo(Map.of(DAY, "0/0 +2 -0", next, "0/0 +1 -0"));
        WORLD.now("2026-10-13T00:00");
        assertThat(WORLD.counts("two-rounds")).isEqualTo(Map.of(DAY, "1/2 +0 -0", next, "0/0 +2 -0"));
        WORLD.now("2026-10-14T00:00");
        assertThat(WORLD.counts("two-rounds"))
                .isEqualTo(Map.of(DAY, "1/2 +0 -0", next, "0/2 +0 -0", "2026-10-14 330109", "0/0 +1 -0"));
        round("U2", "2026-10-14T08:00", "AM", "RURAL"); // has become one of the countryside
        WORLD.now("2026-10-15T00:00");
        assertThat(WORLD.counts("two-rounds")).isEqualTo(Map.of(DAY, "1/2 +0 -0", next, "0/2 +0 -0"));
    }

    private static void round(String unit, String at, String round, String area) {
        String name = "round:" + unit + "-" + at.substring(0, 10);
        long subject = WORLD.db.queryForList("select id from subject where name = ?", Long.class, name).stream()
                .findFirst()
                .orElseGet(() -> WORLD.subject(name));
        WORLD.fact(
                subject,
                "round.opened",
                at,
                "{\"unit\":\"%s\",\"county\":\"330109\",\"round\":\"%s\",\"area\":\"%s\"}"
                        .formatted(unit, round, area));
    }

    @Test
    void units_are_visited_twice_a_month_of_those_that_were_counted_when_it_was_over() {
        long twice = visited("kept", "2026-10-01T00:00", "V1", "2026-10-31T23:59:59", "V2");
        visited("missing", "2026-10-05T09:00", "V3", "2026-10-06T09:00", "V3"); // the same one
        visited("missing", "2026-10-05T09:00", "V4", "2026-11-01T00:00", "V5");
        visited("missing", "2026-09-30T23:59:59", "V6", "2026-10-05T09:00", "V7");
        long later = visited("missing", "2026-10-05T09:00", "V8", "2026-10-06T09:00", "V9"); // entered afterwards
        WORLD.fact(later, "visits.kept", "2026-11-02T09:00", "{\"county\":\"330109\",\"need\":2}");
        visited(null, "2026-10-05T09:00", "V10", "2026-10-06T09:00", "V11"); // its commission ended
        WORLD.now("2026-11-01T12:00");
        assertThat(WORLD.counts("two-visits")).isEqualTo(Map.of("2026-10-31 330109", "2/5 +0 -0"));
        WORLD.fact(
                twice, "visits.missing", "2026-12-01T09:00", "{\"need\":2}"); // its county is that of its credit code
        assertThat(WORLD.counts("two-visits"))
                .isEqualTo(Map.of("2026-10-31 330109", "2/5 +0 -0", "2026-11-30 330106", "0/1 +0 -0"));
    }

    private static long visited(String told, String... visits) {
        long unit = WORLD.subject("client:11330106MB" + visits[1]);
        for (int i = 0; i < visits.length; i += 2) {
            WORLD.fact(unit, "visit.made", visits[i], "{\"visitNo\":\"" + visits[i + 1] + "\"}");
        }
        if (told != null) {
            WORLD.fact(unit, "visits." + told, "2026-11-01T09:00", "{\"county\":\"330109\",\"need\":2}");
        }
        return unit;
    }

    @Test
    void a_contract_price_above_the_reference_counts_once_in_each_month_in_which_it_was() {
        long price = WORLD.subject("tariff:11330109MB0000000X-POSTAGE-CITY");
        String unit = "{\"unit\":\"11330109MB0000000X\"}";
        WORLD.fact(price, "tariff.above-reference", "2026-09-30T23:59:59", unit);
        WORLD.fact(price, "tariff.above-reference", "2026-10-01T00:00", unit);
        WORLD.fact(price, "tariff.above-reference", "2026-10-12T00:00", unit); // another row of it
        long lowered = WORLD.subject("tariff:11330109MB0000000X-PHYSICAL");
        WORLD.fact(lowered, "tariff.above-reference", "2026-10-12T09:00", unit);
        WORLD.fact(lowered, "tariff.lowered", "2026-10-12T10:00");
        WORLD.fact(lowered, "tariff.lowered", "2026-11-01T10:00");
        WORLD.fact(WORLD.subject("tariff:X-POSTAGE"), "tariff.above-reference", "2026-10-12T09:00", "{\"unit\":\"X\"}");
        WORLD.now("2026-11-12T11:00");
        assertThat(WORLD.counts("price-above-reference"))
                .isEqualTo(Map.of(
                        "2026-09-30 330109",
                        "1/1 +0 -0",
                        "2026-10-01 330109",
                        "1/1 +0 -0",
                        DAY,
                        "1/1 +0 -0",
                        "2026-10-12 330000",
                        "1/1 +0 -0"));
    }

    @Test
    void calls_are_counted_where_the_recipient_is() {
        WORLD.fact(receipt(null, null), "callback.done", "2026-10-15T23:59:59");
        WORLD.fact(receipt(null, null), "callback.done", "2026-10-16T00:00");
        WORLD.fact(accepted("2026-10-12T09:00"), "parcel.delivered", "2026-10-15T00:00"); // not one of those drawn from
        long tried = accepted("2026-10-12T09:00");
        WORLD.fact(tried, "parcel.attempt-failed", "2026-10-13T10:00");
        WORLD.fact(tried, "callback.done", "2026-10-14T23:59:59");
        long called = accepted("2026-10-12T09:00");
        WORLD.fact(called, "callback.done", "2026-10-12T10:00"); // before there was a reason
        WORLD.fact(called, "quality.undelivered", "2026-10-14T23:59:59");
        long back = accepted("2026-10-12T09:00");
        WORLD.fact(back, "parcel.attempt-failed", "2026-10-13T10:00");
        WORLD.fact(back, "return.dispatched", "2026-10-14T10:00");
        WORLD.now("2026-10-15T23:59:59");
        String there = "2026-10-12 330110";
        assertThat(WORLD.counts("call-delivered")).isEqualTo(Map.of(there, "0/0 +2 -0"));
        assertThat(WORLD.counts("call-undelivered")).isEqualTo(Map.of(there, "1/1 +1 -0"));
        WORLD.now("2026-10-16T00:00");
        assertThat(WORLD.counts("call-delivered")).isEqualTo(Map.of(there, "1/2 +0 -0"));
        assertThat(WORLD.counts("call-undelivered")).isEqualTo(Map.of(there, "1/2 +0 -0"));
    }

    @Test
    void complaints_are_answered_in_two_hours_and_come_back_within_thirty_days() {
        long first = accepted("2026-10-12T09:00");
        WORLD.fact(first, "complaint.received", "2026-10-12T10:00", "{\"complaintNo\":\"C1\"}");
        WORLD.fact(first, "complaint.handled", "2026-10-12T11:00", "{\"complaintNo\":\"C9\"}");
        WORLD.fact(first, "complaint.handled", "2026-10-12T12:00", "{\"complaintNo\":\"C1\"}");
        WORLD.fact(first, "anomaly.resolved", "2026-10-12T13:00");
        long same = accepted("2026-10-12T09:00"); // of the same phone
        WORLD.fact(same, "complaint.received", "2026-11-11T23:00");
        WORLD.fact(same, "anomaly.resolved", "2026-11-11T23:30");
        WORLD.fact(same, "complaint.received", "2026-12-12T00:00"); // the thirtieth day is over
        long other = WORLD.order("330109", "330110", "P1D", "NONE", 99);
        WORLD.fact(other, "complaint.received", "2026-10-12T10:00");
        WORLD.now("2026-10-12T11:59");
        assertThat(WORLD.counts("complaint-answered").get(DAY)).isEqualTo("0/0 +2 -0");
        WORLD.now("2026-12-30T00:00");
        assertThat(WORLD.counts("complaint-answered").get(DAY)).isEqualTo("1/2 +0 -0");
        assertThat(WORLD.counts("complained-again"))
                .isEqualTo(
                        Map.of(DAY, "0/2 +0 -0", "2026-11-11 330109", "1/1 +0 -0", "2026-12-12 330109", "0/1 +0 -0"));
        is("complained", "1/2 +0 -0");
    }

    @Test
    void levels_are_counted_and_nothing_is_their_denominator() {
        long order = accepted("2026-10-11T09:00");
        for (int level = 3; level > 0; level--) {
            WORLD.fact(order, "anomaly.reached-level-" + level, "2026-10-12T10:00");
        }
        WORLD.now("2026-10-12T11:00");
        for (String level : List.of("level-3", "level-2", "level-1")) {
            is(level, "1/1 +0 -0");
        }
    }

    @Test
    void labels_statuses_and_messages_at_their_doors() {
        long order = accepted("2026-10-11T09:00");
        String at = "2026-10-12T10:00";
        WORLD.now("2026-10-12T10:04");
        WORLD.effect(order, "printer-print-label", "ACCEPTED", at, "2026-10-12T10:01", "{}");
        WORLD.effect(order, "printer-print-label", "DEAD", at, "2026-10-12T10:01", "{}");
        WORLD.effect(order, "printer-print-label", "RETRY", at, "2026-10-12T10:01", "{}");
        WORLD.effect(order, "gov-send-status", "ACCEPTED", at, "2026-10-12T10:05", "{}");
        WORLD.effect(order, "gov-send-status", "ACCEPTED", at, "2026-10-12T10:05:01", "{}");
        WORLD.effect(order, "gov-send-status", "RETRY", at, "2026-10-12T10:01", "{}");
        WORLD.effect(order, "sms-send-notice", "ACCEPTED", at, at, "{\"template\":\"accepted\"}");
        WORLD.effect(order, "sms-send-notice", "ACCEPTED", at, at, "{\"template\":\"delivered\"}");
        WORLD.effect(order, "sms-send-notice", "ACCEPTED", at, at, "{\"template\":\"again\"}");
        WORLD.fact(order, "notice.delivered", "2026-10-12T10:03", "{\"template\":\"accepted\"}");
        WORLD.fact(order, "label.printed", at);
        WORLD.fact(order, "label.printed", "2026-10-12T10:30");
        WORLD.fact(order, "label.reprint-asked", "2026-10-13T09:00");
        is("label-printed", "1/2 +1 -0");
        is("status-in-time", "0/0 +3 -0");
        is("sms-delivered", "0/0 +2 -0");
        is("label-reprinted", "0/0 +1 -0");
        WORLD.now("2026-10-15T10:00");
        // The door settles by the wall clock, which has gone as fast.
        WORLD.db.update("update hub_clock set rate = 1");
        WORLD.db.update("update effect set changed_at = changed_at + (select wall_at - hub_at from hub_clock)");
        is("label-printed", "1/3 +0 -0");
        is("status-in-time", "1/3 +0 -0");
        is("sms-delivered", "1/2 +0 -0");
        is("label-reprinted", "1/1 +0 -0");
    }

    @Test
    void what_is_left_out_is_in_neither_number_until_that_is_withdrawn() {
        long flood = accepted("2026-10-12T09:00");
        WORLD.fact(accepted("2026-10-12T09:00"), "parcel.delivered", "2026-10-13T10:00");
        WORLD.now("2026-11-30T00:00");
        is("delivered-3d", "1/2 +0 -0");
        WORLD.db.update(
                "insert into kpi_exclusion (kpi, subject, reason, who, approver) values ('delivered-3d', ?, '台风停运', 'desk', 'P1')",
                flood);
        is("delivered-3d", "1/1 +0 -1");
        is("delivered-5d", "1/2 +0 -0");
        WORLD.db.update("update kpi_exclusion set withdrawn_at = hub_now()");
        is("delivered-3d", "1/2 +0 -0");
        WORLD.db.update(
                "insert into kpi_exclusion (kpi, subject, reason, who, approver) values ('*', ?, '台风停运', 'desk', 'P1')",
                flood);
        is("delivered-5d", "1/1 +0 -1");
    }

    @Test
    void every_view_and_each_of_its_columns_is_explained() {
        assertThat(WORLD.db.queryForList(
                        """
                        select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                        where c.relkind = 'v' and c.relname like 'kpi%' and (col_description(c.oid, a.attnum) is null or obj_description(c.oid) is null)""",
                        String.class))
                .isEmpty();
    }

    @Test
    void a_frozen_month_stays() {
        WORLD.db.update("insert into kpi_month values ('2026-09-01', hub_now()) on conflict do nothing");
        assertThatThrownBy(() -> WORLD.db.update("delete from kpi_month")).hasStackTraceContaining("stays as it is");
    }
}
