package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Orders as the post took them before its present platform: {@code /oms} (2019 on, a signature over the text) and {@code /router} (before, over the form). */
final class OldPost {
    static final String OMS = "/oms";
    static final String ROUTER = "/router";
    private final String secret;

    OldPost(String secret) {
        this.secret = secret;
    }

    /** The order in the form, in the words of the present platform; throws where the signature is wrong. */
    JsonNode open(String path, Map<String, String> form) throws IOException {
        return path.equals(OMS) ? oms(form) : router(form);
    }

    private JsonNode oms(Map<String, String> form) throws IOException {
        String text = form.getOrDefault("logistics_interface", "");
        String hex = HexFormat.of().formatHex(sha256(text + secret));
        check(form, "signature", Base64.getEncoder().encodeToString(hex.getBytes(StandardCharsets.US_ASCII)));
        JsonNode order = Json.read(text.getBytes(StandardCharsets.UTF_8)).path("OrderNormal");
        return named(order, "logistics_order_no", "receiver");
    }

    private JsonNode router(Map<String, String> form) throws IOException {
        StringBuilder signed = new StringBuilder();
        new TreeMap<>(form).forEach((key, value) -> {
            if (!key.equals("sign")) signed.append(key).append(value);
        });
        check(form, "sign", Base64.getEncoder().encodeToString(sha256(signed + secret)));
        return named(
                Json.read(form.getOrDefault("orderNormal", "").getBytes(StandardCharsets.UTF_8)),
                "orderNo",
                "receiver");
    }

    private static ObjectNode named(JsonNode order, String number, String receiver) {
        ObjectNode named = order.deepCopy();
        named.set("logisticsOrderNo", order.path(number));
        named.set("receiver", order.path(receiver));
        return named;
    }

    private static void check(Map<String, String> form, String name, String right) {
        if (!right.equals(form.get(name))) throw new IllegalArgumentException(name + " is wrong");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the present platform says, as these two said it. */
    static ObjectNode answer(String path, ObjectNode said) {
        boolean good = said.path("retCode").asText().equals("00000");
        ObjectNode answer = Json.object();
        if (path.equals(OMS)) {
            answer.put("success", good ? "true" : "false")
                    .put("reason", good ? "" : said.path("retMsg").asText());
            copy(said, "waybillNo", answer, "waybill_no");
            copy(said, "routeCode", answer, "route_code");
            copy(said, "packageCodeName", answer, "package_code_name");
            copy(said, "markDestinationName", answer, "mark_destination_name");
        } else {
            answer.put("success", good ? "T" : "F")
                    .put("errorMsg", good ? "" : said.path("retMsg").asText());
            copy(said, "waybillNo", answer, "mailNo");
        }
        return answer;
    }

    private static void copy(ObjectNode from, String name, ObjectNode to, String as) {
        if (from.has(name)) to.set(as, from.get(name));
    }
}
