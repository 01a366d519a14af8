package songda.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import songda.HubTest;

/** One order number, posted in every way that a backend may think of. */
class PostOrderTest extends HubTest {

    @Test
    void a_new_order_is_taken_and_the_same_again_is_known() {
        String orderNo = newOrderNo();
        Answer first = post("zjzwfw", ORDERS, order(orderNo));
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("orderNo").asText()).isEqualTo(orderNo);
        assertThat(first.json().path("duplicate").asBoolean()).isFalse();
        Answer again = post("zjzwfw", ORDERS, order(orderNo));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("orderNo").asText()).isEqualTo(orderNo);
        assertThat(again.json().path("duplicate").asBoolean()).isTrue();
        oneOrder(orderNo);
    }

    @Test
    void the_same_fields_in_another_order_are_the_same_order() {
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo);
        assertThat(post("zjzwfw", ORDERS, order).status()).isEqualTo(201);
        ObjectNode turned = JSON.createObjectNode();
        List<Map.Entry<String, com.fasterxml.jackson.databind.JsonNode>> fields = new ArrayList<>(order.properties());
        for (int i = fields.size() - 1; i >= 0; i--) {
            turned.set(fields.get(i).getKey(), fields.get(i).getValue());
        }
        Answer again = post("zjzwfw", ORDERS, turned.toPrettyString());
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().path("duplicate").asBoolean()).isTrue();
        oneOrder(orderNo);
    }

    @Test
    void another_body_under_the_same_number_is_a_conflict_whatever_field_differs() {
        String orderNo = newOrderNo();
        assertThat(post("zjzwfw", ORDERS, order(orderNo)).status()).isEqualTo(201);
        List<ObjectNode> others = new ArrayList<>();
        others.add(order(orderNo).put("payer", "SENDER"));
        others.add(order(orderNo).put("remark", "放门卫"));
        others.add(order(orderNo).put("feeToCollect", 45.01));
        ObjectNode name = order(orderNo);
        name.withObject("/recipient").put("name", "张小四");
        others.add(name);
        ObjectNode paper = order(orderNo);
        paper.withArray("documents").addObject().put("type", "食品经营许可证");
        others.add(paper);
        for (ObjectNode other : others) {
            refused(post("zjzwfw", ORDERS, other), 409, "order-conflict");
        }
        oneOrder(orderNo);
    }

    @Test
    void an_idempotency_key_belongs_to_one_body() {
        String one = newOrderNo();
        String other = newOrderNo();
        assertThat(keyed("key-" + one, order(one)).status()).isEqualTo(201);
        assertThat(keyed("key-" + one, order(one)).status()).isEqualTo(200);
        refused(keyed("key-" + one, order(other)), 422, "idempotency-key-reused");
        assertThat(count("select count(*) from orders where order_no = ?", other))
                .isZero();
        assertThat(keyed("key-" + other, order(other)).status()).isEqualTo(201);
    }

    private Answer keyed(String key, ObjectNode order) {
        byte[] body = order.toString().getBytes(StandardCharsets.UTF_8);
        return post(signer("zjzwfw"), ORDERS, body, Map.of("Idempotency-Key", key));
    }

    @Test
    void fifty_posts_of_one_order_at_once_make_one_order_one_fact_and_one_effect() throws Exception {
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo);
        List<Integer> statuses = atOnce(50, () -> post("zjzwfw", ORDERS, order).status());
        assertThat(statuses).containsOnly(200, 201);
        assertThat(statuses.stream().filter(s -> s == 201)).hasSize(1);
        oneOrder(orderNo);
    }

    @Test
    void of_fifty_bodies_under_one_number_at_once_one_wins() throws Exception {
        String orderNo = newOrderNo();
        List<Callable<Integer>> posts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ObjectNode order = order(orderNo).put("remark", "第" + i + "份");
            posts.add(() -> post("zjzwfw", ORDERS, order).status());
        }
        List<Integer> statuses = atOnce(posts);
        assertThat(statuses).containsOnly(201, 409);
        assertThat(statuses.stream().filter(s -> s == 201)).hasSize(1);
        oneOrder(orderNo);
    }

    @Test
    void two_clients_may_use_one_order_number_and_each_order_walks_its_own_way() {
        String orderNo = newOrderNo();
        ObjectNode other = order(orderNo);
        other.withObject("/office").put("contactName", "吴敏");
        assertThat(post("zjzwfw", ORDERS, order(orderNo)).status()).isEqualTo(201);
        assertThat(post("wenzhou", ORDERS, other).status()).isEqualTo(201);
        awaiting(() -> assertThat(db.sql(
                                """
                                select count(distinct o.waybill_no) from orders o
                                join fact f on f.subject = o.id and f.name = 'pickup.requested' where o.order_no = ?""")
                        .param(orderNo)
                        .query(Long.class)
                        .single())
                .isEqualTo(2));
        assertThat(
                        count(
                                "select count(*) from dead_letter where door like 'postal%' and reason like '%waybill.assigned%'"))
                .isZero();
    }

    private void oneOrder(String orderNo) {
        assertThat(count("select count(*) from orders where order_no = ?", orderNo))
                .isEqualTo(1);
        assertThat(count("select count(*) from fact where name = 'order.received' and subject = ?", id(orderNo)))
                .isEqualTo(1);
        assertThat(count("select count(*) from effect where door = 'postal-send-order' and subject = ?", id(orderNo)))
                .isEqualTo(1);
    }

    private static List<Integer> atOnce(int times, Callable<Integer> call) throws Exception {
        return atOnce(java.util.Collections.nCopies(times, call));
    }

    private static List<Integer> atOnce(List<Callable<Integer>> calls) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(25);
        try {
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : clients.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            clients.shutdown();
        }
    }
}
