package songda.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import songda.clock.HubClock;
import songda.deadletter.DeadLetters;

/** One letter, once more. */
class LetterReplayTest extends LetterTest {

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DeadLetters deadLetters;

    @Autowired
    @Qualifier("gov-exchange")
    DataSource exchange;

    @Test
    void a_dry_run_says_what_would_follow_and_does_nothing_and_the_replay_does_it() {
        String orderNo = walked();
        String id = aside(scan(waybill(orderNo), "A01", "2026-11-24 15:21:00"));
        mend("codes.csv", "A01,parcel.in-transit,新的操作码");
        JsonNode dry = replayed(id, true);
        assertThat(dry.path("outcome").asText()).isEqualTo("REPLAYED");
        JsonNode fact = dry.at("/facts/0");
        assertThat(fact.path("fact").asText()).isEqualTo("parcel.in-transit");
        assertThat(fact.path("about").asText()).isEqualTo(orderNo);
        assertThat(fact.path("outcome").asText()).isEqualTo("RECORDED");
        assertThat(fact.at("/effects/0/door").asText()).isEqualTo("gov-send-status");
        assertThat(fact.at("/effects/0/action").asText()).isEqualTo("SEND");
        assertThat(facts(orderNo)).doesNotContain("parcel.in-transit");
        assertThat(letter(id).path("state").asText()).isEqualTo("OPEN");
        assertThat(letter(id).path("attempts").asInt()).isZero();
        assertThat(letter(id).path("changes")).isEmpty();

        assertThat(replayed(id, false).path("outcome").asText()).isEqualTo("REPLAYED");
        assertThat(facts(orderNo)).containsOnlyOnce("parcel.in-transit");
        awaiting(() -> assertThat(effects(orderNo)).noneMatch(e -> e.startsWith("gov-send-status:P")));
        JsonNode after = letter(id);
        assertThat(after.path("state").asText()).isEqualTo("REPLAYED");
        assertThat(after.path("attempts").asInt()).isEqualTo(1);
        assertThat(after.path("changedBy").asText()).isEqualTo("desk");
        assertThat(after.path("changes").findValuesAsText("what")).containsExactly("letter.replay");
        assertThat(after.path("preview").path("opCode").asText()).isEqualTo("A01");
        refused(replay(id, false), 409, "letter-state");
        refused(post("desk", LETTERS + "/" + id + "/drop", WHY), 409, "letter-state");
    }

    @Test
    void what_was_sent_before_is_not_sent_again() {
        String orderNo = walked();
        ObjectNode scan = scan(waybill(orderNo), "A02", "2026-11-24 15:21:00");
        String first = aside(scan);
        String again = aside(scan);
        mend("codes.csv", "A02,parcel.in-transit,新的操作码");
        replayed(first, false);
        awaiting(() -> assertThat(effect(orderNo, "gov-send-status")).startsWith("ACCEPTED"));
        List<String> before = effects(orderNo);
        int calls = PARTNERS.calls("/gov/status", orderNo).size();
        JsonNode fact = replayed(again, true).at("/facts/0");
        assertThat(fact.path("outcome").asText()).isEqualTo("DUPLICATE");
        assertThat(fact.at("/effects/0/state").asText()).isEqualTo("ACCEPTED");
        assertThat(fact.at("/effects/0/action").asText()).isEqualTo("SUPPRESSED");
        assertThat(replayed(again, false).at("/facts/0/outcome").asText()).isEqualTo("DUPLICATE");
        assertThat(letter(again).path("state").asText()).isEqualTo("REPLAYED");
        assertThat(effects(orderNo)).isEqualTo(before);
        assertThat(PARTNERS.calls("/gov/status", orderNo)).hasSize(calls);
    }

    @Test
    void a_letter_that_fails_again_stays_open_under_its_new_reason() {
        String id = aside(scan("9900000000201", "A03", "2026-11-24 15:21:00"));
        String print = print(id);
        assertThat(replayed(id, true).path("outcome").asText()).isEqualTo("FAILED");
        assertThat(letter(id).path("attempts").asInt()).isZero();
        mend("codes.csv", "A03,parcel.in-transit,新的操作码");
        JsonNode failed = replayed(id, false);
        assertThat(failed.path("outcome").asText()).isEqualTo("FAILED");
        assertThat(failed.path("reason").asText()).contains("no order known for parcel.in-transit");
        JsonNode letter = letter(id);
        assertThat(letter.path("state").asText()).isEqualTo("OPEN");
        assertThat(letter.path("attempts").asInt()).isEqualTo(1);
        assertThat(letter.path("place").asText()).isEqualTo("fact:record");
        assertThat(letter.path("fingerprint").asText()).isNotEqualTo(print);
        assertThat(count(
                        "select count(*) from dead_letter where correlation = ?",
                        letter.path("correlation").asText()))
                .isEqualTo(1);
    }

