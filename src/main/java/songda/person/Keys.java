package songda.person;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import songda.secret.SecretFile;

/**
 * The hub's own keys. File: {@code {"active":"k1","data":{"k1":"<base64, 32 bytes>"},"index":"<base64, 32 bytes>"}}. New values are
 * sealed with the active key; older ones stay to open what they sealed. The index key cannot be rotated without hashing anew.
 */
public final class Keys {

    private static final int BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private final String active;
    private final Map<String, SecretKey> data;
    private final SecretKey index;

    private Keys(String active, Map<String, SecretKey> data, SecretKey index) {
        this.active = active;
        this.data = Map.copyOf(data);
        this.index = index;
    }

    /** Reads the key file, or makes one with a single data key where that is allowed (embedded default). */
    public static Keys load(Path file, SecretFile secrets) {
        byte[] bytes = secrets.readOrMake(file, "songda.keys.file", () -> fresh().file());
        try {
            return parse(bytes);
        } catch (IOException | IllegalArgumentException e) {
            // The cause is left out: Jackson and Base64 quote what they read.
            throw new IllegalStateException("the key file " + file.toAbsolutePath() + " is not as it should be"
                    + (e instanceof IllegalArgumentException ? ": " + e.getMessage() : " (not JSON)"));
        }
    }

    /** Random keys that are in no file; for tests and for {@link #load}. */
    static Keys fresh() {
        return new Keys("k1", Map.of("k1", random()), new SecretKeySpec(random().getEncoded(), "HmacSHA256"));
    }

    /** The same keys and one more data key, which becomes the active one. */
    Keys rotatedTo(String id) {
        checkId(id);
        if (data.containsKey(id)) {
            throw new IllegalArgumentException("key id '" + id + "' is taken");
        }
        Map<String, SecretKey> more = new TreeMap<>(data);
        more.put(id, random());
        return new Keys(id, more, index);
    }

    static Keys parse(byte[] file) throws IOException {
        if (!(JSON.readTree(file) instanceof ObjectNode root)) {
            throw new IllegalArgumentException("it must be a JSON object");
        }
        Map<String, SecretKey> data = new TreeMap<>();
        root.path("data").properties().forEach(e -> {
            checkId(e.getKey());
            data.put(
                    e.getKey(),
                    new SecretKeySpec(decode("data." + e.getKey(), e.getValue().asText()), "AES"));
        });
        String active = root.path("active").asText();
        if (!data.containsKey(active)) {
            throw new IllegalArgumentException("'active' names no key in 'data'");
        }
        return new Keys(
                active,
                data,
                new SecretKeySpec(decode("index", root.path("index").asText()), "HmacSHA256"));
    }

    byte[] file() {
        ObjectNode root = JSON.createObjectNode().put("active", active);
        ObjectNode keys = root.putObject("data");
        new TreeMap<>(data)
                .forEach((id, key) -> keys.put(id, Base64.getEncoder().encodeToString(key.getEncoded())));
        root.put("index", Base64.getEncoder().encodeToString(index.getEncoded()));
        return root.toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    String active() {
        return active;
    }

    /** @return null for an id that is not in the file */
    SecretKey data(String id) {
        return data.get(id);
    }

    SecretKey index() {
        return index;
    }

    private static byte[] decode(String name, String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "' is not base64");
        }
        if (key.length != BYTES) {
            throw new IllegalArgumentException("'" + name + "' must have " + BYTES + " bytes, has " + key.length);
        }
        return key;
    }

    private static void checkId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a key id has 1 to 32 of A-Z a-z 0-9 . _ -");
        }
    }

    private static SecretKey random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return new SecretKeySpec(key, "AES");
    }

    @Override
    public String toString() {
        return "Keys[active=" + active + ", " + data.size() + " data keys]";
    }
}
