package songda.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;
import songda.clock.HubClock;

class DeadlineDeskTest extends HubTest {

    private static final String DEADLINES = "/api/v1/deadlines";
    private static final String WHY = "{\"reason\":\"等当地回复\"}";

    @Autowired
    private LadderVersions versions;

    @Autowired
    private Ladders ladders;

    /** One rung of a ladder that an order climbs, due in a day. @return its id for the desk */
    private String opened(String orderNo, String ladder, String rung, String version, Instant from, Instant due) {
        return db.sql(
                        """
                        insert into deadline (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at)
                        values (?, nextval('songda_id'), ?, ?, ?, 0, ?, ?, 'chase.reminder-due', 0, hub_now())
                        returning subject || '-' || id""")
                .params(id(orderNo), ladder, rung, version, java.sql.Timestamp.from(from), java.sql.Timestamp.from(due))
                .query(String.class)
                .single();
    }

    private String opened(String orderNo) {
        return opened(
                orderNo,
                "chase",
                "reminder-1",
                ladders.get("chase").version(),
                clock.instant(),
                clock.instant().plus(Duration.ofDays(1)));
    }

    private JsonNode change(String id, String change, String body) {
        Answer answer = post("desk", DEADLINES + "/" + id + "/" + change, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void a_paused_deadline_does_not_fire_until_it_is_resumed() {
        String orderNo = walked();
        String id = opened(orderNo);
        assertThat(change(id, "pause", WHY).path("state").asText()).isEqualTo("PAUSED");
        change(id, "bring-forward", WHY);
        String witness = walked();
        change(opened(witness), "bring-forward", WHY);
        awaiting(() -> assertThat(facts(witness)).contains("chase.reminder-due"));
        assertThat(facts(orderNo)).doesNotContain("chase.reminder-due");
        change(id, "resume", WHY);
        awaiting(() -> assertThat(facts(orderNo)).contains("chase.reminder-due"));
        assertThat(get("desk", DEADLINES + "/" + id).json().path("changes").findValuesAsText("what"))
                .containsExactly("deadline.pause", "deadline.bring-forward", "deadline.resume");
        refused(post("desk", DEADLINES + "/" + id + "/pause", WHY), 409, "deadline-state");
    }

    @Test
    void each_text_of_a_ladder_that_is_in_force_is_kept() {
        assertThat(versions.all())
                .containsEntry(
                        new LadderVersions.Key("receipt", ladders.get("receipt").version(), "overdue"),
                        ladders.get("receipt").rung("overdue"));
    }

    @Test
    void a_cancelled_deadline_is_settled_with_its_reason() {
        String orderNo = walked();
        String id = opened(orderNo);
        assertThat(change(id, "cancel", WHY).path("state").asText()).isEqualTo("CANCELLED");
        Answer page = get("desk", DEADLINES + "?state=CANCELLED&orderNo=" + orderNo);
        assertThat(page.json().path("deadlines").findValuesAsText("id")).containsExactly(id);
        assertThat(count("select count(*) from audit where subject = ? and reason = '等当地回复'", id(orderNo)))
                .isEqualTo(1);
    }

    @Test
    void only_the_desk_may_and_only_with_a_reason() {
        String id = opened(walked());
        refused(post("zjzwfw", DEADLINES + "/" + id + "/cancel", WHY), 403, "desk-only");
        refused(get("ems", DEADLINES), 403, "desk-only");
        assertThat(post("desk", DEADLINES + "/" + id + "/cancel", "{}").status())
                .isEqualTo(422);
        assertThat(post("desk", DEADLINES + "/" + id + "/cancel", "{\"reason\":\"打给 13812345678\"}")
                        .status())
                .isEqualTo(422);
        assertThat(get("desk", DEADLINES + "/" + id).json().path("state").asText())
                .isEqualTo("OPEN");
    }

    @Test
    void what_was_opened_by_an_older_text_moves_when_the_desk_says_so_and_not_before() {
        String orderNo = walked();
        Instant from = clock.instant();
        String id = opened(orderNo, "chase", "reminder-1", "older", from, from.plus(Duration.ofDays(40)));
        String gone = opened(orderNo, "chase", "reminder-9", "older", from, from.plus(Duration.ofDays(40)));
        String set = opened(orderNo, "chase", "reminder-2", "older", from, from.plus(Duration.ofDays(40)));
        change(
                set,
                "bring-forward",
                "{\"reason\":\"提前到三十天\",\"at\":\"" + HubClock.local(from.plus(Duration.ofDays(30))) + "\"}");
        String body = "{\"ladder\":\"chase\",\"reason\":\"催办间隔已改\",\"dryRun\":%s}";
        JsonNode dry =
                post("desk", DEADLINES + "/migrate", body.formatted("true")).json();
        assertThat(List.of(
                        dry.path("seen").asInt(),
                        dry.path("moved").asInt(),
                        dry.path("left").asInt()))
                .containsExactly(3, 1, 2);
        assertThat(version(id)).isEqualTo("older");
        JsonNode done =
                post("desk", DEADLINES + "/migrate", body.formatted("false")).json();
        assertThat(done.path("moved").asInt()).isEqualTo(1);
        assertThat(version(id)).isEqualTo(ladders.get("chase").version());
        assertThat(version(gone)).isEqualTo("older");
        assertThat(get("desk", DEADLINES + "/" + id).json().path("due").asText())
                .isEqualTo(HubClock.local(LocalDate.ofInstant(from, HubClock.ZONE)
                        .plusDays(2)
                        .atStartOfDay(HubClock.ZONE)
                        .minusSeconds(1)
                        .toInstant()));
        change(gone, "cancel", WHY);
        change(set, "cancel", WHY);
    }

    private String version(String id) {
        return get("desk", DEADLINES + "/" + id).json().path("version").asText();
    }

    @Test
    void another_calendar_moves_what_it_counted_and_nothing_else() {
        versions.keep(ladders);
        String orderNo = walked();
        Instant from =
                ZonedDateTime.of(2026, 11, 23, 10, 0, 0, 0, HubClock.ZONE).toInstant();
        Instant wrong = from.plus(Duration.ofDays(400));
        String counted =
                opened(orderNo, "attempts", "missed", ladders.get("attempts").version(), from, wrong);
        String other =
                opened(orderNo, "chase", "reminder-1", ladders.get("chase").version(), from, wrong);
        db.sql("update calendar_used set version = 'former'").update();
        JsonNode read = post("desk", "/api/v1/calendar/reload", "{\"reason\":\"放假安排已公布\"}")
                .json();
        assertThat(read.path("changed").asBoolean()).isTrue();
        assertThat(due(counted)).isEqualTo("2026-11-30T23:59:59+08:00");
        assertThat(due(other)).isEqualTo(HubClock.local(wrong));
        assertThat(
                        count(
                                "select count(*) from audit where what = 'calendar.recount' and detail ->> 'before' = 'former'"))
                .isEqualTo(1);
        post("desk", "/api/v1/calendar/reload", "{\"reason\":\"再读一次看看\"}");
        assertThat(count("select count(*) from audit where what = 'calendar.recount' and reason = '再读一次看看'"))
                .isZero();
        change(counted, "cancel", WHY);
        change(other, "cancel", WHY);
    }

    /** A bag keeps where it lies and when it is to leave: both count again, as they did when the deadline was opened (R31, R32). */
    @Test
    void what_a_bag_waits_for_is_counted_again_by_what_the_bag_keeps() {
        versions.keep(ladders);
        ZonedDateTime day = clock.instant()
                .atZone(HubClock.ZONE)
                .plusDays(2)
                .withHour(15)
                .withMinute(0)
                .withSecond(0)
                .withNano(0);
        String planned = HubClock.local(day.plusMinutes(90).toInstant());
        long bag = db.sql(
                        """
                        insert into subject (id, name, detail) values (nextval('songda_id'), 'bag:B-AGAIN',
                        jsonb_build_object('county', '330110', 'planned', ?)) returning id""")
                .param(planned)
                .query(Long.class)
                .single();
        String opening =
                waiting(bag, "opening", "overdue", ladders.get("opening").version(), day.toInstant());
        String dispatch = waiting(bag, "dispatch", "missed", "older", day.toInstant());
        db.sql("update calendar_used set version = 'former'").update();
        post("desk", "/api/v1/calendar/reload", "{\"reason\":\"频次表已改\"}");
        assertThat(due(opening)).isEqualTo(HubClock.local(day.withHour(19).toInstant()));
        post("desk", DEADLINES + "/migrate", "{\"ladder\":\"dispatch\",\"reason\":\"邮路时限已改\",\"dryRun\":false}");
        assertThat(due(dispatch)).isEqualTo(planned);
        change(opening, "cancel", WHY);
        change(dispatch, "cancel", WHY);
    }

    private String waiting(long subject, String ladder, String rung, String version, Instant from) {
        return db.sql(
                        """
                        insert into deadline (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at, named)
                        values (?, nextval('songda_id'), ?, ?, ?, 0, ?, ?, 'bag.unopened', 0, hub_now(), true)
                        returning subject || '-' || id""")
                .params(
                        subject,
                        ladder,
                        rung,
                        version,
                        java.sql.Timestamp.from(from),
                        java.sql.Timestamp.from(from.plus(Duration.ofDays(400))))
                .query(String.class)
                .single();
    }

    @Test
    void ladders_are_read_again_with_an_audit_line_and_only_by_the_desk() {
        refused(post("zjzwfw", "/api/v1/ladders/reload", "{\"reason\":\"想试一试\"}"), 403, "desk-only");
        JsonNode read =
                post("desk", "/api/v1/ladders/reload", "{\"reason\":\"合同已改\"}").json();
        assertThat(read.path("changed")).isEmpty();
        assertThat(read.path("ladders").asInt()).isEqualTo(ladders.names().size());
        assertThat(count("select count(*) from audit where what = 'ladders.reload' and reason = '合同已改'"))
                .isEqualTo(1);
    }

    private String due(String id) {
        return get("desk", DEADLINES + "/" + id).json().path("due").asText();
    }
}
