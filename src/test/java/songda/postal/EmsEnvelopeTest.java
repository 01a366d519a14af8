package songda.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmsEnvelopeTest {

    private static final String TEXT = "{\"waybillNo\":\"1272448151316\",\"direction\":\"0\"}";
    /** Of the platform's paper. */
    private static final String SEALED =
            "|$4|bjpt44DaNFululm42LhgQ4dVmnDaIA/fypNeIPR+CufBEAzgMwF29by1oQ0/LbI3/vkPai/Ngto8XCYTZqKy1DJdUB/WoUhfa6ykyLZ7yWA=";

    private final EmsEnvelope envelope = new EmsEnvelope(EmsComponent.EXAMPLE_KEY);

    @Test
    void the_paper_s_example_both_ways() throws Exception {
        assertThat(envelope.seal(TEXT)).isEqualTo(SEALED);
        assertThat(envelope.open(SEALED)).isEqualTo(TEXT);
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
        assertThatThrownBy(() -> new EmsComponent("api.example.org/amp", "1", "a", EmsComponent.EXAMPLE_KEY))
                .hasMessageContaining("SONGDA_POSTAL_SIGN_KEY");
    }
}
