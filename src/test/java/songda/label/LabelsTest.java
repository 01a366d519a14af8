package songda.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import songda.Scanner;
import songda.failure.Unmappable;

/** What is drawn can be read: by scanners, and by people. */
class LabelsTest {

    private static final String LONG = "浙江省杭州市萧山区城厢街道市心中路".repeat(20).substring(0, 300);

    @TestFactory
    Stream<DynamicTest> a_scanner_reads_every_template() {
        return Stream.of(Sample.Of.values()).flatMap(sample -> Stream.of(203, 300)
                .map(dpi -> DynamicTest.dynamicTest(sample.template + " at " + dpi, () -> reads(sample, dpi))));
    }

    private static void reads(Sample.Of sample, int dpi) {
        ObjectNode fields = sample.fields();
        BufferedImage page = sample.drawn(dpi).get(0).image();
        String number = fields.path(sample.list() ? "no" : "waybillNo").asText();
        assertThat(Scanner.bars(page)).containsExactly(number);
        assertThat(Scanner.qr(page)).isEqualTo(fields.path("link").asText(null));
    }

    @Test
    void every_template_has_a_sample() {
        // Nobody's printer and no barcode: songda.command.SettlementCommandsTest draws it.
        assertThat(Stream.concat(
                        Stream.of("statement-a4"), Stream.of(Sample.Of.values()).map(s -> s.template)))
                .containsExactlyInAnyOrderElementsOf(Sample.LABELS.names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"䶮", "㙍", "𠮷", "送", "鿫", "〇"})
    void rare_characters_are_drawn_and_not_boxes(String character) {
        int c = character.codePointAt(0);
        assertThat(Typeface.face().draws(c)).isTrue();
        boolean[] drawn = Typeface.face().glyph(c, 40, false).black();
        assertThat(drawn)
                .isNotEqualTo(Typeface.face().glyph(0x10FFFF, 40, false).black());
        assertThat(drawn)
                .isNotEqualTo(Typeface.face().glyph(Typeface.GETA, 40, false).black());
        assertThat(black(drawn)).isBetween(40, 1000);
    }

    @Test
    void characters_that_look_alike_are_different_on_paper() {
        boolean[] one = Typeface.face().glyph("𠮷".codePointAt(0), 40, false).black();
        assertThat(one).isNotEqualTo(Typeface.face().glyph('吉', 40, false).black());
    }

    /** The standards of names and places in China: GB 2312, the table of 2013, and what the police have in names. */
    @Test
    void the_font_has_all_that_names_and_addresses_are_written_in() {
        long missing = java.util.stream.IntStream.rangeClosed(0x4E00, 0x9FEF)
                .filter(c -> !Typeface.face().draws(c))
                .count();
        assertThat(missing).isZero();
        assertThat(java.util.stream.IntStream.rangeClosed(0x3400, 0x4DB5)
                        .filter(c -> !Typeface.face().draws(c))
                        .count())
                .isZero();
        assertThat("ABCxyz0123456789，。（）《》“”—…·＋％①㈠ⅠαЯ、￥°￠ａＺ９".codePoints()).allMatch(Typeface.face()::draws);
    }

    private static int black(boolean[] dots) {
        int black = 0;
        for (boolean dot : dots) {
            black += dot ? 1 : 0;
        }
        return black;
    }

    @Test
    void an_emoji_is_a_sign_that_something_stood_there() {
        assertThat(Lines.plain("王😀 \u200d五\ufe0f\n", Typeface.face()::draws))
                .containsExactly('王', Typeface.GETA, ' ', '五');
    }

    @ParameterizedTest
    @EnumSource(names = {"ZW_76130", "ZW_100150", "ZW_100210"})
    void an_address_of_three_hundred_characters_shrinks_and_is_whole(Sample.Of sample) {
        ObjectNode fields = Sample.with(sample, "receiver.address", LONG);
        BufferedImage page =
                Sample.LABELS.draw(sample.template, fields, 203).get(0).image();
        assertThat(Scanner.bars(page)).containsExactly(fields.path("waybillNo").asText());
        assertThat(Scanner.qr(page)).isNotNull();
    }

    @Test
    void all_of_a_long_text_is_on_its_lines() {
        var style = new Template.Style(4.5, 1.8, false, false, Template.Side.START, Template.Side.START);
        Lines lines = Lines.fit(Typeface.face(), LONG + "138****5678", 85 * 8, 15 * 8, style, 8);
        StringBuilder all = new StringBuilder();
        lines.lines().forEach(line -> all.append(new String(line, 0, line.length)));
        assertThat(all.toString()).isEqualTo(LONG + "138****5678");
        assertThat(lines.lines()).allSatisfy(line -> assertThat(Lines.wide(Typeface.face(), line) * lines.dots())
                .isLessThanOrEqualTo(85 * 8 + 0.5));
    }

    @Test
    void a_number_is_not_broken_and_no_line_begins_with_a_comma() {
        var style = new Template.Style(4, 4, false, false, Template.Side.START, Template.Side.START);
        Lines lines = Lines.fit(Typeface.face(), "文一西路，幢一二三138****5678号", 24 * 8, 40 * 8, style, 8);
        assertThat(lines.lines().stream().map(line -> new String(line, 0, line.length)))
                .containsExactly("文一西路，幢", "一二三", "138****5678", "号");
    }

