package songda.label;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.cff.CFFCIDFont;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The one font that labels are drawn with, out of the hub's own jar: outlines are read from the file and drawn here, so neither a font nor
 * a font library of the machine has a say in what is printed.
 */
final class Typeface {

    /** Stands for a character that the font does not have, as printers have always done; never an empty box. */
    static final int GETA = 0x3013;

    private static final String FILE = "/songda/label/noto-sans-sc-subset.otf";
    /** Of 255: how much of a dot must be covered for it to be black. Thin strokes stay whole at 203 dpi, counters stay open. */
    private static final int BLACK = 104;

    private static final int KEPT = 30_000;
    private static final double BOLDER = 0.045;

    private final OpenTypeFont font;
    private final CFFCIDFont outlines;
    private final CmapLookup glyphs;
    private final Map<Key, Glyph> drawn = new ConcurrentHashMap<>();

    private record Key(int character, int dots, boolean bold) {}

    /** Black dots of one character, beside its place on the baseline. */
    record Glyph(int left, int top, int width, int height, boolean[] black) {}

    private static final class One {
        static final Typeface FACE = read();
    }

    private Typeface(OpenTypeFont font) throws IOException {
        this.font = font;
        this.outlines = (CFFCIDFont) font.getCFF().getFont();
        this.glyphs = font.getUnicodeCmapLookup();
    }

    /** Read at first use, which takes part of a second. */
    static Typeface face() {
        return One.FACE;
    }

    private static Typeface read() {
        try (InputStream in = Typeface.class.getResourceAsStream(FILE)) {
            return new Typeface(new OTFParser().parse(new RandomAccessReadBuffer(in)));
        } catch (IOException e) {
            throw new UncheckedIOException("the font of the labels cannot be read from the jar", e);
        }
    }

    boolean draws(int character) {
        return glyphs.getGlyphId(character) != 0;
    }

    /** How far the next character stands from this one, in heights of a letter. */
    double advance(int character) {
        try {
            return font.getAdvanceWidth(glyphs.getGlyphId(character)) / (double) font.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param dots the height of a letter */
    Glyph glyph(int character, int dots, boolean bold) {
        Key key = new Key(character, dots, bold);
        Glyph known = drawn.get(key);
        if (known == null) {
            known = draw(key);
            if (drawn.size() < KEPT) {
                drawn.put(key, known);
            }
        }
        return known;
    }

    private Glyph draw(Key key) {
        double scale = key.dots() / (double) unitsPerEm();
        Shape shape = AffineTransform.getScaleInstance(scale, -scale).createTransformedShape(outline(key.character()));
        double stroke = key.bold() ? BOLDER * key.dots() : 0;
        Rectangle2D bounds = shape.getBounds2D();
        if (bounds.isEmpty()) {
            return new Glyph(0, 0, 0, 0, new boolean[0]);
        }
        int left = (int) Math.floor(bounds.getMinX() - stroke / 2);
        int top = (int) Math.floor(bounds.getMinY() - stroke / 2);
        int width = (int) Math.ceil(bounds.getMaxX() + stroke / 2) - left;
        int height = (int) Math.ceil(bounds.getMaxY() + stroke / 2) - top;
        BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        paint(grey, shape, left, top, stroke);
        return new Glyph(left, top, width, height, covered(grey));
    }

    private static void paint(BufferedImage grey, Shape shape, int left, int top, double stroke) {
        Graphics2D pen = grey.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setColor(Color.WHITE);
        pen.translate(-left, -top);
        pen.fill(shape);
        if (stroke > 0) {
            pen.setStroke(new BasicStroke((float) stroke, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            pen.draw(shape);
        }
        pen.dispose();
    }

    private static boolean[] covered(BufferedImage grey) {
        byte[] cover = ((DataBufferByte) grey.getRaster().getDataBuffer()).getData();
        boolean[] black = new boolean[cover.length];
        for (int i = 0; i < black.length; i++) {
            black[i] = (cover[i] & 0xff) > BLACK;
        }
        return black;
    }

    private int unitsPerEm() {
        try {
            return font.getUnitsPerEm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The font's reader is not made for several threads; each character is read once for each size. */
    private synchronized Path2D outline(int character) {
        try {
            int glyph = glyphs.getGlyphId(character);
            return outlines.getType2CharString(outlines.getCharset().getCIDForGID(glyph))
                    .getPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
