package songda.postal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import songda.HubTest;
import songda.TestPartners;

/** What an office may ask and only the post can answer: a label, a fee. */
class PostalAnswersTest extends HubTest {

    private String path(String orderNo, String what) {
        return ORDERS + "/" + orderNo + "/" + what;
    }

    private JsonNode good(String schema, Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode api = new YAMLMapper()
                .readTree(Path.of("src/main/resources/static/openapi.yaml").toFile());
        ObjectNode whole = api.at("/components/schemas/" + schema).deepCopy();
        whole.put("additionalProperties", false).set("components", api.path("components"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(whole)
                        .validate(answer.json()))
                .isEmpty();
        return answer.json();
    }

    @Test
    void the_post_s_own_label_as_an_address_and_that_of_the_receipt_as_a_file() throws IOException {
        String orderNo = walked();
        JsonNode address = good("PostLabel", get("zjzwfw", path(orderNo, "post-label")));
        assertThat(address.path("url").asText()).endsWith(waybill(orderNo));
        JsonNode asked =
                PARTNERS.calls("/postal/010004", waybill(orderNo)).get(0).json();
        assertThat(asked.path("type").asText()).isEqualTo("149");
        assertThat(asked.has("isReturn")).isFalse();
        PARTNERS.script("/postal/010004", waybill(orderNo), TestPartners.say(200, TestPartners.ems("JVBERi0xLjQK")));
        JsonNode file = good("PostLabel", get("zjzwfw", path(orderNo, "post-label?type=129&return=true&as=pdf")));
        assertThat(file.path("pdf").asText()).isEqualTo("JVBERi0xLjQK");
        asked = PARTNERS.calls("/postal/010004", waybill(orderNo)).get(1).json();
        assertThat(asked.path("isReturn").asText()).isEqualTo("1");
        assertThat(asked.path("type").asText()).isEqualTo("129");
    }

    @Test
    void what_an_order_would_cost_and_what_it_costs_in_yuan_and_fen() throws IOException {
        String orderNo = walked();
        Answer estimate = get("zjzwfw", path(orderNo, "estimate?weight=1500"));
        good("Fee", estimate);
        assertThat(estimate.text()).contains("\"postage\":12.00", "\"atTheDoor\":57.00", "\"final\":false");
        JsonNode asked = PARTNERS.calls("/postal/050005", "1500").get(0).json();
        assertThat(asked.path("senderInfo").toString()).contains("萧山区").doesNotContain("金城路");
        assertThat(asked.toString()).doesNotContain("张小三", "13812345678");
        Answer fee = get("zjzwfw", path(orderNo, "fee"));
        good("Fee", fee);
        assertThat(fee.text()).contains("\"postage\":12.50", "\"weight\":180", "\"final\":true");
    }

    @Test
    void another_client_s_order_is_not_asked_for() {
        String orderNo = walked();
        for (String what : new String[] {"post-label", "estimate", "fee"}) {
            refused(get("wenzhou", path(orderNo, what)), 404, "no-such-order");
        }
        assertThat(PARTNERS.calls("/postal/010004", waybill(orderNo))).isEmpty();
    }

    @Test
    void before_there_is_a_number_there_is_no_label() {
        String orderNo = newOrderNo();
        PARTNERS.script("/postal/020003", orderNo, TestPartners.say(503, "Retry-After", "3000", "{}"));
        assertThat(post("zjzwfw", ORDERS, order(orderNo)).status()).isEqualTo(201);
        refused(get("zjzwfw", path(orderNo, "post-label")), 422, "invalid-message");
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of("a page", TestPartners.say(200, "text/html", "<html>系统维护</html>")),
                Arguments.of("nothing", TestPartners.say(200, "")),
                Arguments.of("no answer", TestPartners.lost()),
                Arguments.of("an error", TestPartners.say(500, "{}")),
                Arguments.of("a no", TestPartners.say(200, "{\"retCode\":\"B0404\",\"success\":false}")),
                Arguments.of("no tracking as a success", TestPartners.say(200, TestPartners.ems("无邮件信息"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void a_post_that_does_not_answer_properly_is_a_502_and_leaves_no_letter(String what, TestPartners.Answer answer) {
        String orderNo = walked();
        long letters = count("select count(*) from dead_letter");
        PARTNERS.script("/postal/050001", waybill(orderNo), answer);
        refused(get("zjzwfw", path(orderNo, "fee")), 502, "partner-failed");
        assertThat(count("select count(*) from dead_letter")).isEqualTo(letters);
    }
}
