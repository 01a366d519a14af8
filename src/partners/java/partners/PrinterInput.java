package partners;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** What comes into a printer, in whichever language: questions, and jobs as pages of dots. */
final class PrinterInput {
    private static final Charset GBK = Charset.forName("GBK");
    private static final Pattern BITMAP = Pattern.compile("BITMAP (\\d+),(\\d+),(\\d+),(\\d+),\\d+,");
    private static final Pattern SIZE = Pattern.compile("SIZE ([0-9.]+) mm,\\s*([0-9.]+) mm");
    private static final Pattern BARCODE = Pattern.compile("BARCODE .*\"([^\"]*)\"");
    private static final Pattern COPY = Pattern.compile("TEXT .*\"[^\"]*(副本|\\bCOPY\\b)[^\"]*\"");
    private static final Pattern CPCL = Pattern.compile("! \\d+ \\d+ \\d+ (\\d+) \\d+");
    private static final Pattern GRAPHIC = Pattern.compile("([CE]G) (\\d+) (\\d+) (\\d+) (\\d+) ");
    private static final int LONGEST = 1 << 20;

    private final InputStream in;

    enum Question {
        TSPL,
        ZPL,
        CPCL
    }

    /**
     * @param question or null for a job
     * @param barcode what a BARCODE command says, where the printer was to draw it itself
     * @param sheet an office's paper, not a label
     */
    record Piece(Question question, String language, List<Sheet> pages, String barcode, boolean copy, boolean sheet) {

        static Piece of(Question question) {
            return new Piece(question, null, List.of(), null, false, false);
        }

        static Piece of(String language, List<Sheet> pages) {
            return new Piece(null, language, pages, null, false, false);
        }
    }

    PrinterInput(InputStream in) {
        this.in = in;
    }

    /** @return null at the end; @throws EOFException when it ends in the middle of a job */
    Piece next() throws IOException {
        int first = in.read();
        while (first == '\r' || first == '\n' || first == 0) first = in.read();
        if (first < 0) return null;
        return switch (first) {
            case 0x1b -> escape();
            case '~' -> {
                line();
                yield Piece.of(Question.ZPL);
            }
            case '^' -> zpl();
            case '!' -> cpcl();
            case '%' -> pdf();
            default -> tspl((char) first);
        };
    }

    private Piece escape() throws IOException {
        if (must() == 'h') return Piece.of(Question.CPCL);
        must();
        return Piece.of(Question.TSPL);
    }

    private Piece tspl(char first) throws IOException {
        StringBuilder text = new StringBuilder();
        Sheet page = null;
        int[] size = new int[2];
        String line = text(first);
        while (true) {
            Matcher matcher = SIZE.matcher(line);
            if (matcher.find())
                size = new int[] {
                    (int) Math.round(Double.parseDouble(matcher.group(1)) * 8),
                    (int) Math.round(Double.parseDouble(matcher.group(2)) * 8)
                };
            matcher = BITMAP.matcher(line);
            if (matcher.matches()) {
                int stride = Integer.parseInt(matcher.group(3));
                int rows = Integer.parseInt(matcher.group(4));
                if (page == null) page = new Sheet(Math.max(stride * 8, size[0]), Math.max(rows, size[1]));
                dots(page, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), stride, rows, false);
            }
            text.append(line).append('\n');
            if (line.startsWith("PRINT ")) break;
            line = text((char) must());
        }
        Matcher barcode = BARCODE.matcher(text);
        return new Piece(
                null,
                "tspl",
                page == null ? List.of() : List.of(page),
                barcode.find() ? barcode.group(1) : null,
                COPY.matcher(text).find(),
                false);
    }

    /** A command line, or a BITMAP's beginning up to its data. */
    private String text(char first) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = first;
        while (next != '\n') {
            if (next != '\r') line.write(next);
            String so = line.size() < 60 ? line.toString(StandardCharsets.US_ASCII) : "";
            if (so.endsWith(",") && BITMAP.matcher(so).matches()) return so;
            if (line.size() > LONGEST) throw new EOFException("a line without end");
            next = must();
        }
        return line.toString(GBK);
    }

    private void dots(Sheet page, int left, int top, int stride, int rows, boolean oneIsBlack) throws IOException {
        byte[] data = in.readNBytes(stride * rows);
        if (data.length < stride * rows) throw new EOFException("in the middle of a label");
        for (int y = 0; y < rows; y++)
            for (int x = 0; x < stride * 8; x++) {
                boolean one = (data[y * stride + x / 8] & 0x80 >> x % 8) != 0;
                if (one == oneIsBlack) page.black(left + x, top + y);
            }
    }

    private Piece zpl() throws IOException {
        StringBuilder format = new StringBuilder("^");
        while (!format.toString().endsWith("^XZ")) {
            format.append((char) must());
            while (format.charAt(format.length() - 1) != 'Z') format.append((char) must());
            if (format.length() > 32 * LONGEST) throw new EOFException("a format without end");
        }
        return Piece.of("zpl", List.of(ZplPage.of(format.toString())));
    }

    private Piece cpcl() throws IOException {
        String head = "!" + line();
        Matcher size = CPCL.matcher(head);
        int height = size.find() ? Integer.parseInt(size.group(1)) : 0;
        int width = 0;
        Sheet page = null;
        for (String line = graphicOrLine(); !line.equals("PRINT"); line = graphicOrLine()) {
            if (line.startsWith("PAGE-WIDTH "))
                width = Integer.parseInt(line.substring(11).strip());
            Matcher graphic = GRAPHIC.matcher(line);
            if (graphic.matches()) {
                if (page == null) page = new Sheet(width, height);
                int stride = Integer.parseInt(graphic.group(2));
                int rows = Integer.parseInt(graphic.group(3));
                dots(page, Integer.parseInt(graphic.group(4)), Integer.parseInt(graphic.group(5)), stride, rows, true);
            }
        }
        return Piece.of("cpcl", page == null ? List.of() : List.of(page));
    }

    private String graphicOrLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = must(); next != '\n'; next = must()) {
            if (next != '\r') line.append((char) next);
            if (next == ' ' && GRAPHIC.matcher(line).matches()) return line.toString();
            if (line.length() > LONGEST) throw new EOFException("a line without end");
        }
        return line.toString();
    }

    private Piece pdf() throws IOException {
        byte[] rest = in.readAllBytes();
        byte[] all = new byte[rest.length + 1];
        all[0] = '%';
        System.arraycopy(rest, 0, all, 1, rest.length);
        List<Sheet> pages = new ArrayList<>();
        float width = 0;
        try (PDDocument document = Loader.loadPDF(all)) {
            for (PDPage page : document.getPages()) {
                width = page.getMediaBox().getWidth();
                for (var name : page.getResources().getXObjectNames())
                    if (page.getResources().getXObject(name) instanceof PDImageXObject image)
                        pages.add(Sheet.of(image.getImage()));
            }
        }
        return new Piece(null, "pdf", pages, null, false, width > 500);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read())
            if (next != '\r') line.append((char) next);
        return line.toString();
    }

    private int must() throws IOException {
        int next = in.read();
        if (next < 0) throw new EOFException("in the middle of a job");
        return next;
    }
}
