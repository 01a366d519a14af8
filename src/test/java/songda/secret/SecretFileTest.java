package songda.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

    @TempDir
    Path folder;

    @Test
    void a_missing_file_is_made_for_the_owner_only() throws Exception {
        Path file = folder.resolve("deep/keys.json");
        byte[] read = new SecretFile(true).readOrMake(file, "songda.keys.file", () -> new byte[] {1, 2});
        assertThat(read).containsExactly(1, 2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void what_is_there_is_never_made_anew() throws Exception {
        Path file = Files.write(folder.resolve("keys.json"), new byte[] {7});
        assertThat(new SecretFile(true).readOrMake(file, "x", () -> new byte[] {1}))
                .containsExactly(7);
    }

    @Test
    void beside_an_external_database_a_missing_file_stops_the_start_with_a_clear_sentence() {
        assertThatThrownBy(() -> new SecretFile(false)
                        .readOrMake(folder.resolve("keys.json"), "songda.keys.file", () -> new byte[] {1}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("keys.json is missing")
                .hasMessageContaining("songda.keys.file");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void writing_again_replaces_the_whole_and_leaves_nothing_beside() throws Exception {
        Path file = folder.resolve("keys.json");
        SecretFile.write(file, new byte[] {1, 2, 3});
        Files.write(folder.resolve("keys.json.new"), new byte[] {9});
        SecretFile.write(file, new byte[] {4});
        assertThat(file).hasBinaryContent(new byte[] {4});
        assertThat(Files.list(folder)).containsExactly(file);
    }
}
