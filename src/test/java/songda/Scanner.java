package songda;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.BitArray;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.oned.Code128Reader;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads a printed paper as the scanner of a post office does. */
public final class Scanner {

    private Scanner() {}

    /** Every Code 128 number, from the top. */
    public static Set<String> bars(BufferedImage page) {
        Set<String> found = new LinkedHashSet<>();
        for (int y = 8; y < page.getHeight(); y += 8) {
            try {
                found.add(
                        new Code128Reader().decodeRow(y, row(page, y), Map.of()).getText());
            } catch (ReaderException none) {
                // This row crosses no barcode.
            }
        }
        return found;
    }

    private static BitArray row(BufferedImage page, int y) {
        BitArray row = new BitArray(page.getWidth());
        for (int x = 0; x < page.getWidth(); x++) {
            if ((page.getRGB(x, y) & 0xff) < 128) {
                row.set(x);
            }
        }
        return row;
    }

    /** @return null where there is none that can be read */
    public static String qr(BufferedImage page) {
        try {
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new GlobalHistogramBinarizer(new Light(page))))
                    .getText();
        } catch (ReaderException none) {
            return null;
        }
    }

    private static final class Light extends LuminanceSource {

        private final byte[] grey;

        Light(BufferedImage page) {
            super(page.getWidth(), page.getHeight());
            grey = new byte[getWidth() * getHeight()];
            for (int i = 0; i < grey.length; i++) {
                grey[i] = (byte) (page.getRGB(i % getWidth(), i / getWidth()) & 0xff);
            }
        }

        @Override
        public byte[] getRow(int y, byte[] row) {
            byte[] to = row == null ? new byte[getWidth()] : row;
            System.arraycopy(grey, y * getWidth(), to, 0, getWidth());
            return to;
        }

        @Override
        public byte[] getMatrix() {
            return grey;
        }
    }
}
