package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The post offices of the script, and what a scan there is called. */
final class Posts {
    private static final Map<String, String> NAMES = Map.of(
            "203", "收寄计费信息",
            "305", "揽投发运/封车",
            "389", "处理中心封车",
            "954", "邮件到达处理中心",
            "306", "揽投解车",
            "702", "投递邮件接收-下段",
            "704", "投递结果反馈-妥投",
            "705", "投递结果反馈-未妥投");
    private static final Map<String, String> REASONS = Map.of("103", "收件人不在指定地址", "113", "无法找到收件人", "126", "迁移新址不明");

    private final JsonNode posts;

    Posts(JsonNode posts) {
        this.posts = posts;
    }

    /** Adds opCode, opName, opDesc, opOrgCode, opOrgName, opOrgCity. */
    void describe(ObjectNode scan, JsonNode step, JsonNode script, JsonNode order) {
        String origin = script.path("offices")
                .path(order.path("office").asText())
                .path("county")
                .asText();
        String destination = order.path("recipient").path("county").asText();
        JsonNode post =
                switch (step.path("where").asText()) {
                    case "origin" -> posts.path(origin);
                    case "origin-centre" -> posts.path(origin.substring(0, 4));
                    case "destination-centre" -> posts.path(destination.substring(0, 4));
                    case "destination" -> posts.path(destination);
                    default -> throw new IllegalArgumentException("where? " + step);
                };
        if (post.isMissingNode()) throw new IllegalArgumentException("no post for " + step + " of " + order);
        String code = step.path("code").asText();
        String reason = step.path("reason").asText();
        scan.put("opCode", code).put("opName", NAMES.get(code));
        scan.put(
                "opDesc",
                "【" + post.path("city").asText() + "】【" + post.path("name").asText() + "】" + NAMES.get(code)
                        + (reason.isEmpty() ? "" : "，" + REASONS.get(reason)));
        scan.put("opOrgCode", post.path("code").asText())
                .put("opOrgName", post.path("name").asText());
        scan.put("opOrgCity", post.path("city").asText());
    }
}
