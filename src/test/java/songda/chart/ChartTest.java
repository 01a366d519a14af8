package songda.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Charts are drawn with the font of the project, whatever fonts the machine has. */
class ChartTest {

    private static final FontRenderContext DOTS = new FontRenderContext(null, true, false);

    private static JsonNode chart() throws IOException {
        return new ObjectMapper()
                .readTree(
                        """
                {"title": "逾期", "kind": "bars", "labels": ["萧山区", "余杭区", "䶮㙍𠮷"],
                 "series": [{"name": "逾期", "values": [3, 12, 7]}]}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"䶮", "㙍", "𠮷", "送", "1,234"})
    void the_font_has_every_character_and_draws_none_as_a_box(String text) {
        assertThat(ChartFont.of(22).canDisplayUpTo(text)).isEqualTo(-1);
        assertThat(drawn(text)).isNotEqualTo(drawn("\uFFFE".repeat(text.codePointCount(0, text.length()))));
    }

    private static String drawn(String text) {
        var outline = ChartFont.of(22).createGlyphVector(DOTS, text).getOutline();
        StringBuilder path = new StringBuilder();
        double[] points = new double[6];
        for (var at = outline.getPathIterator(null); !at.isDone(); at.next()) {
            path.append(at.currentSegment(points)).append(Arrays.toString(points));
        }
        return path.toString();
    }

    @Test
    void a_machine_without_any_font_draws_the_same_picture(@TempDir Path folder) throws Exception {
        Path none = Files.writeString(
                folder.resolve("none.conf"),
                "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig></fontconfig>");
        Path picture = folder.resolve("chart.png");
        File said = folder.resolve("said").toFile();
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Alone.class.getName(),
                        picture.toString())
                .redirectErrorStream(true)
                .redirectOutput(said);
        command.environment().put("FONTCONFIG_FILE", none.toString());
        Process alone = command.start();
        assertThat(alone.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(alone.exitValue()).as(Files.readString(said.toPath())).isZero();
        BufferedImage there = ImageIO.read(picture.toFile());
        BufferedImage here = ImageIO.read(new ByteArrayInputStream(Chart.png(chart())));
        assertThat(dots(there)).isEqualTo(dots(here));
        // Below the bars stand the names: ink that is neither ground, grid nor bar.
        assertThat(Arrays.stream(dots(there.getSubimage(0, 450, there.getWidth(), 70)))
                        .filter(dot -> (dot & 0xFFFFFF) == 0x52606D)
                        .count())
                .isGreaterThan(200);
    }

    private static int[] dots(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    /** A process of its own: which fonts there are is read once. */
    static final class Alone {

        public static void main(String[] args) throws IOException {
            Files.write(Path.of(args[0]), Chart.png(chart()));
        }
    }
}
