package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The platform side of the post's form: {@code logitcsInterface} is SM4 over the JSON and, behind it, the sign key. */
final class Ems {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final String MARK = "|$4|";
    /** One for all: a new one costs tens of milliseconds. */
    private static final Provider SM4 = new BouncyCastleProvider();

    private final String signKey;
    private final SecretKeySpec key;

    Ems(String signKey) {
        this.signKey = signKey;
        this.key = new SecretKeySpec(Base64.getDecoder().decode(signKey), "SM4");
    }

    static Map<String, String> form(byte[] raw) {
        Map<String, String> form = new HashMap<>();
        for (String field : new String(raw, StandardCharsets.UTF_8).split("&")) {
            int at = field.indexOf('=');
            if (at > 0)
                form.put(field.substring(0, at), URLDecoder.decode(field.substring(at + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    /** The JSON in the form; of a list of one, that one. */
    JsonNode open(Map<String, String> form) throws IOException {
        for (String field : new String[] {"apiCode", "senderNo", "authorization", "msgType", "timeStamp"})
            if (form.getOrDefault(field, "").isBlank()) throw new IllegalArgumentException("field missing: " + field);
        String sealed = form.getOrDefault("logitcsInterface", "");
        if (!sealed.startsWith(MARK))
            throw new IllegalArgumentException("logitcsInterface does not begin with " + MARK);
        String text = new String(
                run(Cipher.DECRYPT_MODE, Base64.getDecoder().decode(sealed.substring(MARK.length()))),
                StandardCharsets.UTF_8);
        if (!text.endsWith(signKey)) throw new IllegalArgumentException("logitcsInterface does not end with the key");
        JsonNode content =
                Json.read(text.substring(0, text.length() - signKey.length()).getBytes(StandardCharsets.UTF_8));
        return content.isArray() && content.size() == 1 ? content.get(0) : content;
    }

    private byte[] run(int mode, byte[] in) {
        try {
            Cipher cipher = Cipher.getInstance("SM4/ECB/PKCS5Padding", SM4);
            cipher.init(mode, key);
            return cipher.doFinal(in);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("logitcsInterface was sealed with another key");
        }
    }

    /** A tracking push (040002) of this event, whose serialNo stands beside the envelope. */
    byte[] push(byte[] event) throws IOException {
        ObjectNode content = (ObjectNode) Json.read(event);
        String serialNo = content.remove("serialNo").asText();
        byte[] sealed = run(Cipher.ENCRYPT_MODE, (content + signKey).getBytes(StandardCharsets.UTF_8));
        return Json.bytes(Json.object()
                .put("logitcsInterface", MARK + Base64.getEncoder().encodeToString(sealed))
                .put("method", "040002")
                .put("msgType", "0")
                .put("senderNo", "1100000000000")
                .put("serialNo", serialNo)
                .put("timeStamp", TIME.format(LocalDateTime.now(HubTime.ZONE)))
                .put("version", "v1.0.0"));
    }

    /** {retCode, retMsg?, …} as the platform writes it: what is given stands as JSON text in retBody; retText there as it is. */
    static ObjectNode answer(ObjectNode said) {
        ObjectNode given = said.deepCopy();
        String code = given.remove("retCode").asText();
        JsonNode message = given.remove("retMsg");
        ObjectNode answer = Json.object().put("serialNo", UUID.randomUUID().toString());
        answer.put("retCode", code).put("retMsg", message == null ? "成功" : message.asText());
        if (given.has("retText")) answer.set("retBody", given.get("retText"));
        else if (!given.isEmpty()) answer.put("retBody", given.toString());
        return answer.put("success", code.equals("00000"));
    }
}
