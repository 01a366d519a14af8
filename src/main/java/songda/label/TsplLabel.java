package songda.label;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import songda.failure.Unmappable;

/**
 * The label ZW-100150 (100 × 150 mm, 203 dpi) in TSPL: 特投 mark, Code 128 of the waybill, route, masked receiver, contents.
 * Text is GBK; quotes and line breaks, which could start a command of their own, become harmless letters.
 */
final class TsplLabel {

    private static final Charset GBK = Charset.forName("GBK");
    private final StringBuilder out = new StringBuilder(1024);

    static byte[] of(JsonNode label) {
        if (!label.path("mark").asText().equals("特投")) {
            throw new Unmappable(
                    "a label without the mark 特投 is not printed (R25): mend mappings/printer/label", "label:zw-100150");
        }
        return new TsplLabel().draw(label).getBytes(GBK);
    }

    private String draw(JsonNode label) {
        line("SIZE 100 mm,150 mm").line("GAP 2 mm,0 mm").line("CLS");
        text(20, 20, 3, label.path("mark").asText())
                .text(300, 30, 1, label.path("product").asText());
        if (label.hasNonNull("copy")) {
            text(560, 30, 2, "副本 COPY " + label.path("copy").asText());
        }
        line("BARCODE 60,110,\"128\",96,1,0,3,3,\""
                + clean(label.path("waybillNo").asText()) + "\"");
        text(
                20,
                270,
                2,
                label.path("routeCode").asText() + " "
                        + label.path("markDestinationName").asText());
        text(20, 330, 1, "集包 " + label.path("packageCodeName").asText());
        JsonNode receiver = label.path("receiver");
        text(
                20,
                400,
                2,
                "收 " + receiver.path("name").asText() + " "
                        + receiver.path("phone").asText());
        text(20, 460, 1, receiver.path("address").asText());
        text(20, 560, 1, "寄 " + label.path("sender").asText());
        text(20, 640, 1, "服务 " + label.path("receipt").asText())
                .text(20, 690, 1, "内件 " + label.path("contents").asText());
        text(20, 800, 1, "收件人/代收人：").text(20, 850, 1, "关系、证件：").text(20, 900, 1, "签收时间：");
        line("BARCODE 60,1000,\"128\",80,1,0,2,2,\""
                + clean(label.path("waybillNo").asText()) + "\"");
        line("PRINT 1,1");
        return out.toString();
    }

    private TsplLabel text(int x, int y, int scale, String text) {
        return line("TEXT " + x + "," + y + ",\"TSS24.BF2\",0," + scale + "," + scale + ",\"" + clean(text) + "\"");
    }

    private TsplLabel line(String command) {
        out.append(command).append("\r\n");
        return this;
    }

    private static String clean(String text) {
        return text.replace('"', '\'').replaceAll("\\p{Cntrl}", " ");
    }
}
