package songda.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import songda.secret.SecretFile;

class PartnerKeysTest {

    private static final String SECRET = TestSigner.base64(new byte[32]);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("partners.json");
    }

    @Test
    void the_embedded_default_makes_one_key_a_system() {
        PartnerKeys keys = new PartnerKeys(file, new SecretFile(true), Duration.ZERO);
        assertThat(keys.find("gov-1").client()).isEqualTo("zjzwfw");
        assertThat(keys.find("desk-1").system()).isEqualTo("desk");
        assertThat(keys.find("gov-1").secret())
                .isNotEqualTo(keys.find("postal-1").secret());
        assertThat(keys.find("nobody")).isNull();
    }

    @Test
    void a_changed_file_is_in_force_at_once_and_both_keys_of_a_rotation_live() {
        write(entry("gov-1", SECRET, "null"));
        PartnerKeys keys = new PartnerKeys(file, new SecretFile(false), Duration.ZERO);
        write(entry("gov-1", SECRET, "\"2026-12-01T00:00:00+08:00\"") + "," + entry("gov-2", SECRET, "null"));
        assertThat(keys.find("gov-2")).isNotNull();
        assertThat(keys.find("gov-1").livesAt(Instant.parse("2026-11-30T16:00:00Z")))
                .isTrue();
        assertThat(keys.find("gov-1").livesAt(Instant.parse("2026-11-30T16:00:01Z")))
                .isFalse();
        write(entry("gov-2", SECRET, "null"));
        assertThat(keys.find("gov-1")).isNull();
    }

    @Test
    void a_key_has_no_right_unless_somebody_has_written_it() {
        String rights = "null,\"rights\":[\"reveal\"]";
        write(entry("desk-1", SECRET, "null") + "," + entry("desk-2", SECRET, rights));
        PartnerKeys keys = new PartnerKeys(file, new SecretFile(false), Duration.ZERO);
        assertThat(keys.find("desk-1").rights()).isEmpty();
        assertThat(keys.find("desk-2").rights()).containsExactly("reveal");
        write(entry("desk-2", SECRET, "null,\"rights\":[\"everything\"]"));
        assertThat(keys.find("desk-2").rights()).containsExactly("reveal");
    }

    @Test
    void a_broken_or_missing_file_leaves_the_former_keys_in_force() throws Exception {
        write(entry("gov-1", SECRET, "null"));
        PartnerKeys keys = new PartnerKeys(file, new SecretFile(false), Duration.ZERO);
        Files.writeString(file, "{ half");
        assertThat(keys.find("gov-1")).isNotNull();
        Files.delete(file);
        assertThat(keys.find("gov-1")).isNotNull();
        write(entry("gov-3", SECRET, "null"));
        assertThat(keys.find("gov-1")).isNull();
        assertThat(keys.find("gov-3")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":[{\"keyId\":\"a\",\"system\":\"gov\",\"client\":\"c\",\"secret\":\"?canary\"}]}",
                "{\"keys\":[{\"keyId\":\"a\",\"system\":\"gov\",\"client\":\"c\",\"secret\":\"Y2FuYXJ5\"}]}",
                "{\"keys\":[{\"keyId\":\"a\",\"system\":\"\",\"client\":\"c\",\"secret\":\"Y2FuYXJ5\"}]}"
            })
    void a_wrong_file_stops_the_start_and_its_secrets_are_not_quoted(String content) throws Exception {
        Files.writeString(file, content);
        assertThatThrownBy(() -> new PartnerKeys(file, new SecretFile(false), Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("partners.json")
                .hasMessageNotContainingAny("canary", "Y2FuYXJ5")
                .hasNoCause();
    }

    @Test
    void one_key_id_twice_is_an_error() {
        write(entry("gov-1", SECRET, "null") + "," + entry("gov-1", SECRET, "null"));
        assertThatThrownBy(() -> new PartnerKeys(file, new SecretFile(false), Duration.ZERO))
                .hasMessageContaining("twice");
    }

    @Test
    void no_secret_is_in_a_toString() {
        assertThat(new PartnerKeys(file, new SecretFile(true), Duration.ZERO).find("gov-1"))
                .hasToString("PartnerKey[gov-1]");
    }

    private void write(String entries) {
        SecretFile.write(file, ("{\"keys\":[" + entries + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static String entry(String id, String secret, String notAfter) {
        return "{\"keyId\":\"%s\",\"system\":\"gov\",\"client\":\"zjzwfw\",\"secret\":\"%s\",\"notAfter\":%s}"
                .formatted(id, secret, notAfter);
    }
}
