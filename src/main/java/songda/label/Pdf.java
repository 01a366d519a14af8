package songda.label;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** PDF whose pages are one picture of one bit a dot each: it needs no font and no program draws it anew. */
public final class Pdf {

    private static final float POINTS = 72f / 25.4f;

    private Pdf() {}

    /** @param millimetreWidth of each page; @return the same bytes for the same pages */
    public static byte[] of(List<Raster> pages, double millimetreWidth, double millimetreHeight) {
        try (PDDocument document = new PDDocument()) {
            // Else it is made from the clock.
            document.setDocumentId(1L);
            float width = (float) millimetreWidth * POINTS;
            float height = (float) millimetreHeight * POINTS;
            for (Raster raster : pages) {
                PDPage page = new PDPage(new PDRectangle(width, height));
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.drawImage(picture(document, raster), 0, 0, width, height);
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows as they are: there 1 is black, so the page turns them round. */
    private static PDImageXObject picture(PDDocument document, Raster raster) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(raster.bytes());
        }
        PDImageXObject picture = new PDImageXObject(
                document,
                new ByteArrayInputStream(packed.toByteArray()),
                COSName.FLATE_DECODE,
                raster.width(),
                raster.height(),
                1,
                PDDeviceGray.INSTANCE);
        picture.setDecode(new COSArray(List.of(COSInteger.ONE, COSInteger.ZERO)));
        return picture;
    }
}
