package songda.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    @TempDir
    Path folder;

    @BeforeEach
    void two_files() throws IOException {
        write("routes/facts.yaml", "facts:\n");
        write("mappings/gov/status/codes.csv", "code,text\n");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Configuration read() {
        return Configuration.read(folder.resolve("routes"), folder.resolve("mappings"));
    }

    @Test
    void the_same_files_have_the_same_digest_wherever_they_lie() throws IOException {
        Configuration mine = read();
        Folder laid = mine.lay(folder.resolve("laid"));
        assertThat(Configuration.read(laid.routes(), laid.mappings()).digest()).isEqualTo(mine.digest());
        assertThat(mine.lay(folder.resolve("laid"))).isEqualTo(laid);
        write("routes/.facts.yaml.swp", "x");
        write("routes/facts.yaml~", "x");
        assertThat(read().digest()).isEqualTo(mine.digest());
        write("mappings/gov/status/codes.csv", "code,name\n");
        assertThat(read().digest()).isNotEqualTo(mine.digest());
        assertThat(mine.to(read()))
                .isEqualTo(Changes.between(
                        Map.of("a", "1", "mappings/gov/status/codes.csv", "1"),
                        Map.of("a", "1", "mappings/gov/status/codes.csv", "2")));
    }

    @Test
    void a_folder_that_somebody_has_changed_is_not_used_again() throws IOException {
        Configuration mine = read();
        Folder laid = mine.lay(folder.resolve("laid"));
        Files.writeString(laid.routes().resolve("facts.yaml"), "facts: {}\n");
        Folder again = mine.lay(folder.resolve("laid"));
        assertThat(again).isNotEqualTo(laid);
        assertThat(again.routes().resolve("facts.yaml")).hasContent("facts:\n");
    }

    @Test
    void links_that_lead_out_large_files_odd_names_and_no_folder_are_refused() throws IOException {
        Path secret = write("secret.txt", "x");
        Path link = folder.resolve("routes/flow.yaml");
        Files.createSymbolicLink(link, secret);
        assertThatThrownBy(this::read).hasMessageContainingAll("routes/flow.yaml", "SONGDA-R006");
        Files.delete(link);
        Path big = write("mappings/gov/status/big.csv", "x".repeat(2 << 20));
        assertThatThrownBy(this::read).hasMessageContainingAll("mappings/gov/status/big.csv", "2097 kB", "700 kB");
        Files.delete(big);
        for (String name : new String[] {"routes/../x", "elsewhere/x", "routes", "/etc/x", "routes//x", "routes/a b"}) {
            assertThatThrownBy(() -> new Configuration(Map.of(name, "x".getBytes(StandardCharsets.UTF_8))))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(name + ": ");
        }
        assertThatThrownBy(() -> Configuration.read(folder.resolve("nowhere"), folder))
                .hasMessageContaining("nowhere");
    }

    @Test
    void what_counts_at_a_start_only_is_known_by_its_name() {
        Map<String, String> none = Map.of();
        Map<String, String> all = Map.of(
                "routes/kit/failures.camel.yaml", "1",
                "routes/edge/qingniao/openapi.yaml", "1",
                "routes/edge/gov/gov-send-status.camel.yaml", "1",
                "routes/flow/x.camel.yaml", "1");
        assertThat(Changes.between(none, all).atAStart())
                .containsExactly("routes/edge/qingniao/openapi.yaml", "routes/kit/failures.camel.yaml");
    }
}
