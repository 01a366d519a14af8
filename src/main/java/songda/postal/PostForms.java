package songda.postal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The forms by which the post has taken a JSON text over the years; each shows in its own way who sends it. Which one a site speaks is said by
 * its routes.
 */
final class PostForms {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private final EmsAccount account;
    private final OldAccount old;
    private final Clock wall;
    private final Supplier<String> serialNo;

    PostForms(EmsAccount account, OldAccount old, Clock wall, Supplier<String> serialNo) {
        this.account = account;
        this.old = old;
        this.wall = wall;
        this.serialNo = serialNo;
    }

    /** Of the open platform for customers with a contract, 2023 on: the text is sealed, see {@link EmsEnvelope}. */
    Map<String, String> sealed(String api, String text) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("apiCode", api);
        form.put("senderNo", account.senderNo());
        form.put("authorization", account.authorization());
        form.put("msgType", "0");
        form.put("timeStamp", now());
        form.put("version", "V1.0.0");
        form.put("logitcsInterface", account.envelope().seal(text));
        return form;
    }

    /** Of the order system (OMS), 2019 to 2023: base64 of the hexadecimal SHA-256 of the text and the secret. */
    Map<String, String> oms(String api, String text) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("apiCode", api);
        form.put("senderNo", account.senderNo());
        form.put("serialNo", serialNo.get());
        form.put("msgType", "0");
        form.put("logistics_interface", text);
        String hex = HexFormat.of().formatHex(sha256(text + old.secret()));
        form.put("signature", Base64.getEncoder().encodeToString(hex.getBytes(StandardCharsets.US_ASCII)));
        return form;
    }

    /**
     * Of the first open platform, 2016 to 2020: base64 of the SHA-256 of all fields in the order of their names, each name and its value, the
     * empty ones included, and the secret.
     *
     * @param field in which the text goes
     */
    Map<String, String> router(String method, String field, String text) {
        Map<String, String> form = new TreeMap<>();
        form.put("method", method);
        form.put("app_key", old.appKey());
        form.put("authorization", account.authorization());
        form.put("timestamp", now());
        form.put("version", "V0.1");
        form.put("charset", "UTF-8");
        form.put("format", "json");
        form.put("size", "");
        form.put(field, text);
        StringBuilder signed = new StringBuilder();
        form.forEach((name, value) -> signed.append(name).append(value));
        form.put("sign", Base64.getEncoder().encodeToString(sha256(signed + old.secret())));
        return form;
    }

    private String now() {
        return LocalDateTime.now(wall).format(TIME);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
