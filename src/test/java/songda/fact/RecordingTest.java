package songda.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;
import songda.TestFacts;
import songda.clock.HubClock;
import songda.signature.Caller;
import songda.signature.TestSigner;

/** All of a recording or nothing. */
class RecordingTest extends HubTest {

    @Autowired
    Ledger ledger;

    private interface Body {
        void run() throws Exception;
    }

    /** A step that throws on data {@code reasonCode: yes}, while {@code body} runs. */
    private void withPoison(Body body) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("fact:parcel.in-transit")
                        .routeId("test-on-in-transit")
                        .group("flow")
                        .filter(header("data.reasonCode").isEqualTo("yes"))
                        .throwException(new IllegalStateException("poisoned by 13812345678"));
            }
        });
        try {
            body.run();
        } finally {
            camel.getRouteController().stopRoute("test-on-in-transit");
            camel.removeRoute("test-on-in-transit");
        }
    }

    private byte[] inTransit(String orderNo, String id, String poison) {
        ObjectNode event = JSON.createObjectNode();
        event.put("id", id)
                .put("fact", "parcel.in-transit")
                .put("at", HubClock.local(clock.instant()))
                .put("orderNo", orderNo)
                .putObject("data")
                .put("reasonCode", poison);
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_step_that_throws_rolls_all_back_and_reaches_the_caller_who_may_send_it_again() throws Exception {
        String orderNo = walked();
        byte[] body = inTransit(orderNo, "p-" + orderNo, "yes");
        TestSigner once = signer("desk");
        List<String> before = effects(orderNo);
        withPoison(() -> refused(post(once, EVENTS, body, Map.of()), 500, "internal"));
        assertThat(facts(orderNo)).doesNotContain("parcel.in-transit");
        assertThat(effects(orderNo)).hasSameSizeAs(before);
        assertThat(db.sql("select stage from orders where id = ?")
                        .param(id(orderNo))
                        .query(String.class)
                        .single())
                .isEqualTo("LABELLED");
        assertThat(post(once, EVENTS, body, Map.of()).status()).isEqualTo(200);
        assertThat(facts(orderNo)).contains("parcel.in-transit");
    }

    @Test
    void one_poisoned_submission_among_64_harms_no_other() throws Exception {
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            orders.add(ordered());
        }
        List<Callable<Integer>> posts = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String orderNo = orders.get(i % 8);
            byte[] body = inTransit(orderNo, "of64-" + orderNo + "-" + i, i == 37 ? "yes" : "no");
            posts.add(() -> post(signer("desk"), EVENTS, body, Map.of()).status());
        }
        ExecutorService clients = Executors.newFixedThreadPool(64);
        withPoison(() -> {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : clients.invokeAll(posts)) {
                statuses.add(status.get());
            }
            assertThat(statuses.get(37)).isEqualTo(500);
            statuses.remove(37);
            assertThat(statuses).containsOnly(200);
        });
        clients.shutdown();
        assertThat(count("select count(*) from fact where source_id like 'desk/of64-%'"))
                .isEqualTo(63);
    }

    @Test
    void a_fact_that_nobody_waits_for_and_that_is_not_silent_is_an_error() throws Exception {
        String orderNo = walked();
        camel.getRouteController().stopRoute("pickup-on-label-printed");
        try {
            refused(says("desk", "label.printed", orderNo, clock.instant(), "again-" + orderNo), 500, "internal");
        } finally {
            camel.getRouteController().startRoute("pickup-on-label-printed");
        }
        assertThat(facts(orderNo)).containsOnlyOnce("label.printed");
        assertThat(says("desk", "label.printed", orderNo, clock.instant(), "again-" + orderNo)
                        .status())
                .isEqualTo(200);
    }

    private static Submission submission(Caller caller, NewFact... facts) {
        return new Submission(List.of(facts), Optional.ofNullable(caller), Optional.empty(), "test", Optional.empty());
    }

    private NewFact fact(String name, String orderNo, Instant at, String id) {
        return new NewFact(
                name, "desk", id + orderNo, at, new NewFact.ByOrderNo(orderNo), TestFacts.of(name), Optional.empty());
    }

    @Test
    void facts_of_one_batch_about_one_order_follow_each_other() {
        String orderNo = walked();
        Instant now = clock.instant();
        ledger.record(List.of(
                submission(null, fact("parcel.delivered", orderNo, now.plusSeconds(10), "a")),
                submission(null, fact("receipt.wrong", orderNo, now.plusSeconds(20), "b")),
                submission(null, fact("receipt.returned", orderNo, now.plusSeconds(30), "c"))));
        assertThat(db.sql("select stage || ' ' || receipt_stage from orders where id = ?")
                        .param(id(orderNo))
                        .query(String.class)
                        .single())
                .isEqualTo("DELIVERED RETURNED");
        assertThat(db.sql("select distinct ladder || ':' || state from deadline_done where subject = ?")
                        .param(id(orderNo))
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("receipt:CLOSED", "chase:CLOSED", "anomaly-receipt:CLOSED");
        // The third saw that the second had been there: the chase is closed again.
        assertThat(count("select count(*) from effect where subject = ? and door like 'inquiry%'", id(orderNo)))
                .isEqualTo(2);
    }

    @Test
    void a_nonce_that_stands_twice_in_one_batch_counts_once() {
        String orderNo = ordered();
        Caller caller = new Caller("desk", "desk", "desk", "nonce-of-" + orderNo, Instant.now());
        var outcomes = ledger.record(List.of(
                submission(caller, fact("parcel.accepted", orderNo, clock.instant(), "n1")),
                submission(caller, fact("parcel.arrived", orderNo, clock.instant(), "n2"))));
        assertThat(outcomes.get(0).get(0)).isInstanceOf(Outcome.Recorded.class);
        assertThat(outcomes.get(1).get(0)).isInstanceOf(Outcome.Replayed.class);
        assertThat(facts(orderNo)).contains("parcel.accepted").doesNotContain("parcel.arrived");
    }

    @Test
    void the_same_fact_twice_in_one_batch_is_recorded_once() {
        String orderNo = ordered();
        NewFact fact = fact("parcel.accepted", orderNo, clock.instant(), "twice");
        var outcomes = ledger.record(List.of(submission(null, fact), submission(null, fact)));
        assertThat(outcomes.get(0).get(0)).isInstanceOf(Outcome.Recorded.class);
        assertThat(outcomes.get(1).get(0)).isInstanceOf(Outcome.SeenBefore.class);
    }

    @Test
    void one_bad_batch_writes_nothing_at_all() {
        String orderNo = ordered();
        NewFact fine = fact("parcel.accepted", orderNo, clock.instant(), "fine");
        NewFact nameless = fact("no.such-fact", orderNo, clock.instant(), "bad");
        assertThatThrownBy(() -> ledger.record(List.of(submission(null, fine), submission(null, nameless))))
                .hasMessageContaining("routes/facts.yaml");
        assertThat(facts(orderNo)).doesNotContain("parcel.accepted");
    }
}
