package songda.printer;

import java.util.List;
import java.util.function.BiFunction;
import songda.label.Pdf;
import songda.label.Raster;

/** How dots are put for a printer, and how it is asked how it is. */
enum Language {
    TSPL(Tspl::job),
    ZPL(Zpl::job),
    CPCL(Cpcl::job),
    PDF((pages, sheet) -> Pdf.of(pages, sheet.width(), sheet.height())),
    PWG(Pwg::job);

    private final BiFunction<List<Raster>, Sheet, byte[]> writer;

    Language(BiFunction<List<Raster>, Sheet, byte[]> writer) {
        this.writer = writer;
    }

    /** The paper. @param width mm; @param height mm */
    record Sheet(double width, double height, int dpi) {}

    byte[] job(List<Raster> pages, Sheet sheet) {
        return writer.apply(pages, sheet);
    }

    /** As IPP names it. */
    String mediaType() {
        return switch (this) {
            case PDF -> "application/pdf";
            case PWG -> "image/pwg-raster";
            default -> "application/octet-stream";
        };
    }
}
