package songda.drop;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a partner drops its files: {@code songda.<system>.files} of application.yaml.
 *
 * @param key file of the hub's private key; empty: it logs in by password
 * @param hostKey fingerprints that the server may show, {@code SHA256:…} as {@code ssh-keygen -lf} prints them, commas between
 * @param folder the folder that has {@code in}; the hub makes {@code taken}, {@code done}, {@code error} and {@code reply} beside it
 */
record Server(
        boolean polled,
        String host,
        int port,
        String user,
        String password,
        String key,
        String hostKey,
        String folder) {

    private static final String STAND_IN = "stand-in";

    /** @throws IllegalStateException what is missing, before anything is polled */
    Server checked(String prefix) {
        if (polled && (blank(host) || blank(user) || blank(hostKey) || blank(password) && blank(key))) {
            throw new IllegalStateException("已启用文件交换但设置不全，请设置 " + prefix
                    + " 的 host、user、host-key 以及 password 或 key / files are to be polled but " + prefix
                    + " lacks host, user, host-key, or one of password and key");
        }
        if (polled && !byKey() && password.equals(STAND_IN) && !host.matches("127[.][0-9.]+|localhost|::1")) {
            throw new IllegalStateException("替身的密码只能用于本机，请设置 " + prefix
                    + ".password / the stand-in's password is for this machine" + " only: set " + prefix + ".password");
        }
        return this;
    }

    List<String> fingerprints() {
        return Stream.of(hostKey.split(","))
                .map(String::strip)
                .filter(f -> !f.isEmpty())
                .toList();
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    boolean byKey() {
        return !blank(key);
    }
}
