package songda.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import songda.failure.StartRefused;

/**
 * A file of those who may log in, a line each: {@code name,role,bcrypt hash of the password}, and {@code ,reveal} behind it for who may see people in clear;
 * {@code #} begins a remark.
 */
final class Users {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,30}");
    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}");
    private static final String REMEDY =
            "每行写：名字,viewer|operator|admin,口令的 bcrypt（songda password 给出），可看个人信息的再加 ,reveal / write in each line: name,viewer|operator|admin,the password's bcrypt (songda password gives it), and ,reveal for who may see people in clear";

    private Users() {}

    /** @throws StartRefused which line is wrong, without what it says */
    static List<UserDetails> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartRefused("用户文件读不了 / the file of users cannot be read: " + file, REMEDY, e);
        }
        Map<String, UserDetails> users = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                UserDetails user = user(line, file + ":" + (i + 1));
                if (users.put(user.getUsername(), user) != null) {
                    throw new StartRefused("名字重复 / the name stands there twice: " + file + ":" + (i + 1), REMEDY, null);
                }
            }
        }
        if (users.isEmpty()) {
            throw new StartRefused(
                    "用户文件是空的，谁也登录不了 / the file of users is empty, nobody could log in: " + file, REMEDY, null);
        }
        return List.copyOf(users.values());
    }

    private static UserDetails user(String line, String place) {
        String[] parts = line.split(",", -1);
        boolean reveals = parts.length == 4 && parts[3].equals("reveal");
        if (parts.length != 3 && !reveals
                || !NAME.matcher(parts[0]).matches()
                || !HASH.matcher(parts[2]).matches()) {
            throw new StartRefused("用户文件有误 / the file of users is wrong: " + place, REMEDY, null);
        }
        return User.withUsername(parts[0])
                .password(parts[2])
                .authorities(rights(role(parts[1], place), reveals))
                .build();
    }

    /** @param reveals may see people in clear, on the board, with a reason that is kept */
    static String[] rights(Role role, boolean reveals) {
        String authority = "ROLE_" + role.name();
        return reveals ? new String[] {authority, Role.REVEAL} : new String[] {authority};
    }

    private static Role role(String text, String place) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
                return role;
            }
        }
        throw new StartRefused("没有这个角色 / there is no such role: " + place, REMEDY, null);
    }
}
