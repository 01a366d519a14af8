package songda.printer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import songda.label.Raster;

/** TSPL (TSC, 汉印, 佳博, 得力): each page is one BITMAP. A printer of this language prints a dot where the bit is 0. */
final class Tspl {

    private static final byte[] ASK = {0x1b, '!', '?'};

    private Tspl() {}

    static byte[] job(List<Raster> pages, Language.Sheet sheet) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(
                out,
                "SIZE " + mm(sheet.width()) + " mm," + mm(sheet.height()) + " mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 1\r\n");
        for (Raster page : pages) {
            text(out, "CLS\r\nBITMAP 0,0," + page.stride() + "," + page.height() + ",0,");
            byte[] dots = page.bytes();
            for (int i = 0; i < dots.length; i++) {
                dots[i] = (byte) ~dots[i];
            }
            out.writeBytes(dots);
            text(out, "\r\nPRINT 1,1\r\n");
        }
        return out.toByteArray();
    }

    private static String mm(double mm) {
        return mm == Math.rint(mm) ? String.valueOf((long) mm) : String.valueOf(mm);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    static final Dialogue DIALOGUE = new Dialogue(ASK, answer -> answer.length < 1 ? null : status(answer[0]));

    /** One byte; the manual's bits. */
    private static Status status(int bits) {
        if ((bits & 0x01) != 0) {
            return Status.OPEN;
        }
        if ((bits & 0x0c) != 0) {
            return Status.PAPER_OUT;
        }
        if ((bits & 0x82) != 0) {
            return Status.FAULT;
        }
        if ((bits & 0x10) != 0) {
            return Status.PAUSED;
        }
        return (bits & 0x20) != 0 ? Status.PRINTING : Status.READY;
    }
}
