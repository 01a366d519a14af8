package songda.printer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import songda.label.Raster;

/** CPCL (mobile printers): each page is one compressed graphic, CG; a dot is printed where the bit is 1. */
final class Cpcl {

    private static final byte[] ASK = {0x1b, 'h'};

    private Cpcl() {}

    static byte[] job(List<Raster> pages, Language.Sheet sheet) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Raster page : pages) {
            text(out, "! 0 200 200 " + page.height() + " 1\r\nPAGE-WIDTH " + page.width() + "\r\n");
            text(out, "CG " + page.stride() + " " + page.height() + " 0 0 ");
            out.writeBytes(page.bytes());
            text(out, "\r\nFORM\r\nPRINT\r\n");
        }
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    static final Dialogue DIALOGUE = new Dialogue(ASK, answer -> answer.length < 1 ? null : status(answer[0]));

    private static Status status(int bits) {
        if ((bits & 0x02) != 0) {
            return Status.PAPER_OUT;
        }
        if ((bits & 0x04) != 0) {
            return Status.OPEN;
        }
        return (bits & 0x01) != 0 ? Status.PRINTING : Status.READY;
    }
}
