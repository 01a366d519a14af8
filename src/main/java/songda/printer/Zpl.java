package songda.printer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import songda.label.Raster;

/** ZPL (Zebra): each page is one ^GFA, its hexadecimal digits in ZPL's run lengths, which every firmware reads. */
final class Zpl {

    private static final byte[] ASK = "~HS\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Zpl() {}

    static byte[] job(List<Raster> pages, Language.Sheet sheet) {
        StringBuilder out = new StringBuilder();
        for (Raster page : pages) {
            int bytes = page.stride() * page.height();
            out.append("^XA^PW").append(page.width()).append("^LL").append(page.height());
            out.append("^LH0,0^LS0^FO0,0^GFA,").append(bytes).append(',').append(bytes);
            out.append(',').append(page.stride()).append(',');
            graphic(page, out);
            out.append("^FS^PQ1^XZ\r\n");
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** {@code :} repeats the row above, {@code ,} fills the rest of the row with white, {@code !} with black. */
    private static void graphic(Raster page, StringBuilder out) {
        byte[] above = new byte[0];
        for (int y = 0; y < page.height(); y++) {
            byte[] row = page.row(y);
            if (Arrays.equals(row, above)) {
                out.append(':');
            } else {
                row(HEX.formatHex(row), out);
            }
            above = row;
        }
    }

    private static void row(String digits, StringBuilder out) {
        int end = digits.length();
        char last = digits.charAt(end - 1);
        boolean rest = last == '0' || last == 'F';
        while (rest && end > 0 && digits.charAt(end - 1) == last) {
            end--;
        }
        for (int i = 0; i < end; ) {
            int next = i + 1;
            while (next < end && digits.charAt(next) == digits.charAt(i)) {
                next++;
            }
            run(digits.charAt(i), next - i, out);
            i = next;
        }
        if (rest) {
            out.append(last == '0' ? ',' : '!');
        }
    }

    /** G to Y stand for 1 to 19, g to z for 20 to 400; together for their sum. */
    private static void run(char digit, int count, StringBuilder out) {
        int left = count;
        while (left > 419) {
            out.append('z').append(digit);
            left -= 400;
        }
        if (left >= 20) {
            out.append((char) ('g' + left / 20 - 1));
        }
        if (left % 20 > 0 && left > 1) {
            out.append((char) ('G' + left % 20 - 1));
        }
        out.append(digit);
    }

    static final Dialogue DIALOGUE = new Dialogue(ASK, Zpl::status);

    /** Three lines between STX and ETX, each a list of numbers; the whole of the first two is needed. */
    private static Status status(byte[] answer) {
        String[] lines = new String(answer, StandardCharsets.US_ASCII).split("\u0003");
        if (lines.length < 3) {
            return null;
        }
        String[] first = fields(lines[0]);
        String[] second = fields(lines[1]);
        if (first.length < 12 || second.length < 9) {
            return Status.FAULT;
        }
        if (on(first[1]) || on(second[3])) {
            return Status.PAPER_OUT;
        }
        if (on(second[2])) {
            return Status.OPEN;
        }
        if (on(first[2])) {
            return Status.PAUSED;
        }
        boolean busy = !first[4].matches("0*") || !second[8].matches("0*") || on(first[5]);
        return busy ? Status.PRINTING : Status.READY;
    }

    private static String[] fields(String line) {
        return line.substring(line.indexOf('\u0002') + 1).strip().split(",");
    }

    private static boolean on(String flag) {
        return flag.strip().equals("1");
    }
}
