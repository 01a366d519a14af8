package songda.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import songda.HubTest;
import songda.signature.TestSigner;

/** Bad input: refused with a reason, and nothing of it stored. */
class BadOrderTest extends HubTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void an_order_that_breaks_its_contract_is_refused_and_the_field_is_named(
            String what, String path, Consumer<ObjectNode> spoil) {
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo);
        spoil.accept(order);
        Answer answer = post("zjzwfw", ORDERS, order);
        refused(answer, 422, "invalid-message");
        assertThat(answer.json().path("errors").findValuesAsText("path")).contains(path);
        assertThat(answer.text()).doesNotContain("张小三", "13812345678", "330109199003071235", "文一西路");
        nothing(orderNo);
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                breach("missing field", "/payer", o -> o.remove("payer")),
                breach("unknown field", "/urgent", o -> o.put("urgent", true)),
                breach("over-long field", "/remark", o -> o.put("remark", "长".repeat(2000))),
                breach("over-long name", "/recipient/name", o -> o.withObject("/recipient")
                        .put("name", "张".repeat(500))),
                breach("wrong type", "/declaredValue", o -> o.put("declaredValue", "much")),
                breach("check digit of the credit code", "/office/creditCode", o -> o.withObject("/office")
                        .put("creditCode", "11330109MB1A2B3C4X")),
                breach("check digit of the ID number", "/recipient/idNo", o -> o.withObject("/recipient")
                        .put("idNo", "330109199003071234")),
                breach("office outside Zhejiang (R06)", "/office/county", o -> o.withObject("/office")
                        .put("county", "310101")),
                breach("unknown county", "/office/county", o -> o.withObject("/office")
                        .put("county", "339999")),
                breach("unknown province of the recipient", "/recipient/county", o -> o.withObject("/recipient")
                        .put("county", "990101")),
                breach("double service to another province (R91)", "/service", o -> {
                    o.put("service", "DOUBLE");
                    o.withObject("/recipient").put("county", "310101");
                }),
                breach("time without offset", "/orderedAt", o -> o.put("orderedAt", "2026-11-23T10:00:00")));
    }

    private static Arguments breach(String what, String path, Consumer<ObjectNode> spoil) {
        return Arguments.of(what, path, spoil);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void what_is_no_message_is_refused(String what, byte[] body, int status, String type) {
        refused(post("zjzwfw", ORDERS, body), status, type);
    }

    static Stream<Arguments> unreadable() {
        String order = "{\"orderNo\":\"T-UNREADABLE\",\"remark\":\"请先电话联系\"}";
        String deep = "{\"orderNo\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        return Stream.of(
                Arguments.of("not JSON", bytes("orderNo=1"), 400, "unreadable-message"),
                Arguments.of("half of it", bytes(order.substring(0, 30)), 400, "unreadable-message"),
                Arguments.of("no object", bytes("[]"), 422, "invalid-message"),
                Arguments.of("GBK", order.getBytes(Charset.forName("GBK")), 400, "unreadable-message"),
                Arguments.of("UTF-16", order.getBytes(StandardCharsets.UTF_16), 400, "unreadable-message"),
                Arguments.of("UTF-16 little end", order.getBytes(StandardCharsets.UTF_16LE), 400, "unreadable-message"),
                Arguments.of("depth bomb", bytes(deep), 400, "unreadable-message"),
                Arguments.of("key twice", bytes("{\"orderNo\":\"a\",\"orderNo\":\"b\"}"), 400, "unreadable-message"),
                Arguments.of("empty", bytes("  "), 400, "empty-body"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_body_of_five_megabytes_is_too_large() {
        byte[] large = bytes("{\"remark\":\"" + "x".repeat(5 * 1024 * 1024) + "\"}");
        TestSigner signer = signer("zjzwfw");
        // The hub answers before it has read all, so the client may see the connection end instead.
        try {
            refused(post(signer, ORDERS, large, Map.of()), 413, "too-large");
        } catch (java.io.UncheckedIOException cut) {
            byte[] announced = bytes("{\"remark\":\"" + "x".repeat(1024 * 1024) + "\"}");
            refused(post(signer("zjzwfw"), ORDERS, announced, Map.of()), 413, "too-large");
        }
    }

    @Test
    void an_unsigned_a_stale_and_a_replayed_request_are_refused() {
        String orderNo = newOrderNo();
        byte[] body = bytes(order(orderNo).toString());
        refused(
                send(request(ORDERS, Map.of(), Map.of())
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))),
                401,
                "unauthorised");
        refused(
                post(signer("zjzwfw").at(Instant.now().minusSeconds(400)), ORDERS, body, Map.of()),
                401,
                "stale-request");
        refused(post(TestSigner.of("zjzwfw", new byte[32]), ORDERS, body, Map.of()), 401, "unauthorised");
        nothing(orderNo);
        TestSigner once = signer("zjzwfw");
        assertThat(post(once, ORDERS, body, Map.of()).status()).isEqualTo(201);
        refused(post(once, ORDERS, body, Map.of()), 401, "replayed-request");
    }

    @Test
    void a_refused_request_may_be_sent_again_as_it_was_and_a_known_one_may_not() {
        TestSigner once = signer("zjzwfw");
        byte[] wrong = bytes(order(newOrderNo()).put("payer", "NOBODY").toString());
        refused(post(once, ORDERS, wrong, Map.of()), 422, "invalid-message");
        refused(post(once, ORDERS, wrong, Map.of()), 422, "invalid-message");
    }

    @Test
    void headers_of_camel_and_kafka_are_ignored() {
        String orderNo = newOrderNo();
        byte[] body = bytes(order(orderNo).toString());
        Answer answer = post(
                signer("zjzwfw"),
                ORDERS,
                body,
                Map.of(
                        "CamelHttpUri", "http://127.0.0.1:1/x",
                        "CamelHttpResponseCode", "299",
                        "CamelKafkaOverrideTopic", "elsewhere",
                        "kafka.OVERRIDE_TOPIC", "elsewhere",
                        "CamelSqlQuery", "drop table orders",
                        "system", "desk",
                        "client", "wenzhou"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        assertThat(count("select count(*) from orders where order_no = ? and client = 'wenzhou'", orderNo))
                .isZero();
    }

    private void nothing(String orderNo) {
        assertThat(count("select count(*) from orders where order_no = ?", orderNo))
                .isZero();
        assertThat(count("select count(*) from dead_letter where system = 'gov'"))
                .isZero();
    }
}
