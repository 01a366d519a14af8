package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.StringJoiner;

/**
 * The post's older push, as it is asked for: {@code {"items": [{…}], "form"?: "xml|soap|text|json", "charset"?, "declare"?, "doctype"?, "cut"?,
 * "secret"?}}. {@code text}: the XML as text in a SOAP envelope. {@code declare}: another charset than the bytes have. {@code doctype}: this
 * text behind the XML declaration. {@code cut}: only so many bytes.
 */
final class MailPush {
    private static final String TARGET = "/api/postal/mails";
    private final JsonNode wanted;
    private final String secret;

    MailPush(JsonNode wanted, String secret) {
        this.wanted = wanted;
        this.secret = wanted.path("secret").asText(secret);
    }

    /** {@code {"status", "answer"}}, and a line in the journal. */
    ObjectNode send(Hub hub, Journal journal) throws IOException {
        boolean json = form().equals("json");
        String type = json ? "application/json" : "text/xml; charset=" + declared();
        Wire.Answer answer = hub.unsigned(
                TARGET, "Content-Type: " + type + "\r\nauthenticate: " + secret + "\r\nversion: 1.0\r\n", bytes());
        journal.out("mails", form(), answer.status(), null, wanted, answer.text());
        return Json.object().put("status", answer.status()).put("answer", answer.text());
    }

    private String form() {
        return wanted.path("form").asText("xml");
    }

    private String charset() {
        return wanted.path("charset").asText("UTF-8");
    }

    private String declared() {
        return wanted.path("declare").asText(charset());
    }

    private byte[] bytes() {
        byte[] whole =
                switch (form()) {
                    case "json" -> Json.bytes(Json.object().set("listexpressmail", wanted.path("items")));
                    case "soap" -> (head() + soap(list())).getBytes(Charset.forName(charset()));
                    case "text" ->
                        (head() + soap("<in0>" + escaped(head() + list()) + "</in0>"))
                                .getBytes(Charset.forName(charset()));
                    default -> (head() + list()).getBytes(Charset.forName(charset()));
                };
        int cut = wanted.path("cut").asInt(whole.length);
        return java.util.Arrays.copyOf(whole, Math.min(cut, whole.length));
    }

    private String head() {
        return "<?xml version=\"1.0\" encoding=\"" + declared() + "\"?>"
                + wanted.path("doctype").asText("");
    }

    private static String soap(String content) {
        return "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>"
                + "<web:rfromems xmlns:web=\"http://web/\">" + content
                + "</web:rfromems></soapenv:Body></soapenv:Envelope>";
    }

    private String list() {
        StringJoiner all = new StringJoiner("", "<listexpressmail>", "</listexpressmail>");
        for (JsonNode item : wanted.path("items")) {
            StringJoiner one = new StringJoiner("", "<expressmail>", "</expressmail>");
            item.properties()
                    .forEach(field -> one.add("<" + field.getKey() + ">"
                            + escaped(field.getValue().asText()) + "</" + field.getKey() + ">"));
            all.add(one.toString());
        }
        return all.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
