package songda.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.TestPartners.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobKey;
import songda.HubTest;
import songda.clock.HubClock;

/** What people do in the ticketing system comes back, and a matter is closed when all of it is done (R78, R83, R87). */
class TicketTest extends HubTest {

    private String orderNo;

    @BeforeEach
    void a_damaged_item_has_its_ticket() {
        orderNo = walkedTo("13711112222");
        assertThat(says("desk", "parcel.damaged", orderNo, clock.instant()).status())
                .isEqualTo(200);
        awaiting(() -> assertThat(PARTNERS.calls("/ticket/comment", orderNo)).hasSize(1));
    }

    private void look() throws Exception {
        camel.getComponent("quartz", QuartzComponent.class)
                .getScheduler()
                .triggerJob(JobKey.jobKey("ticket-changes", "songda"));
    }

    private Answer done(String step) {
        return says("desk", "remedy." + step, orderNo, clock.instant());
    }

    private List<String> entries(String field) {
        return PARTNERS.calls("/ticket/comment", orderNo).stream()
                .map(c -> c.json().path(field).asText())
                .toList();
    }

    private Answer resolved() {
        return says("desk", "anomaly.resolved", orderNo, clock.instant());
    }

    @Test
    void the_desk_may_not_close_before_the_three_steps_are_done() {
        assertThat(done("apologised").status()).isEqualTo(200);
        refused(resolved(), 422, "invalid-message");
        assertThat(facts(orderNo)).doesNotContain("anomaly.resolved");
        assertThat(effects(orderNo)).noneMatch(e -> e.startsWith("mail-send-result"));
        done("refunded");
        ObjectNode waived = JSON.createObjectNode()
                .put("id", "waived-" + orderNo)
                .put("fact", "remedy.reissued")
                .put("at", HubClock.local(clock.instant()))
                .put("orderNo", orderNo);
        waived.putObject("data").put("waived", "FOUND");
        assertThat(post("desk", EVENTS, waived).status()).isEqualTo(200);
        assertThat(resolved().status()).isEqualTo(200);
        // Only when the authority has the result is the ticket closed (R87).
        awaiting(() -> assertThat(facts(orderNo)).contains("anomaly.resolved", "feedback.given"));
        awaiting(() -> assertThat(entries("Status")).last().isEqualTo("resolved"));
        assertThat(entries("Content")).contains("登门道歉已完成", "邮资已退回", "证照已补办", "处理完毕，结果已反馈办证部门对接人，办结");
        assertThat(PARTNERS.calls("/ticket/create", orderNo)).singleElement().satisfies(c -> {
            assertThat(c.json().path("Owner").asText()).isEqualTo("zj-county-duty");
            assertThat(c.json().path("Due").asText()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        });
    }

    @Test
    void what_its_owner_resolves_too_early_is_opened_again_and_says_what_is_missing() throws Exception {
        done("apologised");
        PARTNERS.person(orderNo + "-anomaly", "Status", "resolved", "hz-gm");
        look();
        awaiting(() -> assertThat(facts(orderNo)).contains("ticket.resolved", "ticket.close-refused"));
        awaiting(() -> assertThat(entries("Content")).contains("还不能办结：退回邮资、证照补办"));
        assertThat(entries("Status")).last().isEqualTo("open");
        assertThat(facts(orderNo)).doesNotContain("anomaly.resolved");

        done("refunded");
        done("reissued");
        PARTNERS.person(orderNo + "-anomaly", "Status", "resolved", "hz-gm");
        look();
        look();
        awaiting(() -> assertThat(facts(orderNo)).contains("anomaly.resolved", "feedback.given"));
        // What is read twice is recorded once.
        assertThat(facts(orderNo).stream().filter("ticket.resolved"::equals)).hasSize(2);
        assertThat(data("anomaly.resolved").path("by").asText()).isEqualTo("hz-gm");
    }

    private JsonNode data(String fact) throws Exception {
        return JSON.readTree(
                db.sql("select data::text from fact where subject = ? and name = ? order by id desc limit 1")
                        .params(id(orderNo), fact)
                        .query(String.class)
                        .single());
    }

    @Test
    void a_ticket_that_is_handed_on_is_known_with_its_new_owner() throws Exception {
        PARTNERS.person(orderNo + "-anomaly", "Owner", "nb-gm", "hz-gm");
        look();
        awaiting(() -> assertThat(facts(orderNo)).contains("ticket.reassigned"));
        assertThat(data("ticket.reassigned").path("owner").asText()).isEqualTo("nb-gm");
        assertThat(data("ticket.reassigned").path("by").asText()).isEqualTo("hz-gm");
    }

    @Test
    void a_ticket_of_no_order_of_ours_is_kept_for_a_person() throws Exception {
        PARTNERS.person("NOBODY" + orderNo + "-anomaly", "Status", "resolved", "hz-gm");
        PARTNERS.person(orderNo + "-anomaly", "Owner", "nb-gm", "hz-gm");
        look();
        awaiting(() -> assertThat(facts(orderNo)).contains("ticket.reassigned"));
        awaiting(() -> assertThat(
                        count(
                                "select count(*) from dead_letter where door = 'ticket-fetch-changes' and reason like 'no order known for ticket.resolved%'"))
                .isPositive());
    }

    @Test
    void a_login_page_is_no_page_of_changes_and_the_next_look_finds_all() throws Exception {
        PARTNERS.person(orderNo + "-anomaly", "Owner", "nb-gm", "hz-gm");
        PARTNERS.script("/ticket/changes", "Songda", say(200, "text/html", "<!DOCTYPE html><title>Login</title>"));
        long letters = count("select count(*) from dead_letter where door = 'ticket-fetch-changes'");
        int looks = PARTNERS.calls("/ticket/changes", "Songda").size();
        look();
        awaiting(() -> assertThat(PARTNERS.calls("/ticket/changes", "Songda")).hasSizeGreaterThan(looks));
        look();
        awaiting(() -> assertThat(facts(orderNo)).contains("ticket.reassigned"));
        assertThat(count("select count(*) from dead_letter where door = 'ticket-fetch-changes'"))
                .isEqualTo(letters);
    }
}
