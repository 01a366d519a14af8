package songda.drop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Files as partners make them, and as nobody should. */
public final class Made {

    static final Charset GBK = Charset.forName("GB18030");
    private static final int LINK = 0120777;

    private Made() {}

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipArchiveEntry made = new ZipArchiveEntry(entry.getKey());
                if (entry.getKey().endsWith(".link")) {
                    made.setUnixMode(LINK);
                }
                zip.putArchiveEntry(made);
                zip.write(entry.getValue());
                zip.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] zip(String name, byte[] content) {
        return zip(Map.of(name, content));
    }

    /** The bit that says encrypted, in the directory and before the content. */
    static byte[] encrypted(byte[] zip) {
        byte[] changed = zip.clone();
        for (int i = 0; i < zip.length - 10; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 3 && zip[i + 3] == 4) {
                changed[i + 6] |= 1;
            } else if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                changed[i + 8] |= 1;
            }
        }
        return changed;
    }

    static String xml(String... orders) {
        return "<?xml version=\"1.0\" encoding=\"GBK\"?>\n<applys>" + String.join("\n", orders) + "</applys>";
    }

    static byte[] gbk(String text) {
        return text.getBytes(GBK);
    }

    /** An order as gov sends it in a file; a null takes a field away. */
    static String apply(Map<String, String> changes) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("internal_no", "330109261123000017");
        row.put("zwfwzx_code", "3301090001");
        row.put("net_type", "02");
        row.put("buss_type", "2");
        row.put("send_name", "周敏");
        row.put("send_prov", "浙江省");
        row.put("send_city", "杭州市");
        row.put("send_country", "萧山区");
        row.put("send_strect", "金城路 528 号");
        row.put("send_call", "0571-82898888");
        row.put("rcv_name", "张小三");
        row.put("rcv_prov", "浙江省");
        row.put("rcv_city", "杭州市");
        row.put("rcv_country", "330110");
        row.put("rcv_strect", "余杭区文一西路 969 号 3 幢 201 室");
        row.put("rcv_phone", "13812345678");
        row.put("item", "营业执照");
        row.put("deptno", "11330109MB1A2B3C4H");
        row.put("orgname", "萧山区行政服务中心");
        row.put("receipt_type", "PHYSICAL");
        row.putAll(changes);
        return row.entrySet().stream()
                .filter(field -> field.getValue() != null)
                .map(field -> "<" + field.getKey() + ">" + field.getValue() + "</" + field.getKey() + ">")
                .collect(Collectors.joining("", "<apply>", "</apply>"));
    }

    /** {@code head|…|end} with the given fields over a good row. */
    public static String line(String mail, String serial, Map<Integer, String> changes) {
        String[] fields = {
            "head",
            mail,
            "6",
            "1098765432101",
            "33010900",
            "20261123",
            "153000",
            "W",
            "张小三",
            "",
            "",
            "20",
            "",
            "IMG1",
            "S01",
            "2026-11-24 09:00:00",
            serial,
            "1",
            "end"
        };
        changes.forEach((at, text) -> fields[at] = text);
        return String.join("|", fields) + "\r\n";
    }

    /** With its tail. */
    public static byte[] file(String... lines) {
        return file(lines.length, gbk(String.join("", lines)));
    }

    static byte[] file(int count, byte[] body) {
        return file(count, body, java.util.HexFormat.of().formatHex(md5(body)));
    }

    static byte[] file(int count, byte[] body, String md5) {
        byte[] tail = ("tail|" + count + "|" + md5 + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(body, body.length + tail.length);
        System.arraycopy(tail, 0, whole, body.length, tail.length);
        return whole;
    }

    static byte[] md5(byte[] body) {
        return Digests.md5().digest(body);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    static Map<String, byte[]> entries(Object... namesAndContents) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            entries.put((String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
        }
        return entries;
    }
}
