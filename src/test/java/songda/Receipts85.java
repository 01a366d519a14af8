package songda;

import java.nio.charset.Charset;

/** The 85 system in tests: SOAP 1.1 as text, and how it answers. */
public final class Receipts85 {

    public static final Charset GB18030 = Charset.forName("GB18030");
    static final String PATH = "/receipt85/services/receipt";
    private static final String ENVELOPE =
            "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:r=\"urn:cn:post:85:receipt\"><soap:Body>%s</soap:Body></soap:Envelope>";

    private Receipts85() {}

    /** Of a request: {@code login} or {@code queryReceipt}. */
    static String operation(String request) {
        return request.contains("queryReceipt") ? "queryReceipt" : "login";
    }

    /** Logs anyone in, and has no rows. */
    static TestPartners.Answer yes(String request) {
        return operation(request).equals("login")
                ? xml(200, login("S-1"))
                : xml(200, page(0, Integer.parseInt(field(request, "pageNo"))));
    }

    /** What stands in this element of a request. */
    public static String field(String request, String name) {
        return request.replaceFirst("(?s).*<(?:r:)?" + name + ">([^<]*)</.*", "$1");
    }

    public static String login(String session) {
        return response("login", "<ret>0</ret><sessionId>" + session + "</sessionId>");
    }

    public static String page(int total, int page, String... rows) {
        return response(
                "queryReceipt",
                "<ret>0</ret><total>" + total + "</total><pageNo>" + page + "</pageNo>" + String.join("", rows));
    }

    /** @param code null for a fault that the server's software makes */
    public static String fault(String who, String code) {
        String detail = code == null ? "" : "<detail><r:fault><code>" + code + "</code></r:fault></detail>";
        return ENVELOPE.formatted("<soap:Fault><faultcode>soap:" + who + "</faultcode><faultstring>故障</faultstring>"
                + detail + "</soap:Fault>");
    }

    public static String said(String ret) {
        return response("queryReceipt", "<ret>" + ret + "</ret>");
    }

    private static String response(String operation, String content) {
        return ENVELOPE.formatted(
                "<r:" + operation + "Response><result>" + content + "</result></r:" + operation + "Response>");
    }

    /** A good receipt, but for the elements given as {@code name, text, name, text …}. */
    public static String row(String waybill, String serial, String opTime, String... other) {
        StringBuilder row = new StringBuilder("<row><mail_num>" + waybill + "</mail_num><serialnumber>" + serial
                + "</serialnumber><op_time>" + opTime + "</op_time>");
        java.util.Map<String, String> fields = new java.util.LinkedHashMap<>();
        fields.put("receipt_mail_num", "1103311486731");
        fields.put("sign_sts_code", "N");
        fields.put("signer_name", "收发室");
        fields.put("receipt_sts", "20");
        fields.put("effect", "1");
        for (int i = 0; i < other.length; i += 2) {
            fields.put(other[i], other[i + 1]);
        }
        fields.forEach((name, text) -> row.append('<')
                .append(name)
                .append('>')
                .append(text)
                .append("</")
                .append(name)
                .append('>'));
        return row.append("</row>").toString();
    }

    /** As the 85 system sends it: declared GBK, and every character survives. */
    public static TestPartners.Answer xml(int status, String envelope) {
        return bytes(
                status,
                "text/xml; charset=GBK",
                ("<?xml version=\"1.0\" encoding=\"GBK\"?>" + envelope).getBytes(GB18030));
    }

    public static TestPartners.Answer bytes(int status, String type, byte[] bytes) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }
}
