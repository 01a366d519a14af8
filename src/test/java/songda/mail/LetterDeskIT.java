package songda.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daily letter as a person sees it, in Debian's Chromium; the picture stays in target/daily-letter.png. */
@Tag("desk")
class LetterDeskIT {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 1500;

    @TempDir
    Path folder;

    @Test
    void the_daily_letter_shows_its_numbers_and_both_charts() throws Exception {
        Path page = Files.writeString(folder.resolve("letter.html"), shown());
        Path picture = Path.of("target", "daily-letter.png").toAbsolutePath();
        Files.deleteIfExists(picture);
        Process chromium = new ProcessBuilder(
                        "/usr/bin/chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=" + WIDTH + "," + HEIGHT,
                        "--screenshot=" + picture,
                        page.toUri().toString())
                .redirectErrorStream(true)
                .redirectOutput(new File("target/daily-letter.log"))
                .start();
        assertThat(chromium.waitFor(120, TimeUnit.SECONDS)).isTrue();
        BufferedImage seen = ImageIO.read(picture.toFile());
        assertThat(seen.getWidth()).isEqualTo(WIDTH);
        // Bars and lines of each series: the pictures were found by their ids and drawn.
        assertThat(pixels(seen, 0xC0392B)).as("bars of what is overdue").isGreaterThan(1000);
        assertThat(pixels(seen, 0xD98E04)).as("bars of what went upwards").isGreaterThan(300);
        assertThat(pixels(seen, 0x2F6FB0)).as("a line").isGreaterThan(50);
    }

    private static long pixels(BufferedImage picture, int colour) {
        long found = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                found += (picture.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
            }
        }
        return found;
    }

    /** As a mail program does: the HTML, with each {@code cid:} put in its place. */
    private static String shown() throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        HandedMessage message = new Letter(LetterTest.daily()).compose();
        message.saveChanges();
        message.writeTo(wire);
        List<Part> parts = LetterTest.parts(new MimeMessage(null, new ByteArrayInputStream(wire.toByteArray())));
        String html = parts.get(1).getContent().toString();
        for (Part part : parts) {
            if (part.isMimeType("image/png")) {
                String cid = part.getHeader("Content-ID")[0].replaceAll("[<>]", "");
                html = html.replace(
                        "cid:" + cid,
                        "data:image/png;base64,"
                                + Base64.getEncoder()
                                        .encodeToString(part.getInputStream().readAllBytes()));
            }
        }
        assertThat(html).doesNotContain("cid:");
        return html;
    }
}
