package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The SMS provider, as Aliyun speaks (dysmsapi 2017-05-25): SendSms takes every message that is right, never idempotent; QuerySendDetails
 * tells what was sent to a phone on a day, page by page. Every call must be signed.
 */
final class Sms extends HttpPartner {
    private static final int REMEMBERED = 100_000;
    private static final int LONGEST_VARIABLE = 35;
    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");
    private static final Pattern LINK = Pattern.compile("(?i)https?:|www\\.|\\.(com|cn|net|org)\\b");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");
    private final AtomicLong number = new AtomicLong(System.currentTimeMillis());
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final List<Script> scripts = new ArrayList<>();
    private final Acs3 signatures;
    private Consumer<Sent> onSent = it -> {};

    Sms(int port, Journal journal, ExecutorService pool, Acs3 signatures) {
        super(Options.Place.sms, port, journal, pool);
        this.signatures = signatures;
        journal.replay(line -> {
            if (line.path("op").asText().equals("sms") && line.path("answer").has("BizId"))
                remember(sent(
                        line.path("body"),
                        line.path("answer").path("BizId").asText(),
                        Instant.parse(line.path("at").asText())));
        });
    }

    /** A message that was taken. @param at wall time */
    record Sent(String phone, String outId, String bizId, String template, Instant at) {
        String day() {
            return DAY.format(at.atZone(HubTime.ZONE));
        }
    }

    /** What is answered to the next calls instead. @param phone to this one only, or empty */
    private static final class Script {
        private final String phone;
        private final JsonNode answer;
        private int left;

        Script(JsonNode wanted) {
            phone = wanted.path("phone").asText("");
            answer = wanted;
            left = wanted.path("count").asInt(1);
        }
    }

    /** Hears what was taken, after its answer was made. */
    void onSent(Consumer<Sent> listener) {
        onSent = listener;
    }

    /** {@code {"code", "message"?, "status"?, "phone"?, "count"?}}: so the next calls of SendSms are answered, and nothing is sent. */
    synchronized void script(JsonNode wanted) {
        scripts.add(new Script(wanted));
    }

    @Override
    String called(HttpExchange exchange, byte[] raw) {
        String action = exchange.getRequestHeaders().getFirst("x-acs-action");
        return action == null ? exchange.getRequestURI().getPath() : action;
    }

    /** Its parameters, with the variables of the template as what they are. */
    @Override
    JsonNode read(HttpExchange exchange, byte[] raw) throws IOException {
        ObjectNode body = Json.object();
        for (Map.Entry<String, String> it : Acs3.parameters(exchange).entrySet())
            if (it.getKey().equals("TemplateParam")) body.set(it.getKey(), variables(it.getValue()));
            else body.put(it.getKey(), it.getValue());
        return body;
    }

    private static JsonNode variables(String json) {
        try {
            return Json.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Json.tree(json);
        }
    }

    @Override
    Reply handle(Request request) throws IOException {
        try {
            signatures.check(request.exchange(), new byte[0]);
        } catch (Acs3.Denied denied) {
            return new Reply(denied.status(), "denied", denied.code(), said(denied.code(), denied.getMessage()));
        }
        return switch (request.path()) {
            case "SendSms" -> send(request);
            case "QuerySendDetails" -> details(request);
            default -> new Reply(404, request.path(), "", said("InvalidAction.NotFound", "no such action"));
        };
    }

    private Reply send(Request request) {
        JsonNode body = request.body();
        JsonNode scripted = scripted(body.path("PhoneNumbers").asText());
        if (scripted != null)
            return new Reply(
                    scripted.path("status").asInt(200),
                    "no",
                    body.path("OutId").asText(),
                    said(
                            scripted.path("code").asText(),
                            scripted.path("message").asText("模拟")));
        String wrong = wrong(body);
        if (wrong != null) return Reply.ok("no", body.path("OutId").asText(), said(wrong, "参数不合要求"));
        Sent taken = sent(body, number.incrementAndGet() + "^0", Instant.now());
        remember(taken);
        onSent.accept(taken);
        return Reply.ok("sms", taken.outId, said("OK", "OK").put("BizId", taken.bizId));
    }

    private static Sent sent(JsonNode body, String bizId, Instant at) {
        return new Sent(
                body.path("PhoneNumbers").asText(),
                body.path("OutId").asText(),
                bizId,
                body.path("TemplateCode").asText(),
                at);
    }

    private synchronized JsonNode scripted(String phone) {
        for (Script script : scripts)
            if (script.left > 0 && (script.phone.isEmpty() || script.phone.equals(phone))) {
                script.left--;
                return script.answer;
            }
        return null;
    }

    /** The provider's code for what it does not take; null for what it does. */
    private static String wrong(JsonNode body) {
        if (!MOBILE.matcher(body.path("PhoneNumbers").asText()).matches()) return "isv.MOBILE_NUMBER_ILLEGAL";
        if (body.path("SignName").asText().isBlank()) return "isv.SMS_SIGNATURE_ILLEGAL";
        if (!body.path("TemplateCode").asText().startsWith("SMS_")) return "isv.SMS_TEMPLATE_ILLEGAL";
        if (!body.path("TemplateParam").isObject()) return "isv.INVALID_JSON_PARAM";
        for (JsonNode value : body.path("TemplateParam")) {
            if (!value.isTextual()) return "isv.INVALID_PARAMETERS";
            if (value.asText().length() > LONGEST_VARIABLE) return "isv.PARAM_LENGTH_LIMIT";
            if (LINK.matcher(value.asText()).find()) return "isv.PARAM_NOT_SUPPORT_URL";
        }
        return null;
    }

    private Reply details(Request request) {
        JsonNode body = request.body();
        String phone = body.path("PhoneNumber").asText();
        String day = body.path("SendDate").asText();
        int size = body.path("PageSize").asInt(10);
        int page = body.path("CurrentPage").asInt(1);
        if (size < 1 || size > 50 || page < 1)
            return Reply.ok("details", phone, said("isv.INVALID_PARAMETERS", "page"));
        List<Sent> found;
        synchronized (this) {
            found = sent.stream()
                    .filter(it -> it.phone.equals(phone) && it.day().equals(day))
                    .toList();
        }
        ObjectNode answer = said("OK", "OK").put("TotalCount", String.valueOf(found.size()));
        ArrayNode details = answer.putObject("SmsSendDetailDTOs").putArray("SmsSendDetailDTO");
        found.stream().skip((long) (page - 1) * size).limit(size).forEach(it -> details.addObject()
                .put("PhoneNum", it.phone)
                .put("OutId", it.outId)
                .put("TemplateCode", it.template)
                .put("SendStatus", 3)
                .put("ErrCode", "DELIVERED")
                .put("SendDate", Receipt85.SECONDS.format(it.at.atZone(HubTime.ZONE))));
        return Reply.ok("details", phone, answer);
    }

    private static ObjectNode said(String code, String message) {
        return Json.object()
                .put("Code", code)
                .put("Message", message)
                .put("RequestId", UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT));
    }

    private synchronized void remember(Sent one) {
        sent.add(one);
        if (sent.size() > REMEMBERED) sent.remove();
    }
}
