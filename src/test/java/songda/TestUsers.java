package songda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Who may log in to the hub of the tests. */
public final class TestUsers {

    public static final String PASSWORD = "open for the tests";
    public static final String VIEWER = "vera";
    public static final String OPERATOR = "oscar";
    public static final String OTHER_OPERATOR = "olga";
    public static final String REVEALER = "rita";

    private TestUsers() {}

    public static Path file(Path data) {
        String hash = new BCryptPasswordEncoder(4).encode(PASSWORD);
        String lines = VIEWER + ",viewer," + hash + "\n"
                + OPERATOR + ",operator," + hash + "\n"
                + OTHER_OPERATOR + ",operator," + hash + "\n"
                + REVEALER + ",viewer," + hash + ",reveal\n";
        try {
            return Files.writeString(Files.createDirectories(data).resolve("users.csv"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