    @Test
    void what_does_not_fit_is_refused_with_file_and_line() {
        ObjectNode fields = Sample.with(Sample.Of.ZW_76130, "receiver.address", LONG.repeat(3));
        assertThatThrownBy(() -> Sample.LABELS.draw("zw-76130", fields, 203))
                .isInstanceOf(Unmappable.class)
                .hasMessageMatching("mappings/label/zw-76130.yaml: line \\d+: 文字放不下.*")
                .hasMessageNotContaining("城厢");
        ObjectNode number = Sample.with(Sample.Of.ZW_76130, "waybillNo", "A1b2C3d4E5f6G7h8I9j0K1l2M3");
        assertThatThrownBy(() -> Sample.LABELS.draw("zw-76130", number, 203)).hasMessageContaining("0.25 mm");
        ObjectNode chinese = Sample.with(Sample.Of.ZW_76130, "waybillNo", "运单");
        assertThatThrownBy(() -> Sample.LABELS.draw("zw-76130", chinese, 203)).hasMessageContaining("ASCII");
        fields.remove("sender");
        assertThatThrownBy(() -> Sample.LABELS.draw(
                        "zw-100150", Sample.Of.ZW_100150.fields().without("sender"), 203))
                .hasMessageContaining("no field 'sender'");
    }

    @Test
    void a_list_goes_on_over_pages_and_loses_no_row() {
        ObjectNode fields = Sample.Of.HANDOVER.fields();
        ArrayNode items = (ArrayNode) fields.get("items");
        for (int i = items.size(); i < 130; i++) {
            items.add(((ObjectNode) items.get(0).deepCopy()).put("n", i + 1));
        }
        List<Raster> pages = Sample.LABELS.draw("handover-a4", fields, 203);
        assertThat(pages).hasSizeBetween(3, 5);
        assertThat(pages).allSatisfy(p -> assertThat(Scanner.bars(p.image())).hasSize(1));
    }

    @Test
    void the_same_message_gives_the_same_dots_whichever_machine_draws_them() {
        byte[] one = Sample.Of.ZW_100210.drawn(203).get(0).bytes();
        assertThat(Sample.Of.ZW_100210.drawn(203).get(0).bytes()).isEqualTo(one);
    }

    private static final Map<String, String> FAULTS = Map.ofEntries(
            Map.entry("特投->特急", "line 6: a label without the mark 特投 is refused (R25)"),
            Map.entry(
                    "size: 90,16->size: 90,9",
                    "line 6: a label needs its waybill number as a barcode of at least 10 mm"),
            Map.entry(
                    "paper: 100x150->paper: 100 by 150",
                    "line 3: paper: write width x height in mm, e.g. 100x150, or A4"),
            Map.entry("letters: 9->letters: 1", "line 9: letters: nobody reads letters of less than 1.5 mm"),
            Map.entry("letters: 9->leters: 9", "line 9: unknown key 'leters', use one of [at, least, letters"),
            Map.entry("at: 2,2->at: 2;2", "line 7: at: write two numbers in mm, e.g. 4,20"),
            Map.entry("size: 26,12->size: 99,12", "line 8: size: goes over the edge of the paper, 100x150"),
            Map.entry("style: bold->style: fat", "line 10: style: unknown word 'fat', use some of [bold, bottom"),
            Map.entry("kind: label->kind: ticket", "line 4: kind: write label (one piece) or list (several pages)"),
            Map.entry("en: part->en: ''", "line 2: say what it is"),
            Map.entry("{waybillNo}->{waybillNo", "a field is written {name}, one that may be missing {name?}"),
            Map.entry("- barcode:->- bars:", "line 11: write one of [text, barcode, qr, box, table]"),
            Map.entry("draw:->draw: []\nx:", "unknown key 'x'"));

    private static final String GOOD =
            """
            zh: 一联
            en: part
            paper: 100x150
            kind: label
            draw:
              - text: 特投
                at: 2,2
                size: 26,12
                letters: 9
                style: bold
              - barcode: "{waybillNo}"
                at: 4,20
                size: 90,16
            """;

    @Test
    void a_good_template_is_read() {
        assertThat(TemplateFile.read(Path.of("good.yaml"), GOOD).parts()).hasSize(2);
    }

    @TestFactory
    Stream<DynamicTest> a_wrong_template_says_where_and_what_to_write() {
        return FAULTS.entrySet().stream()
                .map(fault -> DynamicTest.dynamicTest(fault.getKey(), () -> {
                    String[] change = fault.getKey().split("->", 2);
                    assertThat(GOOD).contains(change[0]);
                    assertThatThrownBy(() -> TemplateFile.read(Path.of("zw.yaml"), GOOD.replace(change[0], change[1])))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageStartingWith("zw.yaml: line ")
                            .hasMessageContaining(fault.getValue());
                }));
    }

    @Test
    void a_changed_template_is_used_at_once_and_a_broken_one_not_at_all(@TempDir Path mappings) throws IOException {
        Path file = Files.createDirectories(mappings.resolve("label")).resolve("one.yaml");
        write(file, GOOD, 1);
        Labels labels = new Labels(mappings);
        ObjectNode fields = Sample.nothing().put("waybillNo", "1272448151316");
        byte[] first = labels.draw("one", fields, 203).get(0).bytes();
        write(file, GOOD.replace("at: 4,20", "at: 5,40"), 2);
        byte[] second = labels.draw("one", fields, 203).get(0).bytes();
        assertThat(second).isNotEqualTo(first);
        write(file, GOOD.replace("特投", "普通"), 3);
        assertThat(labels.draw("one", fields, 203).get(0).bytes()).isEqualTo(second);
        assertThatThrownBy(() -> new Labels(mappings)).hasMessageContaining("one.yaml: line 6");
        assertThatThrownBy(() -> labels.draw("../one", fields, 203)).hasMessageStartingWith("no template '../one'");
    }

    private static void write(Path file, String text, int second) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + second)));
    }
}
