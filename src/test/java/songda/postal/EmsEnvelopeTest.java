package songda.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmsEnvelopeTest {

    private static final String TEXT = "{\"waybillNo\":\"1272448151316\",\"direction\":\"0\"}";
    /** Of the platform's paper. */
    private static final String SEALED =
            "|$4|bjpt44DaNFululm42LhgQ4dVmnDaIA/fypNeIPR+CufBEAzgMwF29by1oQ0/LbI3/vkPai/Ngto8XCYTZqKy1DJdUB/WoUhfa6ykyLZ7yWA=";

    private final EmsEnvelope envelope = new EmsEnvelope(EmsAccount.EXAMPLE_KEY);

    @Test
    void the_paper_s_example_both_ways() throws Exception {
        assertThat(envelope.seal(TEXT)).isEqualTo(SEALED);
        assertThat(envelope.open(SEALED)).isEqualTo(TEXT);
    }

    /** Needs openssl, and fails without it. */
    @Test
    @Tag("desk")
    void openssl_agrees() throws Exception {
        String text = "{\"name\":\"䶮𠮷\"}";
        String key = HexFormat.of().formatHex(Base64.getDecoder().decode(EmsAccount.EXAMPLE_KEY));
        byte[] theirs = openssl("-e", key, (text + EmsAccount.EXAMPLE_KEY).getBytes(StandardCharsets.UTF_8));
        assertThat(envelope.seal(text)).isEqualTo("|$4|" + Base64.getEncoder().encodeToString(theirs));
        byte[] ours = Base64.getDecoder().decode(envelope.seal(text).substring(4));
        assertThat(new String(openssl("-d", key, ours), StandardCharsets.UTF_8))
                .isEqualTo(text + EmsAccount.EXAMPLE_KEY);
    }

    private static byte[] openssl(String way, String key, byte[] in) throws Exception {
        Process openssl = new ProcessBuilder("openssl", "enc", way, "-sm4-ecb", "-K", key).start();
        try (OutputStream stdin = openssl.getOutputStream()) {
            stdin.write(in);
        }
        byte[] out = openssl.getInputStream().readAllBytes();
        assertThat(openssl.waitFor()).isZero();
        return out;
    }

    @Test
    void any_length_and_any_character() throws Exception {
        for (String text : new String[] {"", "{}", "{\"name\":\"䶮𠮷\"}", "x".repeat(31), "x".repeat(100_000)}) {
            assertThat(envelope.open(envelope.seal(text))).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "|$4|", "|$4|%%%", "|$4|AAAA", "|$4|AAAAAAAAAAAAAAAAAAAAAA==", "no mark", "|$5|AAAA"})
    void what_is_no_envelope_is_refused(String sealed) {
        assertThatThrownBy(() -> envelope.open(sealed)).isInstanceOf(BadEnvelope.class);
    }

    @Test
    void what_is_cut_off_or_was_sealed_with_another_key_is_refused() {
        String another = Base64.getEncoder().encodeToString("fedcba9876543210".getBytes());
        assertThatThrownBy(() -> new EmsEnvelope(another).open(SEALED)).isInstanceOf(BadEnvelope.class);
        assertThatThrownBy(() -> envelope.open(SEALED.substring(0, SEALED.length() - 24)))
                .isInstanceOf(BadEnvelope.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MDEy", "not base64 at all", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="})
    void a_key_of_another_length_is_refused_and_not_repeated(String key) {
        assertThatThrownBy(() -> new EmsEnvelope(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("songda.postal.sign-key 应为 16 字节的 base64 / must be the base64 of 16 bytes");
    }

    @Test
    void the_example_key_is_for_this_machine_only() {
        assertThatThrownBy(() -> new EmsAccount("api.example.org/amp", "1", "a", EmsAccount.EXAMPLE_KEY))
                .hasMessageContaining("SONGDA_POSTAL_SIGN_KEY");
    }
}
