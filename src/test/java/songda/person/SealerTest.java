package songda.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import songda.secret.SecretFile;

class SealerTest {

    private static final String COLUMN = "orders.recipient_name";
    private final Keys keys = Keys.fresh();
    private final Sealer sealer = new Sealer(keys);

    @TempDir
    Path folder;

    @Test
    void what_was_sealed_opens_again() {
        for (String clear : new String[] {"", "张三", "𠮷野家", "x".repeat(5000)}) {
            assertThat(sealer.open(sealer.seal(clear, COLUMN, 42), COLUMN, 42)).isEqualTo(clear);
        }
        assertThat(sealer.seal((String) null, COLUMN, 42)).isNull();
        assertThat(sealer.open(null, COLUMN, 42)).isNull();
        byte[] raw = {0, -1, 65};
        assertThat(sealer.openBytes(sealer.seal(raw, "dead_letter.raw", 1), "dead_letter.raw", 1))
                .isEqualTo(raw);
    }

    @Test
    void sealed_bytes_show_nothing_of_the_value_and_never_repeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            byte[] sealed = sealer.seal("13812341234", COLUMN, 42);
            assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("1381234");
            assertThat(seen.add(new String(sealed, StandardCharsets.ISO_8859_1)))
                    .isTrue();
        }
    }

    @Test
    void another_row_or_column_is_refused() {
        byte[] sealed = sealer.seal("张三", COLUMN, 42);
        assertThatThrownBy(() -> sealer.open(sealed, COLUMN, 43)).hasMessageContaining("sealed for another place");
        assertThatThrownBy(() -> sealer.open(sealed, "orders.sender_name", 42)).hasMessageContaining("another place");
    }

    @Test
    void every_changed_byte_is_noticed() {
        byte[] sealed = sealer.seal("张三", COLUMN, 42);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> sealer.open(changed, COLUMN, 42)).isInstanceOf(IllegalStateException.class);
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> sealer.open(cut, COLUMN, 42)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void an_old_key_still_opens_after_rotation_and_the_new_one_seals() {
        byte[] old = sealer.seal("张三", COLUMN, 42);
        Sealer rotated = new Sealer(keys.rotatedTo("2026-11"));
        assertThat(rotated.open(old, COLUMN, 42)).isEqualTo("张三");
        byte[] now = rotated.seal("张三", COLUMN, 42);
        assertThat(new String(now, 2, 7, StandardCharsets.US_ASCII)).isEqualTo("2026-11");
        assertThatThrownBy(() -> sealer.open(now, COLUMN, 42)).hasMessageContaining("not in the key file");
    }

    @Test
    void another_key_under_the_same_id_does_not_open() {
        byte[] sealed = sealer.seal("张三", COLUMN, 42);
        assertThatThrownBy(() -> new Sealer(Keys.fresh()).open(sealed, COLUMN, 42))
                .hasMessageContaining("was changed");
    }

    @Test
    void the_key_file_survives_a_restart() {
        Path file = folder.resolve("keys.json");
        byte[] sealed = new Sealer(Keys.load(file, new SecretFile(true))).seal("张三", COLUMN, 42);
        assertThat(new Sealer(Keys.load(file, new SecretFile(false))).open(sealed, COLUMN, 42))
                .isEqualTo("张三");
    }

    @Test
    void a_wrong_key_file_is_named_without_a_word_of_its_content() throws Exception {
        Path file = folder.resolve("keys.json");
        String[] wrong = {
            "secret-canary",
            "[]",
            "{\"active\":\"a\",\"data\":{\"a\":\"c2VjcmV0LWNhbmFyeQ==\"},\"index\":\"\"}",
            "{\"active\":\"b\",\"data\":{},\"index\":\"\"}",
            "{\"active\":\"a\",\"data\":{\"a\":\"?secret-canary\"}}",
            "{\"active\":\"a b\",\"data\":{\"a b\":\"secret-canary\"}}"
        };
        for (String content : wrong) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> Keys.load(file, new SecretFile(false)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("keys.json")
                    .hasMessageNotContaining("canary")
                    .hasNoCause();
        }
    }

    @Test
    void no_secret_is_in_a_toString() {
        String index = java.util.Base64.getEncoder().encodeToString(keys.index().getEncoded());
        String data =
                java.util.Base64.getEncoder().encodeToString(keys.data("k1").getEncoded());
        for (Object o : new Object[] {keys, sealer, new BlindIndex(keys)}) {
            assertThat(o.toString()).doesNotContain(index, data);
        }
    }
}
