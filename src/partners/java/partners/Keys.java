package partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The secrets that the hub gave its partners: {@code {"keys":[{"keyId","system","client","secret"(base64),"notAfter"}]}}. */
final class Keys {
    private final Map<String, Key> bySystem;

    private Keys(Map<String, Key> bySystem) {
        this.bySystem = bySystem;
    }

    /** Of a system's keys that have not run out the last one wins: a newer one is written below the older. */
    static Keys read(Path file) throws IOException {
        Map<String, Key> keys = new LinkedHashMap<>();
        for (JsonNode key : Json.read(Files.readAllBytes(file)).path("keys"))
            if (lives(key))
                keys.put(
                        key.path("system").asText(),
                        new Key(
                                key.path("keyId").asText(),
                                Base64.getDecoder().decode(key.path("secret").asText())));
        if (keys.isEmpty()) throw new IOException("no keys in " + file);
        return new Keys(keys);
    }

    private static boolean lives(JsonNode key) {
        String notAfter = key.path("notAfter").asText("");
        return notAfter.isEmpty()
                || notAfter.equals("null")
                || OffsetDateTime.parse(notAfter).toInstant().isAfter(Instant.now());
    }

    Key of(String system) {
        Key key = bySystem.get(system);
        if (key == null) throw new IllegalStateException("no key for system '" + system + "' in the keys' file");
        return key;
    }

    record Key(String id, byte[] secret) {}
}
