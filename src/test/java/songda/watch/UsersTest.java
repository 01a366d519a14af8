package songda.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import songda.failure.StartRefused;

class UsersTest {

    private static final String HASH = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("users.csv"), text);
    }

    @Test
    void a_file_names_each_with_a_role() throws IOException {
        var users = Users.read(file("# 值班台\nli.ming,viewer," + HASH + "\n\nzhang,admin," + HASH + "\n"));
        assertThat(users).extracting(user -> user.getUsername()).containsExactly("li.ming", "zhang");
        assertThat(users.get(0).getAuthorities()).extracting(Object::toString).containsExactly("ROLE_VIEWER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "li,viewer",
                "li,boss,HASH",
                "li,VIEWER,HASH",
                "li,viewer,secret in clear",
                "Li Ming,viewer,HASH",
                "li,viewer,HASH,more"
            })
    void what_is_wrong_ends_the_start_with_its_line_and_without_its_words(String line) throws IOException {
        Path file = file("zhang,admin," + HASH + "\n" + line.replace("HASH", HASH) + "\n");
        assertThatThrownBy(() -> Users.read(file))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("users.csv:2")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining(HASH);
    }

    @Test
    void nobody_twice_and_somebody_at_least() throws IOException {
        Path twice = file("li,viewer," + HASH + "\nli,admin," + HASH + "\n");
        assertThatThrownBy(() -> Users.read(twice)).hasMessageContaining("users.csv:2");
        Path empty = file("# nobody yet\n");
        assertThatThrownBy(() -> Users.read(empty)).isInstanceOf(StartRefused.class);
        assertThatThrownBy(() -> Users.read(folder.resolve("missing.csv"))).isInstanceOf(StartRefused.class);
    }
}
