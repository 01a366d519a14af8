package songda.label;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.oned.Code128Writer;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Map;

/** Barcodes and QR codes whose smallest parts are whole dots: a printer must not have to round. */
final class Codes {

    /** mm; the postal standard's least width of a bar. */
    private static final double BAR = 0.25;

    private static final double SQUARE = 0.3;
    /** Bars of quiet on either side. */
    private static final int QUIET = 10;

    private static final int QUIET_SQUARE = 4;

    private Codes() {}

    /** @param dots of the thinnest bar */
    record Bars(boolean[] black, int dots) {
        int width() {
            return black.length * dots;
        }
    }

    /** @param dots side of a square */
    record Square(ByteMatrix matrix, int dots) {

        int count() {
            return matrix.getWidth();
        }

        int width() {
            return count() * dots;
        }

        boolean black(int x, int y) {
            return matrix.get(x, y) == 1;
        }
    }

    /**
     * Code 128 with its quiet zones, as wide as the room allows.
     *
     * @return null when it does not fit, or cannot be written in Code 128
     */
    static Bars bars(String text, int room, double scale) {
        boolean[] black;
        try {
            black = new Code128Writer().encode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int dots = room / (black.length + 2 * QUIET);
        return dots / scale < BAR - 0.002 ? null : new Bars(black, dots);
    }

    /** With a quarter of it unreadable it still reads (level Q), where there is room; else at least an eighth (M). */
    static Square qr(String text, int room, double scale) {
        for (ErrorCorrectionLevel level : new ErrorCorrectionLevel[] {ErrorCorrectionLevel.Q, ErrorCorrectionLevel.M}) {
            try {
                ByteMatrix matrix = Encoder.encode(text, level, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
                        .getMatrix();
                int dots = room / (matrix.getWidth() + 2 * QUIET_SQUARE);
                if (dots / scale >= SQUARE) {
                    return new Square(matrix, dots);
                }
            } catch (WriterException tooLong) {
                // The next level has more room.
            }
        }
        return null;
    }
}
