package songda.door;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.TestPartners.lost;
import static songda.TestPartners.say;
import static songda.TestPartners.vanished;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import songda.HubTest;

/** What a partner may or may not have is asked for before it is sent again. The wait is seen in the row, and cut short. */
class LostAnswersTest extends HubTest {

    private static final String SMS = "sms-send-notice";
    private static final String POST = "postal-send-order";
    private static final String TICKET = "ticket-send-entry";
    private static final String CASE = "inquiry-send-case";

    private void accepted(String orderNo) {
        assertThat(says("desk", "parcel.accepted", orderNo, clock.instant()).status())
                .isEqualTo(200);
    }

    /** Seconds until the next question, how often the partner said no, the last attempt. */
    private Map<String, Object> question(String orderNo, String door) {
        return db.sql(
                        """
                        select state, attempt, asked, round(extract(epoch from next_attempt_at - clock_timestamp())) as wait
                        from effect where subject = ? and door = ? order by id desc limit 1""")
                .params(id(orderNo), door)
                .query()
                .singleRow();
    }

    private void unknown(String orderNo, String door, int asked, int least, int most) {
        awaiting(() -> assertThat(question(orderNo, door)).satisfies(q -> {
            assertThat(q.get("state")).isEqualTo("UNKNOWN");
            assertThat(((Number) q.get("asked")).intValue()).isEqualTo(asked);
            assertThat(((Number) q.get("wait")).intValue()).isBetween(least, most);
        }));
    }

    /** Time passes: the partner is asked now. */
    private void later(String orderNo, String door) {
        db.sql("update effect set next_attempt_at = now() where subject = ? and door = ? and state = 'UNKNOWN'")
                .params(id(orderNo), door)
                .update();
    }

    private long sms(String orderNo) {
        return PARTNERS.calls("/sms/SendSms", waybill(orderNo)).size();
    }

