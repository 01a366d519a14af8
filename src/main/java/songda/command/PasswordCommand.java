package songda.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import picocli.CommandLine.Command;

@Command(
        name = "password",
        description = "读入一个口令，给出它的 bcrypt，写进用户文件 / reads a password and gives its bcrypt, for the file of users",
        footer = {"", "  songda password", "  printf '%%s\\n' \"$SECRET\" | songda password"})
final class PasswordCommand implements Callable<Integer> {

    private static final int LEAST = 10;
    /** What bcrypt looks at. */
    private static final int MOST_BYTES = 72;

    @Override
    public Integer call() {
        String password = read();
        if (password.length() < LEAST || password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            System.err.println("口令至少 " + LEAST + " 个字符，至多 " + MOST_BYTES
                    + " 字节 / a password has so many characters at least and so many bytes at most");
            return 2;
        }
        System.out.println(new BCryptPasswordEncoder().encode(password));
        return 0;
    }

    /** Never as an argument, which others on the machine could see. */
    private static String read() {
        Console console = System.console();
        if (console != null) {
            return new String(console.readPassword("口令 / password: "));
        }
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
