package songda.printer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import songda.label.Raster;

/** PWG raster (PWG 5102.4), eight bits of grey a dot: what every driverless printer takes. */
final class Pwg {

    private static final int HEAD = 1796;
    private static final int WHITE = 0xff;
    private static final int SGRAY = 18;
    private static final int MOST = 128;

    private Pwg() {}

    static byte[] job(List<Raster> pages, Language.Sheet sheet) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("RaS2".getBytes(StandardCharsets.US_ASCII));
        for (Raster page : pages) {
            out.writeBytes(head(page, sheet, pages.size()));
            dots(page, out);
        }
        return out.toByteArray();
    }

    /** The places of its fields are those of CUPS' cups_page_header2_t; all that is not set is 0. */
    private static byte[] head(Raster page, Language.Sheet sheet, int pages) {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        head.put(0, "PwgRaster".getBytes(StandardCharsets.US_ASCII));
        head.putInt(276, sheet.dpi()).putInt(280, sheet.dpi());
        head.putInt(340, 1);
        head.putInt(352, points(sheet.width())).putInt(356, points(sheet.height()));
        head.putInt(372, page.width()).putInt(376, page.height());
        head.putInt(384, 8).putInt(388, 8).putInt(392, page.width());
        head.putInt(396, 0).putInt(400, SGRAY);
        head.putInt(420, 1);
        head.putInt(452, pages).putInt(456, 1).putInt(460, 1);
        head.putInt(472, page.width()).putInt(476, page.height());
        return head.array();
    }

    private static int points(double mm) {
        return (int) Math.round(mm * 72 / 25.4);
    }

    /** Each row that repeats stands once, with how often; within it, runs of one shade. */
    private static void dots(Raster page, ByteArrayOutputStream out) {
        for (int y = 0; y < page.height(); ) {
            byte[] row = page.row(y);
            int next = y + 1;
            while (next < page.height() && next - y < 256 && Arrays.equals(row, page.row(next))) {
                next++;
            }
            out.write(next - y - 1);
            runs(page, y, out);
            y = next;
        }
    }

    private static void runs(Raster page, int y, ByteArrayOutputStream out) {
        for (int x = 0; x < page.width(); ) {
            boolean black = page.black(x, y);
            int next = x + 1;
            while (next < page.width() && next - x < MOST && page.black(next, y) == black) {
                next++;
            }
            out.write(next - x - 1);
            out.write(black ? 0 : WHITE);
            x = next;
        }
    }
}
