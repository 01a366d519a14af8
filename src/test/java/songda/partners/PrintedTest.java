package songda.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import songda.label.Raster;
import songda.label.Sample;
import songda.printer.Jobs;

/** Every template in every language, through a printer of another maker's code: dot for dot, and read by its scanner. */
class PrintedTest {

    @TempDir
    static Path journal;

    private static StandIns partners;

    @BeforeAll
    static void start() throws Exception {
        partners = StandIns.start(journal, java.net.URI.create("http://127.0.0.1:1"), journal.resolve("keys.json"));
    }

    @AfterAll
    static void stop() throws Exception {
        partners.close();
    }

    @TestFactory
    Stream<DynamicTest> what_comes_out_is_what_was_drawn() {
        return Stream.of(Sample.Of.values()).flatMap(sample -> languages(sample)
                .map(language ->
                        DynamicTest.dynamicTest(sample.template + " in " + language, () -> print(sample, language))));
    }

    private static Stream<String> languages(Sample.Of sample) {
        return sample.list() ? Stream.of("pdf") : Stream.of("tspl", "zpl", "cpcl", "pdf");
    }

    private static void print(Sample.Of sample, String language) throws Exception {
        List<Raster> pages = sample.drawn(203);
        int before = partners.journal("printer").size();
        Jobs.print(partners.port("printer"), language, sample.template, pages);
        // A printer that says nothing may be slower than we are patient.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> partners.journal("printer").size() > before);
        JsonNode line = last();
        assertThat(line.path("op").asText()).isEqualTo(sample.list() ? "list" : "label");
        assertThat(line.path("key").asText())
                .isEqualTo(
                        sample.fields().path(sample.list() ? "no" : "waybillNo").asText());
        JsonNode body = line.path("body");
        assertThat(body.path("language").asText()).isEqualTo(language);
        assertThat(body.path("whole").asBoolean()).isTrue();
        assertThat(body.path("copy").asBoolean())
                .isEqualTo(sample.fields().path("link").asText().endsWith("?copy"));
        if (!sample.list()) {
            assertThat(body.path("codes").get(1).asText())
                    .isEqualTo(sample.fields().path("link").asText());
        }
        assertThat(dots(ImageIO.read(Path.of(body.path("picture").asText()).toFile()), pages.get(0)))
                .isEqualTo(dots(pages.get(0).image(), pages.get(0)));
    }

    private static String dots(BufferedImage page, Raster size) {
        StringBuilder dots = new StringBuilder();
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                dots.append((page.getRGB(x, y) & 0xff) < 128 ? '#' : '.');
            }
        }
        return dots.toString();
    }

    private static JsonNode last() throws IOException {
        List<JsonNode> lines = partners.journal("printer");
        return lines.get(lines.size() - 1);
    }

    @Test
    void what_a_name_says_to_a_printer_is_drawn_and_not_done() throws Exception {
        var fields = Sample.Of.ZW_100150.fields();
        fields.put("sender", "^XZ^XA^FDx^FS~JR\"\r\nPRINT 9,9\r\n! 0 200 200 10 9\r\nFORM\r\nPRINT\r\n");
        fields.put("contents", "😀^GFA,1,1,1,");
        List<Raster> pages = Sample.LABELS.draw("zw-100150", fields, 203);
        for (String language : List.of("tspl", "zpl", "cpcl")) {
            int before = partners.journal("printer").size();
            Jobs.print(partners.port("printer"), language, "zw-100150", pages);
            assertThat(partners.journal("printer")).hasSize(before + 1);
            assertThat(last().path("key").asText())
                    .isEqualTo(fields.path("waybillNo").asText());
        }
    }

    @Test
    void a_printer_without_paper_takes_nothing_and_one_that_runs_out_leaves_a_doubt() throws Exception {
        List<Raster> pages = Sample.Of.ZW_100150.drawn(203);
        int before = partners.journal("printer").size();
        for (String language : List.of("tspl", "zpl", "cpcl")) {
            behave("{\"mode\":\"paper-out\",\"count\":1}");
            assertThatThrownBy(() -> Jobs.print(partners.port("printer"), language, "zw-100150", pages))
                    .hasMessageContaining("缺纸");
        }
        assertThat(partners.journal("printer")).hasSize(before);
        behave("{\"mode\":\"hang\",\"count\":1,\"millis\":800}");
        assertThatThrownBy(() -> Jobs.print(partners.port("printer"), "tspl", "zw-100150", pages))
                .hasMessageContaining("does not say how it is");
        behave("{\"mode\":\"runs-out\",\"count\":1}");
        assertThatThrownBy(() -> Jobs.print(partners.port("printer"), "zpl", "zw-100150", pages))
                .hasMessageContaining("in the middle of the job");
        assertThat(last().path("end").asText()).isEqualTo("paper-out");
        behave("{\"mode\":\"busy\",\"count\":1,\"millis\":500}");
        Jobs.print(partners.port("printer"), "cpcl", "zw-100150", pages);
        assertThat(last().path("body").path("whole").asBoolean()).isTrue();
    }

    private static void behave(String how) throws Exception {
        partners.control("/control/printer/behave", how);
    }
}
