package songda.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The font of charts: the one that labels are drawn with, out of the hub's own jar. Java reads a list of the machine's fonts before it
 * makes any, and fails where a small container has none; so it is given a list with this one.
 */
final class ChartFont {

    private static final String FILE = "/songda/label/noto-sans-sc-subset.otf";
    private static final String LIST = "sun.awt.fontconfig";
    private static final String NAME = "-songda-chart-medium-r-normal--*-%d-*-*-p-*-iso10646-1";
    private static final Font FONT = read();

    private ChartFont() {}

    /** @param size in points, of a picture in dots */
    static Font of(float size) {
        return FONT.deriveFont(size);
    }

    private static Font read() {
        try (InputStream in = ChartFont.class.getResourceAsStream(FILE)) {
            Path folder = leaving(Files.createTempDirectory("songda-font"));
            Path font = leaving(folder.resolve("chart.otf"));
            Files.copy(in, font);
            if (System.getProperty(LIST) == null) {
                System.setProperty(LIST, list(folder, font).toString());
            }
            return Font.createFont(Font.TRUETYPE_FONT, font.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("the font of the charts cannot be read from the jar", e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("the font of the charts cannot be read from the jar", e);
        }
    }

    private static Path list(Path folder, Path font) throws IOException {
        return Files.writeString(
                leaving(folder.resolve("fonts.properties")),
                """
                version=1
                sequence.allfonts=chart
                allfonts.chart=%s
                filename.%s=%s
                """
                        .formatted(NAME, NAME, font));
    }

    /** Gone when the hub ends, the last one named first. */
    private static Path leaving(Path path) {
        path.toFile().deleteOnExit();
        return path;
    }
}