    @Test
    void what_a_contract_refuses_now_stays_open_with_the_field() {
        ObjectNode event = JSON.createObjectNode().put("id", "r-1").put("fact", "no.such-thing");
        long id = deadLetters.keep(new DeadLetters.Letter(
                DeadLetters.Kind.MESSAGE,
                "desk-receive-event",
                "desk",
                "desk",
                "refused-" + newOrderNo(),
                "some reason",
                "mapping:desk/event-to-fact",
                event.toString().getBytes(StandardCharsets.UTF_8)));
        JsonNode failed = replayed(String.valueOf(id), false);
        assertThat(failed.path("outcome").asText()).isEqualTo("FAILED");
        assertThat(failed.path("reason").asText()).contains("/", "breaks its contract");
        assertThat(letter(String.valueOf(id)).path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void an_event_that_came_before_its_order_is_replayed_under_the_id_of_its_sender() {
        String orderNo = newOrderNo();
        Answer early = says("desk", "parcel.accepted", orderNo, clock.instant(), "early-" + orderNo);
        assertThat(early.status()).isEqualTo(202);
        assertThat(post("zjzwfw", ORDERS, order(orderNo)).status()).isEqualTo(201);
        replayed(early.json().path("deadLetter").asText(), false);
        assertThat(facts(orderNo)).containsOnlyOnce("parcel.accepted");
        Answer again = says("desk", "parcel.accepted", orderNo, clock.instant(), "early-" + orderNo);
        assertThat(again.json().path("duplicate").asBoolean()).isTrue();
    }

    /** In the exchange table it says taken: nobody but a person here can go on with it. */
    @Test
    void a_row_of_a_table_is_kept_as_it_came_when_our_mapping_fails_and_replayed_when_it_is_mended() throws Exception {
        String orderNo = newOrderNo();
        ObjectNode row = (ObjectNode) JSON.readTree(
                Path.of("mappings/gov/row-to-order/examples/a-full-row.in.json").toFile());
        row.put("no", "row-" + orderNo).put("ems_ord_no", orderNo).put("sendtime", "2026-11-23 10:00:00");
        Path map = folder.resolve("gov/row-to-order/map.jslt");
        String good = Files.readString(map);
        String id;
        try {
            Files.writeString(map, good.replace(".internal_no", "number(.orgname)"));
            mappings.reload(map);
            JdbcClient.create(exchange)
                    .sql(
                            "insert into inf_apply_wlxx select * from jsonb_populate_record(null::inf_apply_wlxx, ?::jsonb)")
                    .param(row.toString())
                    .update();
            awaiting(() -> assertThat(count(
                            "select count(*) from dead_letter where door = 'gov-fetch-orders' and state = 'OPEN'"))
                    .isOne());
            id = db.sql("select id::text from dead_letter where door = 'gov-fetch-orders'")
                    .query(String.class)
                    .single();
            assertThat(replayed(id, false).path("outcome").asText()).isEqualTo("FAILED");
        } finally {
            Files.writeString(map, good);
            mappings.reload(map);
        }
        awaiting(() -> assertThat(JdbcClient.create(exchange)
                        .sql("select sync_sign from inf_apply_wlxx where ems_ord_no = ?")
                        .param(orderNo)
                        .query(String.class)
                        .single())
                .isEqualTo("1"));
        assertThat(replayed(id, false).at("/facts/0/outcome").asText()).isEqualTo("RECORDED");
        assertThat(count("select count(*) from orders where order_no = ?", orderNo))
                .isOne();
    }

    @Test
    void a_row_of_a_table_that_is_refused_stays_a_letter() throws Exception {
        ObjectNode row =
                (ObjectNode) JSON.readTree(Path.of("mappings/gov/row-to-order/examples/several-things-wrong.in.json")
                        .toFile());
        long id = deadLetters.keep(new DeadLetters.Letter(
                DeadLetters.Kind.MESSAGE,
                "gov-fetch-orders",
                "gov",
                "",
                "row-" + newOrderNo(),
                "some reason",
                "mapping:gov/row-to-order",
                row.toString().getBytes(StandardCharsets.UTF_8)));
        JsonNode failed = replayed(String.valueOf(id), false);
        assertThat(failed.path("outcome").asText()).isEqualTo("FAILED");
        assertThat(failed.path("reason").asText()).contains("/net_type");
    }

    @Test
    void a_row_that_was_mapped_already_is_replayed_as_the_fact_that_it_is() {
        String orderNo = walked();
        ObjectNode fact = JSON.createObjectNode()
                .put("fact", "receipt.returned")
                .put("id", "row-" + orderNo)
                .put("at", HubClock.local(clock.instant()));
        fact.putObject("about").put("orderNo", orderNo);
        long id = deadLetters.keep(new DeadLetters.Letter(
                DeadLetters.Kind.FACT,
                "receipt85-fetch-receipts",
                "receipt85",
                "",
                "page-" + orderNo,
                "no order known",
                "fact:record",
                fact.toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(replayed(String.valueOf(id), false).at("/facts/0/outcome").asText())
                .isEqualTo("RECORDED");
        assertThat(facts(orderNo)).containsOnlyOnce("receipt.returned");
    }

    @Test
    void of_two_replays_at_once_one_wins_and_the_other_is_told_so() {
        String orderNo = walked();
        String id = aside(scan(waybill(orderNo), "A04", "2026-11-24 15:21:00"));
        mend("codes.csv", "A04,parcel.in-transit,新的操作码");
        transaction.executeWithoutResult(status -> {
            db.sql("select id from dead_letter where id = ? for update")
                    .param(Long.parseLong(id))
                    .query(Long.class)
                    .single();
            refused(replay(id, false), 409, "letter-busy");
        });
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Integer> answers = IntStream.range(0, 8)
                    .mapToObj(n -> CompletableFuture.supplyAsync(
                            () -> replay(id, false).status(), many))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .sorted()
                    .toList();
            assertThat(answers).containsExactly(200, 409, 409, 409, 409, 409, 409, 409);
        } finally {
            many.shutdownNow();
        }
        assertThat(facts(orderNo)).containsOnlyOnce("parcel.in-transit");
    }

    @Test
    void a_letter_about_an_order_that_was_purged_sends_nothing_and_is_dropped() {
        String orderNo = walked();
        String id = aside(scan(waybill(orderNo), "A05", "2026-11-24 15:21:00"));
        mend("codes.csv", "A05,parcel.in-transit,新的操作码");
        long purged = id(orderNo);
        for (String table : List.of("effect", "deadline", "fact")) {
            db.sql("delete from " + table + " where subject = ?").param(purged).update();
        }
        db.sql("delete from orders where id = ?").param(purged).update();
        JsonNode failed = replayed(id, false);
        assertThat(failed.path("outcome").asText()).isEqualTo("FAILED");
        assertThat(failed.path("reason").asText()).contains("no order known for parcel.in-transit");
        assertThat(failed.path("facts")).isEmpty();
        assertThat(count("select count(*) from effect where subject = ?", purged))
                .isZero();
        assertThat(post("desk", LETTERS + "/" + id + "/drop", WHY).status()).isEqualTo(200);
        assertThat(letter(id).path("state").asText()).isEqualTo("DROPPED");
        assertThat(letter(id).path("changes").findValuesAsText("what")).containsExactly("letter.replay", "letter.drop");
        refused(replay(id, false), 409, "letter-state");
    }

    @Test
    void what_the_ledger_refuses_leaves_nothing_but_the_attempt() {
        String orderNo = walked();
        String id = aside(scan(waybill(orderNo), "A06", "2026-11-24 15:21:00"));
        // In the catalogue, but the post may not say it.
        mend("codes.csv", "A06,receipt.overdue,新的操作码");
        JsonNode failed = replayed(id, false);
        assertThat(failed.path("outcome").asText()).isEqualTo("FAILED");
        assertThat(failed.path("reason").asText()).contains("/fact");
        assertThat(facts(orderNo)).doesNotContain("receipt.overdue");
        assertThat(letter(id).path("state").asText()).isEqualTo("OPEN");
    }
}
