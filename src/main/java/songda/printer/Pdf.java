package songda.printer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.CCITTFactory;
import songda.label.Raster;

/** PDF whose pages are one fax-compressed (CCITT G4) picture each: it needs no font and no program draws it anew. */
final class Pdf {

    private static final float POINTS = 72f / 25.4f;

    private Pdf() {}

    static byte[] job(List<Raster> pages, Language.Sheet sheet) {
        try (PDDocument document = new PDDocument()) {
            float width = (float) sheet.width() * POINTS;
            float height = (float) sheet.height() * POINTS;
            for (Raster raster : pages) {
                PDPage page = new PDPage(new PDRectangle(width, height));
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.drawImage(CCITTFactory.createFromImage(document, raster.image()), 0, 0, width, height);
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
