package songda.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What happens to the partners and on the way to them. */
final class PartnerFaults {

    private static final String[] HTTP = {"gov", "postal", "receipt85", "inquiry", "sms", "ticket"};
    private static final String[] ALL = {"gov", "postal", "receipt85", "inquiry", "sms", "ticket", "mail"};
    private static final String SMS_LIMIT =
            "{\"Code\":\"isv.BUSINESS_LIMIT_CONTROL\",\"Message\":\"触发分钟级流控Permits:1\"}";

    private PartnerFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (String partner : ALL) {
            all.add(away("F25", partner, 15));
        }
        for (String partner : HTTP) {
            all.add(Fault.passing("F26", partner + " answers after 12 s", partner, 15, Mode.late(12_000, 0)));
            all.add(Fault.passing("F27", partner + " answers garbage", partner, 8, Mode.answering(garbage())));
            all.add(Fault.passing(
                    "F28", partner + " accepts, the answer is lost", partner, 8, Mode.of(Mode.Kind.DROP_ANSWER)));
            all.add(Fault.passing("F29", partner + " answers 429 and 503", partner, 8, Mode.answering(busy())));
        }
        all.add(Fault.passing(
                "F30", "SMS limit control", "sms", 4, Mode.answering(List.of(http("200 OK", "", SMS_LIMIT)))));
        all.add(away("F37", "printer", 15));
        all.add(Fault.passing(
                "F37", "the printer hangs in the middle of a label", "printer", 10, Mode.slowRead(40, 4_000)));
        all.add(Fault.passing(
                "P4",
                "half of the labels are cut off in the middle",
                "printer",
                5,
                Mode.of(Mode.Kind.CUT_REQUEST).forShare(0.5)));
        all.add(Fault.passing("P5", "gov's answers are garbled", "gov", 6, Mode.of(Mode.Kind.GARBLE)));
        all.add(Fault.passing("P6", "postal's answers end in the middle", "postal", 6, Mode.of(Mode.Kind.CUT_ANSWER)));
        all.add(Fault.passing(
                "P7", "ticket's connections end without an answer", "ticket", 6, Mode.of(Mode.Kind.HALF_CLOSE)));
        all.add(Fault.passing("P8", "mail's connections break", "mail", 6, Mode.of(Mode.Kind.CUT_ANSWER)));
        all.add(Fault.passing("P9", "gov's answers come twice", "gov", 6, Mode.of(Mode.Kind.DOUBLE_ANSWER)));
        all.add(Fault.passing("P10", "connections to the post are reset", "postal", 3, Mode.of(Mode.Kind.RESET)));
        return all;
    }

    private static Fault away(String name, String partner, int seconds) {
        return new Fault(
                name,
                partner + " is away",
                partner,
                seconds,
                stage -> stage.through(partner).down(),
                stage -> stage.through(partner).up());
    }

    private static List<byte[]> busy() {
        return List.of(
                http("429 Too Many Requests", "Retry-After: 2\r\n", "{}"),
                http("503 Service Unavailable", "Retry-After: 3\r\n", "{}"),
                http("503 Service Unavailable", "", "<h1>busy</h1>"));
    }

    /** Each of these has been mistaken for a yes by somebody. */
    private static List<byte[]> garbage() {
        return List.of(
                http("200 OK", "Content-Type: text/html\r\n", "<html><body>系统维护中</body></html>"),
                http("200 OK", "", ""),
                http("200 OK", "", "{\"code\":\"000"),
                "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{}".getBytes(StandardCharsets.UTF_8),
                http("302 Found", "Location: http://127.0.0.1:1/login\r\n", ""),
                bomb(),
                join(
                        "HTTP/1.1 102 Processing\r\n\r\n".repeat(500).getBytes(StandardCharsets.UTF_8),
                        http("200 OK", "", "[]")),
                http("200 OK", "", "{}"),
                http("200 OK", "", "null"));
    }

    static byte[] http(String status, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return join(head(status, headers, bytes.length), bytes);
    }

    private static byte[] head(String status, String headers, int length) {
        return ("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + length + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** 64 MB of spaces in 64 kB. */
    private static byte[] bomb() {
        try {
            ByteArrayOutputStream small = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(small)) {
                byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < 1024; i++) {
                    zip.write(spaces);
                }
            }
            return join(head("200 OK", "Content-Encoding: gzip\r\n", small.size()), small.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] join(byte[] one, byte[] two) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(two);
        return both.toByteArray();
    }
}
