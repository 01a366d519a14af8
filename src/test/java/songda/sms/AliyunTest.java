package songda.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.tea.okhttp.ClientHelper;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.partners.StandIns;

/** The provider's own client against a provider that was written by somebody else: the stand-in, over a socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AliyunTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private StandIns partners;
    private Aliyun aliyun;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        partners = StandIns.start(
                folder.resolve("journal"), URI.create("http://127.0.0.1:1"), folder.resolve("none.json"));
        aliyun = account("stand-in", "stand-in");
    }

    @AfterAll
    void stop() throws InterruptedException {
        partners.close();
    }

    private Aliyun account(String keyId, String secret) {
        return new Aliyun(new AliyunAccount("127.0.0.1:" + partners.port("sms"), "http", keyId, secret, "token"));
    }

    private static ObjectNode message(String phone, String outId) {
        ObjectNode message = JSON.createObjectNode()
                .put("phone", phone)
                .put("signName", "浙江政务服务")
                .put("template", "SMS_ZW_ACCEPTED")
                .put("outId", outId);
        message.putObject("params").put("mailNo", "1272448151316").put("office", "䶮㙍𠮷镇 + 100% *~/?&=中心");
        return message;
    }

    private List<JsonNode> heard(String outId) throws IOException {
        return partners.journal("sms").stream()
                .filter(line -> line.path("key").asText().equals(outId))
                .toList();
    }

    @Test
    void a_message_is_signed_so_that_a_stranger_can_check_it_and_arrives_as_it_was() throws IOException {
        JsonNode answer = aliyun.send(message("13800000001", "1-1/accepted"));
        assertThat(answer.path("code").asText()).isEqualTo("OK");
        assertThat(answer.path("bizId").asText()).isNotEmpty();
        assertThat(heard("1-1/accepted")).singleElement().satisfies(line -> {
            assertThat(line.path("op").asText()).isEqualTo("sms");
            assertThat(line.at("/body/PhoneNumbers").asText()).isEqualTo("13800000001");
            assertThat(line.at("/body/SignName").asText()).isEqualTo("浙江政务服务");
            assertThat(line.at("/body/TemplateParam/office").asText()).isEqualTo("䶮㙍𠮷镇 + 100% *~/?&=中心");
        });
    }

    @ParameterizedTest
    @CsvSource({"stand-in, another secret, SignatureDoesNotMatch", "somebody, stand-in, InvalidAccessKeyId.NotFound"})
    void who_has_not_the_key_is_refused(String keyId, String secret, String code) throws IOException {
        assertThat(account(keyId, secret)
                        .send(message("13800000002", "1-2/accepted"))
                        .path("code")
                        .asText())
                .isEqualTo(code);
        assertThat(heard("1-2/accepted")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "isv.BUSINESS_LIMIT_CONTROL, 触发天级流控Permits:50, 200",
        "Throttling.User, Request was denied, 400",
        "ServiceUnavailable, busy, 503"
    })
    void a_code_is_an_answer_with_whatever_status_it_comes(String code, String message, int status) throws Exception {
        partners.control(
                "/control/sms/script",
                "{\"code\":\"%s\",\"message\":\"%s\",\"status\":%d}".formatted(code, message, status));
        JsonNode answer = aliyun.send(message("13800000003", "1-3/accepted"));
        assertThat(answer.path("code").asText()).isEqualTo(code);
        assertThat(answer.path("message").asText()).contains(message);
    }

    /** Over a connection that was kept: the client below would send it once more, and so would the provider's. */
    @Test
    void an_answer_that_is_lost_is_not_asked_for_by_sending_again() throws Exception {
        for (int i = 0; i < 3; i++) {
            aliyun.send(message("13800000004", "1-40/accepted"));
        }
        partners.control("/control/sms/behave", "{\"mode\":\"drop-answer\",\"count\":1}");
        assertThatThrownBy(() -> aliyun.send(message("13800000004", "1-4/accepted")))
                .isInstanceOf(IOException.class);
        assertThat(heard("1-4/accepted")).hasSize(1);
        assertThat(ClientHelper.clients.values()).isNotEmpty().noneMatch(OkHttpClient::retryOnConnectionFailure);
        assertThat(ClientHelper.clients.values()).noneMatch(OkHttpClient::followRedirects);
    }

    @Test
    void what_is_no_answer_of_the_provider_is_none() throws Exception {
        partners.control("/control/sms/behave", "{\"mode\":\"garbage\",\"count\":1}");
        assertThatThrownBy(() -> aliyun.send(message("13800000005", "1-5/accepted")))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(Aliyun.Status.class);
        partners.control("/control/sms/behave", "{\"mode\":\"http500\",\"count\":1}");
        assertThatThrownBy(() -> aliyun.send(message("13800000005", "1-5/accepted")))
                .isInstanceOfSatisfying(
                        Aliyun.Status.class, e -> assertThat(e.code()).isEqualTo(500));
        partners.control("/control/sms/behave", "{\"mode\":\"down\",\"count\":1}");
        assertThatThrownBy(() -> aliyun.send(message("13800000005", "1-5/accepted")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new Aliyun(new AliyunAccount("127.0.0.1:1", "http", "a", "b", "c"))
                        .send(message("13800000005", "1-5/accepted")))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void what_was_sent_to_a_phone_is_read_over_all_pages() throws IOException {
        for (int i = 0; i < 61; i++) {
            aliyun.send(message("13800000006", "6-" + i + "/accepted"));
        }
        JsonNode details = aliyun.details(JSON.createObjectNode()
                .put("phone", "13800000006")
                .put(
                        "sendDate",
                        java.time.LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"))
                                .toString()
                                .replace("-", "")));
        assertThat(details.path("code").asText()).isEqualTo("OK");
        assertThat(details.path("totalCount").asInt()).isEqualTo(61);
        List<String> found = new ArrayList<>();
        details.path("details").forEach(it -> found.add(it.path("outId").asText()));
        assertThat(found).hasSize(61).doesNotHaveDuplicates().contains("6-0/accepted", "6-60/accepted");
    }

    @Test
    void the_example_account_is_for_this_machine_only() {
        assertThatThrownBy(() -> new AliyunAccount("dysmsapi.invalid", "https", "id", "stand-in", "token"))
                .hasMessageContaining("SONGDA_SMS_ACCESS_KEY_SECRET");
        assertThatThrownBy(() -> new AliyunAccount("dysmsapi.invalid", "https", "id", "secret", "stand-in"))
                .hasMessageContaining("SONGDA_SMS_PUSH_TOKEN");
        assertThatThrownBy(() -> new AliyunAccount("dysmsapi.invalid", "http", "id", "secret", "token"))
                .hasMessageContaining("https");
        assertThat(new AliyunAccount("dysmsapi.invalid", "https", "id", "secret", "token").pushes("token"))
                .isTrue();
    }
}
