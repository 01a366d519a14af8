package songda.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import songda.HubTest;

/** What a backend reads back: its own orders, masked. */
class ReadOrdersTest extends HubTest {

    private static final List<String> CANARIES = List.of(
            "欧阳金丝雀",
            "金丝雀",
            "13711112222",
            "金丝雀弄 7 号",
            "110101199003074215",
            "周金丝雀",
            "0571-87654321",
            "金丝雀备注",
            "JSQ-4711");

    private String canary() {
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo).put("remark", "金丝雀备注");
        order.withObject("/recipient")
                .put("name", "欧阳金丝雀")
                .put("phone", "13711112222")
                .put("address", "杭州市余杭区金丝雀弄 7 号")
                .remove("idNo");
        order.withObject("/office").put("contactName", "周金丝雀").put("contactPhone", "0571-87654321");
        ((ObjectNode) order.withArray("documents").get(0)).put("no", "JSQ-4711");
        Answer taken = post("zjzwfw", ORDERS, order);
        assertThat(taken.status()).as(taken.text()).isEqualTo(201);
        CANARIES.forEach(c -> assertThat(taken.text()).doesNotContain(c));
        return orderNo;
    }

    @Test
    void the_timeline_shows_facts_effects_and_deadlines_and_no_person() {
        String orderNo = canary();
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        says("desk", "parcel.delivered", orderNo, clock.instant());
        Answer answer = get("zjzwfw", ORDERS + "/" + orderNo);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode order = answer.json();
        assertThat(order.path("orderNo").asText()).isEqualTo(orderNo);
        assertThat(order.path("waybillNo").asText()).isEqualTo(waybill(orderNo));
        assertThat(order.path("recipient").path("phone").asText()).isEqualTo("137****2222");
        assertThat(order.path("timeline").findValuesAsText("fact"))
                .contains("order.received", "waybill.assigned", "label.printed", "parcel.delivered");
        assertThat(order.path("timeline").findValuesAsText("effect")).contains("postal-send-order");
        assertThat(order.path("timeline").findValuesAsText("deadline")).contains("receipt/overdue");
        CANARIES.forEach(c -> assertThat(answer.text()).doesNotContain(c));
    }

    @Test
    void another_clients_order_is_not_there() {
        String orderNo = ordered();
        refused(get("wenzhou", ORDERS + "/" + orderNo), 404, "no-such-order");
        refused(get("zjzwfw", ORDERS + "/NOSUCH0001"), 404, "no-such-order");
        assertThat(get("desk", ORDERS + "/" + orderNo).status()).isEqualTo(200);
    }

    @Test
    void orders_of_one_stage_are_listed_page_by_page_without_gap_or_repetition() {
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String orderNo = newOrderNo();
            assertThat(post("wenzhou", ORDERS, order(orderNo)).status()).isEqualTo(201);
            mine.add(orderNo);
        }
        // The stage moves with the walk: all five come to rest with their labels.
        awaiting(() -> assertThat(listed("wenzhou", "LABELLED", 2)).containsAll(mine));
        List<String> listed = listed("wenzhou", "LABELLED", 2);
        assertThat(listed).doesNotHaveDuplicates().containsSubsequence(mine);
        assertThat(listed("zjzwfw", "LABELLED", 100)).doesNotContainAnyElementsOf(mine);
        assertThat(listed("wenzhou", "DELIVERED", 100)).doesNotContainAnyElementsOf(mine);
    }

    private List<String> listed(String client, String status, int limit) {
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            Answer answer = get(client, ORDERS + "?status=" + status + "&limit=" + limit + cursor);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode page = answer.json();
            assertThat(page.path("orders").size()).isLessThanOrEqualTo(limit);
            all.addAll(page.path("orders").findValuesAsText("orderNo"));
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : null;
        } while (cursor != null);
        return all;
    }

    @Test
    void the_clock_tells_business_time() {
        JsonNode now = get("desk", "/api/v1/clock").json();
        assertThat(now.path("now").asText()).endsWith("+08:00");
        assertThat(now.path("rate").isNumber()).isTrue();
    }
}
