package songda.receipt85;

import static org.assertj.core.api.Assertions.assertThat;
import static songda.Receipts85.page;
import static songda.Receipts85.xml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import songda.Daytime;
import songda.HubTest;
import songda.TestPartners;
import songda.clock.HubClock;
import songda.fact.FactIntake;

/** Patrols of the 85 system, one an hour, on a clock that stands still. */
abstract class Patrolling extends HubTest {

    static final String QUERY = "/receipt85/queryReceipt";
    private static Instant last =
            OffsetDateTime.parse("2026-05-04T08:00:00+08:00").toInstant();

    @Autowired
    FactIntake intake;

    Instant now;

    /** Each patrol asks up to an instant of its own, and by that its script is found. */
    @BeforeEach
    void nextHour() {
        alone();
        nextTurn();
    }

    void nextTurn() {
        last = last.plus(Duration.ofHours(1));
        now = last;
        clock.set(now, 0);
        db.sql("delete from coverage where system = 'receipt85'").update();
    }

    @AfterEach
    void today() {
        clock.set(Daytime.today(), 1);
    }

    String local(Instant at) {
        return HubClock.local(at).substring(0, 19).replace('T', ' ');
    }

    void patrol(TestPartners.Answer... answers) {
        PARTNERS.script(QUERY, local(now), answers);
        ObjectNode due = JSON.createObjectNode();
        due.put("fact", "patrol.due").put("id", "test/" + now).put("at", HubClock.local(now));
        due.putObject("about").put("subject", "system:receipt85");
        due.putObject("data").put("page", 1);
        intake.record(
                due, new FactIntake.Origin(Optional.empty(), "receipt85", "test", Optional.empty(), "receipt85-test"));
    }

    /** {@code STATE attempt reason} of this patrol's first page. */
    String asked() {
        return db.sql(
                        """
                        select e.state || ' ' || e.attempt || coalesce(' ' || e.reason, '') from effect e
                        join fact f on f.subject = e.subject and f.id = e.fact_id
                        where e.door = 'receipt85-fetch-receipts' and f.source_id = ?""")
                .param("test/" + now)
                .query(String.class)
                .single();
    }

    boolean covered() {
        return count("select count(*) from coverage where system = 'receipt85' and covered_until = hub_now()") == 1;
    }

    void taken(int attempts) {
        awaiting(() -> assertThat(asked()).startsWith("ACCEPTED " + attempts));
        awaiting(() -> assertThat(covered()).isTrue());
    }

    /** This node has a session. */
    void loggedIn() {
        patrol(xml(200, page(0, 1)));
        taken(1);
        nextTurn();
    }

    String walkedTo(String name, boolean inPerson) {
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo).put("inPerson", inPerson);
        ((ObjectNode) order.path("recipient")).put("name", name);
        assertThat(post("zjzwfw", ORDERS, order).status()).isEqualTo(201);
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        assertThat(says("desk", "parcel.accepted", orderNo, now.minusSeconds(7200))
                        .status())
                .isEqualTo(200);
        assertThat(says("desk", "parcel.delivered", orderNo, now.minusSeconds(3600))
                        .status())
                .isEqualTo(200);
        return orderNo;
    }

    List<String> data(String orderNo, String fact) {
        return db.sql("select data::text from fact where subject = ? and name = ? order by id")
                .params(id(orderNo), fact)
                .query(String.class)
                .list();
    }
}
