package songda.gov;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import songda.HubTest;
import songda.clock.HubClock;
import songda.mapping.Mappings;

/** Orders and questions in the form of the government middle platform. */
class ApplicationTest extends HubTest {

    private static final String CALLEMS = "/api/logisticscenter/callems";
    private static final String TRACEINFO = "/api/logisticscenter/traceinfo";

    @Autowired
    Mappings mappings;

    @Value("${songda.mappings}")
    Path folder;

    private ObjectNode application(String orderNo) throws IOException {
        ObjectNode all =
                (ObjectNode) JSON.readTree(Path.of("mappings/gov/callems-to-row/examples/an-application.in.json")
                        .toFile());
        ((ObjectNode) all.path("params"))
                .put("ems_ord_no", orderNo)
                .put(
                        "sendtime",
                        HubClock.local(clock.instant()).substring(0, 19).replace('T', ' '));
        return all;
    }

    private JsonNode ask(String path, ObjectNode body) {
        Answer answer = post("zjzwfw", path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/status/code").asInt()).isOne();
        return answer.json().path("custom");
    }

    private JsonNode trace(String waybill) {
        ObjectNode question = JSON.createObjectNode();
        question.putObject("params").put("mai_num", waybill);
        return ask(TRACEINFO, question);
    }

    @Test
    void an_application_is_an_order_and_its_track_is_answered() throws Exception {
        String orderNo = newOrderNo();
        ObjectNode application = application(orderNo);
        assertThat(ask(CALLEMS, application).path("code").asInt()).isOne();
        assertThat(ask(CALLEMS, application).path("code").asInt()).isOne();
        assertThat(count("select count(*) from orders where order_no = ?", orderNo))
                .isOne();
        awaiting(() -> assertThat(
                        count("select count(*) from orders where order_no = ? and waybill_no is not null", orderNo))
                .isOne());
        assertThat(trace(waybill(orderNo)).path("responseItems")).isEmpty();
        ObjectNode scan = JSON.createObjectNode()
                .put("serialNo", "S-" + orderNo)
                .put("waybillNo", waybill(orderNo))
                .put("opCode", "203")
                .put("opTime", "2026-05-11 10:00:00");
        assertThat(post("ems", "/api/postal/scans", scan).status()).isEqualTo(200);
        JsonNode track = trace(waybill(orderNo));
        assertThat(track.path("code").asInt()).isOne();
        assertThat(track.at("/responseItems/0/traceNo").asText()).isEqualTo(waybill(orderNo));
        assertThat(track.at("/responseItems/0/opCode").asText()).isEqualTo("203");
        assertThat(track.at("/responseItems/0/opTime").asText()).isEqualTo("2026-05-11 10:00:00");
    }

    @Test
    void what_is_wrong_is_said_in_the_body_and_never_the_value() throws Exception {
        ObjectNode wrong = application(newOrderNo());
        ((ObjectNode) wrong.path("params")).put("rcv_phone", "1381234").remove("orgname");
        JsonNode custom = ask(CALLEMS, wrong);
        assertThat(custom.path("code").asInt()).isZero();
        assertThat(custom.path("text").asText()).contains("/orgname").doesNotContain("1381234");
        assertThat(ask(CALLEMS, JSON.createObjectNode()).path("text").asText()).contains("/params");
        assertThat(trace("no such number").path("text").asText()).contains("/params/mai_num");
        assertThat(trace("9999999999999").path("text").asText()).contains("waybillNo");
    }

    /** Who sends it reads nothing but the body: there the no stands, and nothing is kept but what an order needs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"params\": {\"ems_ord_no\": \"HALF-1\"",
                "[]",
                "null",
                "{\"params\": [1, 2]}",
                "{\"params\": {\"ems_ord_no\": \"A-\\u0000\"}}",
                "{\"params\": {\"ems_ord_no\": \"A-1\", \"ems_ord_no\": \"A-2\"}}",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
                "<html><body>登录 / log in</body></html>"
            })
    void what_is_no_application_is_answered_no(String body) {
        long letters = count("select count(*) from dead_letter");
        long orders = count("select count(*) from orders");
        Answer answer = post("zjzwfw", CALLEMS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/custom/code").asInt()).isZero();
        assertThat(answer.json().at("/custom/text").asText())
                .containsPattern("\\p{IsHan}")
                .doesNotContain("passwd", "登录", "HALF-1");
        assertThat(count("select count(*) from dead_letter")).isEqualTo(letters);
        assertThat(count("select count(*) from orders")).isEqualTo(orders);
    }

    @Test
    void an_application_in_another_character_set_is_answered_no() throws Exception {
        byte[] gbk = application(newOrderNo()).toString().getBytes("GBK");
        Answer answer = post("zjzwfw", CALLEMS, gbk);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/custom/code").asInt()).isZero();
        assertThat(answer.json().at("/custom/text").asText()).contains("UTF-8");
    }

    @Test
    void what_our_mapping_cannot_take_is_kept_and_the_sender_hears_yes() throws Exception {
        Path map = folder.resolve("gov/callems-to-row/map.jslt");
        String good = Files.readString(map);
        try {
            Files.writeString(map, ".params + number(.params.orgname)");
            mappings.reload(map);
            JsonNode custom = ask(CALLEMS, application(newOrderNo()));
            assertThat(custom.path("code").asInt()).isOne();
            assertThat(custom.path("text").asText()).contains("人工处理");
        } finally {
            Files.writeString(map, good);
            mappings.reload(map);
        }
        assertThat(count("select count(*) from dead_letter where door = 'gov-receive-application'"))
                .isOne();
    }
}
