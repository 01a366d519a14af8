package songda.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import songda.secret.SecretFile;

/**
 * The partners' keys. File: {@code {"keys":[{"keyId":"gov-1","system":"gov","client":"zjzwfw","secret":"<base64, at least 32
 * bytes>","notAfter":"2027-01-01T00:00:00+08:00" or null,"rights":["reveal","label"] or fewer, or nothing}]}}. A partner changes its key without a pause by having two in the file for
 * a while. A changed file is read within a second; one that cannot be read leaves the former keys in force.
 */
public final class PartnerKeys {

    /** Each outside party and the client id of its stand-in. */
    private static final List<List<String>> DEFAULTS = List.of(
            List.of("gov", "zjzwfw"),
            List.of("postal", "ems"),
            List.of("receipt85", "receipt85"),
            List.of("inquiry", "inquiry"),
            List.of("printer", "printer"),
            List.of("sms", "sms"),
            List.of("mail", "mail"),
            List.of("ticket", "ticket"),
            List.of("pda", "pda"),
            List.of("desk", "desk"));

    /** {@code reveal}: the desk may see the bytes of a dead letter as they came. */
    private static final Set<String> RIGHTS = Set.of("reveal", "label");

    private static final int SHORTEST = 32;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(PartnerKeys.class);
    private final Path file;
    private final long lookEveryNanos;
    private volatile Loaded loaded;

    private record Stamp(Object time, long size, Object inode) {}

    private record Loaded(Map<String, PartnerKey> keys, Stamp stamp, long lookedAt) {}

    PartnerKeys(Path file, SecretFile secrets, Duration lookEvery) {
        this.file = file;
        this.lookEveryNanos = lookEvery.toNanos();
        byte[] bytes = secrets.readOrMake(file, "songda.partners.file", PartnerKeys::fresh);
        try {
            this.loaded = new Loaded(parse(bytes), stamp(), System.nanoTime());
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(complaint(e));
        }
    }

    /** @return null if the file has no such key */
    PartnerKey find(String keyId) {
        if (System.nanoTime() - loaded.lookedAt >= lookEveryNanos) {
            look();
        }
        return loaded.keys.get(keyId);
    }

    /** Whether a key is of a system, or of a client, with this name. */
    public boolean knows(String name) {
        look();
        return loaded.keys.values().stream()
                .anyMatch(key -> key.system().equals(name) || key.client().equals(name));
    }

    private synchronized void look() {
        Loaded old = loaded;
        if (System.nanoTime() - old.lookedAt < lookEveryNanos) {
            return;
        }
        Map<String, PartnerKey> keys = old.keys;
        Stamp stamp = old.stamp;
        try {
            stamp = stamp();
            if (!stamp.equals(old.stamp)) {
                keys = parse(Files.readAllBytes(file));
                LOG.info("已重新读取伙伴密钥 / read {} partner keys again", keys.size());
            }
        } catch (IOException | IllegalArgumentException e) {
            if (!stamp.equals(old.stamp)) {
                LOG.warn("沿用旧的伙伴密钥 / the former partner keys stay in force: {}", complaint(e));
            }
        }
        loaded = new Loaded(keys, stamp, System.nanoTime());
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(of.lastModifiedTime(), of.size(), of.fileKey());
    }

    // Without the cause: Jackson and Base64 quote what they read.
    private String complaint(Exception e) {
        return file.toAbsolutePath()
                + (e instanceof IllegalArgumentException ? ": " + e.getMessage() : " is not readable as JSON");
    }

    static Map<String, PartnerKey> parse(byte[] bytes) throws IOException {
        if (!(JSON.readTree(bytes).path("keys") instanceof ArrayNode list)) {
            throw new IllegalArgumentException("needs a list 'keys'");
        }
        Map<String, PartnerKey> keys = new HashMap<>();
        for (JsonNode entry : list) {
            PartnerKey key = key(entry);
            if (keys.put(key.keyId(), key) != null) {
                throw new IllegalArgumentException("key id '" + key.keyId() + "' is there twice");
            }
        }
        return Map.copyOf(keys);
    }

    private static PartnerKey key(JsonNode entry) {
        String id = word(entry, "keyId");
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(entry.path("secret").asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the secret of '" + id + "' is not base64");
        }
        if (secret.length < SHORTEST) {
            throw new IllegalArgumentException("the secret of '" + id + "' is shorter than " + SHORTEST + " bytes");
        }
        return new PartnerKey(
                id,
                word(entry, "system"),
                word(entry, "client"),
                new SecretKeySpec(secret, "HmacSHA256"),
                notAfter(entry.path("notAfter"), id),
                rights(entry.path("rights"), id));
    }

    /** What a key may do beyond what its system may: nothing, unless somebody has written it. */
    private static Set<String> rights(JsonNode list, String id) {
        if (list.isMissingNode() || list.isNull()) {
            return Set.of();
        }
        Set<String> rights = new HashSet<>();
        list.forEach(right -> rights.add(right.asText()));
        if (!list.isArray() || !RIGHTS.containsAll(rights)) {
            throw new IllegalArgumentException("'rights' of '" + id + "' must be a list of " + RIGHTS);
        }
        return Set.copyOf(rights);
    }

    private static Instant notAfter(JsonNode value, String id) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.asText()).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'notAfter' of '" + id + "' must be like 2027-01-01T00:00:00+08:00");
        }
    }

    private static String word(JsonNode entry, String field) {
        String text = entry.path(field).asText();
        if (!WORD.matcher(text).matches()) {
            throw new IllegalArgumentException("each key needs '" + field + "': 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        return text;
    }

    private static byte[] fresh() {
        SecureRandom random = new SecureRandom();
        ObjectNode root = JSON.createObjectNode();
        ArrayNode keys = root.putArray("keys");
        for (List<String> partner : DEFAULTS) {
            byte[] secret = new byte[SHORTEST];
            random.nextBytes(secret);
            keys.addObject()
                    .put("keyId", partner.get(0) + "-1")
                    .put("system", partner.get(0))
                    .put("client", partner.get(1))
                    .put("secret", Base64.getEncoder().encodeToString(secret))
                    .putNull("notAfter");
        }
        return root.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }
}
