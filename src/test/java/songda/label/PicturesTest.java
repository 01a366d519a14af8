package songda.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pictures of the guide are what the templates draw now. {@code mvn test -Dtest=PicturesTest -Dsongda.pictures=write} draws them anew
 * after a change.
 */
class PicturesTest {

    private static final Path FOLDER = Path.of("src/docs/guide/labels");

    @ParameterizedTest
    @EnumSource
    void the_guide_shows_the_template(Sample.Of sample) throws IOException {
        File file = FOLDER.resolve(sample.template + ".png").toFile();
        BufferedImage drawn = sample.drawn(203).get(0).image();
        if ("write".equals(System.getProperty("songda.pictures"))) {
            Files.createDirectories(FOLDER);
            ImageIO.write(drawn, "png", file);
        }
        BufferedImage shown = ImageIO.read(file);
        assertThat(shown.getWidth()).isEqualTo(drawn.getWidth());
        assertThat(shown.getHeight()).isEqualTo(drawn.getHeight());
        assertThat(dots(shown)).isEqualTo(dots(drawn));
    }

    private static int[] dots(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void a_page_beside_a_page_shows_all_labels() throws IOException {
        File file = FOLDER.resolve("all.png").toFile();
        if ("write".equals(System.getProperty("songda.pictures"))) {
            ImageIO.write(together(), "png", file);
        }
        assertThat(ImageIO.read(file).getWidth()).isGreaterThan(1000);
    }

    /** The labels at a third of their size, for the first look. */
    private static BufferedImage together() {
        BufferedImage all = new BufferedImage(1480, 640, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = all.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.setColor(Color.LIGHT_GRAY);
        pen.fillRect(0, 0, all.getWidth(), all.getHeight());
        int left = 20;
        for (Sample.Of sample : Sample.Of.values()) {
            if (!sample.list()) {
                BufferedImage page = sample.drawn(203).get(0).image();
                int width = page.getWidth() * 36 / 100;
                pen.drawImage(page, left, 16, width, page.getHeight() * 36 / 100, null);
                left += width + 10;
            }
        }
        pen.dispose();
        return all;
    }
}
