package songda.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The signatures of the older forms; those given here were computed by another program. */
class PostFormsTest {

    private static final String OMS_TEXT = "{\"OrderNormal\":{\"logistics_order_no\":\"ZW1\",\"note\":\"张小三\"}}";
    private static final String OMS_SIGNATURE =
            "ZGQwMTZiNGM5ZWQ0ZDlkZjVjMTE3NWZjYWZhOGY3MTZkZDg1ZTY1M2MyYmQzNzRjM2IyZWM2OGI5NjgwOGI5Ng==";
    private static final String ROUTER_TEXT = "{\"orderNo\":\"ZW1\",\"note\":\"张小三\"}";
    private static final String ROUTER_SIGN = "LqYHpB4Y7h7TOPpUW7TbjS+TMnP/tTAmqZGjxkAjKXQ=";
    private static final String SECRET = "secret-of-2019";

    private final PostForms forms = forms(SECRET);

    private static PostForms forms(String secret) {
        return new PostForms(
                new EmsAccount("127.0.0.1:1", "1100000000000", "a", EmsAccount.EXAMPLE_KEY),
                new OldAccount("app", secret),
                Clock.fixed(Instant.parse("2026-09-23T02:00:00Z"), ZoneId.of("Asia/Shanghai")),
                () -> "8a6f0c52");
    }

    @Test
    void the_order_system_s_form() {
        assertThat(forms.oms("oms_ordercreate_waybillno", OMS_TEXT))
                .isEqualTo(Map.of(
                        "apiCode", "oms_ordercreate_waybillno",
                        "senderNo", "1100000000000",
                        "serialNo", "8a6f0c52",
                        "msgType", "0",
                        "logistics_interface", OMS_TEXT,
                        "signature", OMS_SIGNATURE));
    }

    @Test
    void the_first_open_platform_s_form_signs_empty_fields_too() {
        Map<String, String> form = forms.router("ems.inland.waybill.create.normal", "orderNormal", ROUTER_TEXT);
        assertThat(form)
                .containsEntry("size", "")
                .containsEntry("timestamp", "2026-09-23 10:00:00")
                .containsEntry("orderNormal", ROUTER_TEXT)
                .containsEntry("sign", ROUTER_SIGN);
    }

    /** Needs openssl, and fails without it. */
    @Test
    @Tag("desk")
    void openssl_agrees() throws Exception {
        String hex = HexFormat.of().formatHex(openssl(OMS_TEXT + SECRET));
        assertThat(forms.oms("oms_ordercreate_waybillno", OMS_TEXT).get("signature"))
                .isEqualTo(Base64.getEncoder().encodeToString(hex.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] openssl(String text) throws Exception {
        Process openssl = new ProcessBuilder("openssl", "dgst", "-sha256", "-binary").start();
        try (OutputStream stdin = openssl.getOutputStream()) {
            stdin.write(text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] out = openssl.getInputStream().readAllBytes();
        assertThat(openssl.waitFor()).isZero();
        return out;
    }

    @Test
    void without_a_secret_nothing_is_signed() {
        assertThatThrownBy(() -> forms("").oms("oms_ordercreate_waybillno", OMS_TEXT))
                .hasMessageContaining("SONGDA_POSTAL_SECRET");
    }
}
