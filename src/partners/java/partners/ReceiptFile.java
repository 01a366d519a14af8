package partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The 85 system's file: {@code head|17 fields|end} a row, {@code tail|count|md5} at the end, in GBK; well made or not. */
final class ReceiptFile {
    private static final List<String> FIELDS = List.of(
            "mail_num",
            "receipt_flag",
            "receipt_mail_num",
            "dlv_bureau_org_code",
            "dlv_date",
            "dlv_time",
            "sign_sts_code",
            "signer_name",
            "agent_relation",
            "agent_id_mask",
            "receipt_sts",
            "receipt_err_code",
            "image_id",
            "op_staff",
            "op_time",
            "serialnumber",
            "effect");

    private ReceiptFile() {}

    /** @param bad {@code digest}, {@code count}, {@code cut-off}, {@code utf8}, {@code bytes}, {@code empty}, or nothing */
    static byte[] of(List<JsonNode> rows, String bad) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode row : rows) {
            lines.append("head");
            for (String field : FIELDS) lines.append('|').append(row.path(field).asText());
            lines.append("|end\r\n");
        }
        byte[] body = lines.toString().getBytes(bad.equals("utf8") ? StandardCharsets.UTF_8 : Folders.GBK);
        if (bad.equals("bytes")) body[body.length / 2] = (byte) 0xFF;
        int count = rows.size() + (bad.equals("count") ? 1 : 0);
        String md5 = md5(body);
        if (bad.equals("digest")) md5 = md5.replaceFirst("^.", md5.charAt(0) == '0' ? "1" : "0");
        byte[] tail = ("tail|" + count + "|" + md5 + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(body, body.length + tail.length);
        System.arraycopy(tail, 0, whole, body.length, tail.length);
        return switch (bad) {
            case "empty" -> new byte[0];
            case "cut-off" -> Arrays.copyOf(whole, whole.length / 2);
            default -> whole;
        };
    }

    private static String md5(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
