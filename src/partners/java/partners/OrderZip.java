package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP of GBK XML with orders as the exchange table has them, well made or not: {@code bad} says how. */
final class OrderZip {
    private static final int UNIX = 3;
    private static final int LINK = 0120777;

    private OrderZip() {}

    /** @param orders as {@code POST /api/v1/orders} takes them, both ends in Hangzhou */
    static byte[] of(List<JsonNode> orders, String bad) throws IOException {
        String xml = xml(orders);
        return switch (bad) {
            case "" -> zip("orders.xml", xml.getBytes(Folders.GBK));
            case "truncated" -> zip("orders.xml", Arrays.copyOf(xml.getBytes(Folders.GBK), xml.length() / 2));
            case "doctype" ->
                zip("orders.xml", declared(xml, "<!DOCTYPE applys>").getBytes(Folders.GBK));
            case "laughs" -> zip("orders.xml", declared(xml, laughs()).getBytes(Folders.GBK));
            case "charset" -> zip("orders.xml", xml.getBytes(StandardCharsets.UTF_8));
            case "slip" -> zip("../../orders.xml", xml.getBytes(Folders.GBK));
            case "symlink" -> linked(zip("orders.xml", "/etc/passwd".getBytes(StandardCharsets.US_ASCII)));
            case "nested" -> zip("orders.zip", zip("orders.xml", xml.getBytes(Folders.GBK)));
            case "bomb" -> zip("orders.xml", new byte[80 << 20]);
            case "cut-off" -> {
                byte[] whole = zip("orders.xml", xml.getBytes(Folders.GBK));
                yield Arrays.copyOf(whole, whole.length / 2);
            }
            case "empty" -> new byte[0];
            default -> throw new IllegalArgumentException("unknown: bad " + bad);
        };
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    /** The directory says that the entry is a link of a Unix. */
    private static byte[] linked(byte[] zip) {
        for (int i = 0; i < zip.length - 46; i++)
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                zip[i + 5] = UNIX;
                zip[i + 40] = (byte) LINK;
                zip[i + 41] = (byte) (LINK >> 8);
            }
        return zip;
    }

    private static String declared(String xml, String doctype) {
        return xml.replaceFirst("\\?>", "?>" + doctype.replace("$", "\\$"));
    }

    private static String laughs() {
        StringBuilder all = new StringBuilder("<!DOCTYPE applys [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 10; i++) {
            String ten = ("&a" + (i - 1) + ";").repeat(10);
            all.append("<!ENTITY a").append(i).append(" \"").append(ten).append("\">");
        }
        return all.append("]>").toString();
    }

    private static String xml(List<JsonNode> orders) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"GBK\"?>\n<applys>\n");
        for (JsonNode order : orders) {
            ObjectNode row = (ObjectNode) Application.of(order, "浙江省", "杭州市").path("params");
            for (String optional : List.of("declaredValue", "feeToCollect"))
                if (order.has(optional))
                    row.set(
                            optional.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT),
                            order.get(optional));
            xml.append("  <apply>");
            row.properties()
                    .forEach(field ->
                            element(xml, field.getKey(), field.getValue().asText()));
            xml.append("<documents>");
            for (JsonNode document : order.path("documents")) {
                xml.append("<document>");
                document.properties()
                        .forEach(field ->
                                element(xml, field.getKey(), field.getValue().asText()));
                xml.append("</document>");
            }
            xml.append("</documents></apply>\n");
        }
        return xml.append("</applys>\n").toString();
    }

    private static void element(StringBuilder xml, String name, String text) {
        xml.append('<').append(name).append('>');
        xml.append(text.replace("&", "&amp;").replace("<", "&lt;"));
        xml.append("</").append(name).append('>');
    }

    /** Orders given, or {@code count} made ones. */
    static List<JsonNode> wanted(JsonNode request, MadeOrders made) throws IOException {
        List<JsonNode> orders = new ArrayList<>();
        request.path("orders").forEach(orders::add);
        for (long n = 1; n <= request.path("count").asLong(0); n++) orders.add(Json.read(made.body(n)));
        return orders;
    }
}