    @Test
    void an_sms_that_arrived_is_accepted_when_the_gateway_has_been_asked() {
        String orderNo = walked();
        PARTNERS.script("/sms/SendSms", waybill(orderNo), lost());
        accepted(orderNo);
        unknown(orderNo, SMS, 0, 20, 40);
        later(orderNo, SMS);
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("ACCEPTED 1"));
        assertThat(sms(orderNo)).isEqualTo(1);
    }

    @Test
    void an_sms_that_is_not_there_twice_is_sent_once_more_under_the_same_number() {
        String orderNo = walked();
        PARTNERS.script("/sms/SendSms", waybill(orderNo), vanished());
        accepted(orderNo);
        unknown(orderNo, SMS, 0, 20, 40);
        later(orderNo, SMS);
        unknown(orderNo, SMS, 1, 280, 300);
        assertThat(sms(orderNo)).isZero();
        later(orderNo, SMS);
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("ACCEPTED 2"));
        assertThat(PARTNERS.calls("/sms/SendSms", waybill(orderNo)))
                .singleElement()
                .satisfies(c -> assertThat(c.json().path("OutId").asText())
                        .isEqualTo(id(orderNo) + "-"
                                + count("select id from effect where subject = ? and door = ?", id(orderNo), SMS)
                                + "/accepted"));
    }

    @Test
    void a_gateway_that_does_not_know_is_asked_again_and_nothing_is_sent() {
        String phone = "13800000017";
        String orderNo = walkedTo(phone);
        PARTNERS.script("/sms/SendSms", waybill(orderNo), lost());
        accepted(orderNo);
        unknown(orderNo, SMS, 0, 20, 40);
        PARTNERS.script(
                "/sms/QuerySendDetails",
                phone,
                say(503, "{}"),
                say(200, "<html>"),
                lost(),
                say(200, "{\"Code\":\"X\"}"));
        for (int i = 0; i < 4; i++) {
            int asked = i + 1;
            later(orderNo, SMS);
            awaiting(() ->
                    assertThat(PARTNERS.calls("/sms/QuerySendDetails", phone)).hasSize(asked));
            unknown(orderNo, SMS, 0, 20, 40);
        }
        later(orderNo, SMS);
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("ACCEPTED 1"));
        assertThat(sms(orderNo)).isEqualTo(1);
    }

    @Test
    void an_order_that_the_post_has_gets_its_number_without_being_placed_again() {
        String orderNo = newOrderNo();
        PARTNERS.script("/postal/020003", orderNo, lost());
        assertThat(post("zjzwfw", ORDERS, order(orderNo)).status()).isEqualTo(201);
        unknown(orderNo, POST, 0, 20, 40);
        later(orderNo, POST);
        awaiting(() -> assertThat(facts(orderNo)).contains("waybill.assigned", "pickup.requested"));
        assertThat(effect(orderNo, POST)).startsWith("ACCEPTED 1");
        assertThat(PARTNERS.calls("/postal/020003", orderNo)).hasSize(1);
        assertThat(PARTNERS.calls("/postal/020009", orderNo)).hasSize(1);
    }

    @Test
    void an_order_that_the_post_never_had_is_placed_again() {
        String orderNo = newOrderNo();
        PARTNERS.script("/postal/020003", orderNo, vanished());
        assertThat(post("zjzwfw", ORDERS, order(orderNo)).status()).isEqualTo(201);
        unknown(orderNo, POST, 0, 20, 40);
        later(orderNo, POST);
        unknown(orderNo, POST, 1, 280, 300);
        later(orderNo, POST);
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        assertThat(effect(orderNo, POST)).startsWith("ACCEPTED 2");
    }

    @Test
    void a_ticket_that_was_opened_is_not_opened_again() {
        String orderNo = walked();
        PARTNERS.script("/ticket/create", orderNo, lost());
        opened(orderNo);
        unknown(orderNo, TICKET, 0, 20, 40);
        later(orderNo, TICKET);
        unknown(orderNo, TICKET, 1, 280, 300);
        later(orderNo, TICKET);
        awaiting(() -> assertThat(effect(orderNo, TICKET)).startsWith("ACCEPTED 2"));
        assertThat(PARTNERS.calls("/ticket/create", orderNo)).hasSize(1);
        assertThat(PARTNERS.calls("/ticket/comment", orderNo)).hasSize(1);
    }

    @Test
    void an_entry_of_a_ticket_that_was_written_is_not_written_again() {
        String orderNo = walked();
        PARTNERS.script("/ticket/comment", orderNo, lost());
        opened(orderNo);
        unknown(orderNo, TICKET, 0, 20, 40);
        later(orderNo, TICKET);
        awaiting(() -> assertThat(effect(orderNo, TICKET)).startsWith("ACCEPTED 1"));
        assertThat(PARTNERS.calls("/ticket/comment", orderNo)).hasSize(1);
    }

    @Test
    void a_login_page_instead_of_an_answer_loses_nothing() {
        String orderNo = walked();
        String login = "<!DOCTYPE html><html><title>Login</title></html>";
        PARTNERS.script("/ticket/search", orderNo, say(200, "text/html", login), say(200, "text/html", login));
        PARTNERS.script("/ticket/comment", orderNo, say(200, "text/html", login));
        opened(orderNo);
        // A question may be asked again at once; what was written and not answered is asked for first.
        unknown(orderNo, TICKET, 0, 20, 40);
        PARTNERS.script("/ticket/lost", entry(orderNo), say(200, "text/html", login));
        later(orderNo, TICKET);
        awaiting(
                () -> assertThat(PARTNERS.calls("/ticket/lost", entry(orderNo))).hasSize(1));
        unknown(orderNo, TICKET, 0, 20, 40);
        later(orderNo, TICKET);
        unknown(orderNo, TICKET, 1, 280, 300);
        later(orderNo, TICKET);
        awaiting(() -> assertThat(effect(orderNo, TICKET)).startsWith("ACCEPTED 4"));
        assertThat(PARTNERS.calls("/ticket/create", orderNo)).hasSize(1);
    }

    private void opened(String orderNo) {
        db.sql(
                        """
                        insert into effect (subject, id, fact_id, door, addressee, args, planned_at)
                        select subject, nextval('songda_id'), id, ?, 'contact:hz-gm', '{"action": "open", "kind": "COMPLAINT", "task": "anomaly"}', now()
                        from fact where subject = ? and name = 'waybill.assigned'""")
                .params(TICKET, id(orderNo))
                .update();
    }

    private String entry(String orderNo) {
        return String.valueOf(count("select id from effect where subject = ? and door = ?", id(orderNo), TICKET));
    }

    @Test
    void a_case_that_was_opened_is_known_with_its_number() {
        String orderNo = walked();
        PARTNERS.script("/inquiry/chases", waybill(orderNo), lost());
        assertThat(says("desk", "parcel.delivered", orderNo, clock.instant()).status())
                .isEqualTo(200);
        assertThat(says("desk", "receipt.wrong", orderNo, clock.instant()).status())
                .isEqualTo(200);
        unknown(orderNo, CASE, 0, 20, 40);
        later(orderNo, CASE);
        awaiting(() -> assertThat(facts(orderNo)).contains("chase.opened"));
        awaiting(() -> assertThat(effect(orderNo, CASE)).startsWith("ACCEPTED 1"));
    }

    @Test
    void a_letter_and_a_label_are_for_a_person_at_once() {
        String orderNo = walked();
        for (String door : List.of("mail-send-result", "printer-print-label")) {
            db.sql(
                            """
                            insert into effect (subject, id, fact_id, door, addressee, args, state, attempt, planned_at, changed_at)
                            select subject, nextval('songda_id'), id, ?, 'x', '{}', 'SENDING', 1, now(), now() - interval '2 minutes'
                            from fact where subject = ? and name = 'waybill.assigned'""")
                    .params(door, id(orderNo))
                    .update();
            awaiting(() -> assertThat(question(orderNo, door))
                    .containsEntry("state", "UNKNOWN")
                    .containsEntry("wait", null));
        }
    }

    @Test
    void what_a_killed_node_was_sending_is_asked_for_too() {
        String orderNo = walked();
        db.sql(
                        """
                        insert into effect (subject, id, fact_id, door, addressee, args, state, attempt, planned_at, sent_at, changed_at)
                        select subject, nextval('songda_id'), id, ?, '', '{"template": "accepted"}', 'SENDING', 1, now(),
                          now() - interval '2 minutes', now() - interval '2 minutes'
                        from fact where subject = ? and name = 'waybill.assigned'""")
                .params(SMS, id(orderNo))
                .update();
        unknown(orderNo, SMS, 0, 20, 40);
        later(orderNo, SMS);
        unknown(orderNo, SMS, 1, 280, 300);
        later(orderNo, SMS);
        awaiting(() -> assertThat(effect(orderNo, SMS)).startsWith("ACCEPTED 2"));
        assertThat(sms(orderNo)).isEqualTo(1);
    }
}
