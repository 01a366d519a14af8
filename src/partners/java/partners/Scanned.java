package partners;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.ChecksumException;
import com.google.zxing.DecodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.NotFoundException;
import com.google.zxing.Result;
import com.google.zxing.common.BitArray;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.oned.Code128Reader;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a scanner reads from printed pages: every Code 128 number, and the QR code of the first page. */
record Scanned(Set<String> bars, String qr) {
    private static final int EVERY = 12;

    static Scanned from(List<Sheet> pages) {
        Set<String> bars = new LinkedHashSet<>();
        pages.forEach(page -> bars(page, bars));
        return new Scanned(bars, pages.isEmpty() ? null : qr(pages.get(0)));
    }

    /** Row after row, as a hand that moves a scanner down the paper. */
    private static void bars(Sheet page, Set<String> found) {
        Code128Reader reader = new Code128Reader();
        for (int y = EVERY; y < page.getHeight(); y += EVERY) {
            BitArray row = row(page, y);
            try {
                Result result = reader.decodeRow(y, row, Map.of());
                found.add(result.getText());
            } catch (NotFoundException | FormatException | ChecksumException none) {
                // no barcode in this row
            }
        }
    }

    private static BitArray row(Sheet page, int y) {
        BitArray row = new BitArray(page.getWidth());
        for (int x = 0; x < page.getWidth(); x++) if (page.isBlack(x, y)) row.set(x);
        return row;
    }

    private static String qr(Sheet page) {
        try {
            return new QRCodeReader()
                    .decode(
                            new BinaryBitmap(new GlobalHistogramBinarizer(page)),
                            Map.of(DecodeHintType.CHARACTER_SET, "UTF-8"))
                    .getText();
        } catch (NotFoundException | FormatException | ChecksumException none) {
            return null;
        }
    }

    /** @param drawn by the printer itself, where it was told to */
    String number(String drawn) {
        return drawn != null ? drawn : bars.isEmpty() ? "" : bars.iterator().next();
    }

    /** A label that is printed again says so in its QR code, too. */
    boolean copy() {
        return qr != null && qr.endsWith("?copy");
    }

    List<String> all() {
        List<String> all = new ArrayList<>(bars);
        if (qr != null) all.add(qr);
        return all;
    }
}
