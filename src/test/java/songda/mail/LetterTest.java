package songda.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.chart.CsvSheet;
import songda.failure.Refused;

/** Letters as a mail program takes them apart. */
class LetterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static JsonNode daily() throws IOException {
        return JSON.readTree(
                Path.of("mappings/mail/daily/examples/two-weeks.out.json").toFile());
    }

    private static ObjectNode plain() {
        ObjectNode letter = JSON.createObjectNode()
                .put("to", "hz-gm@songda.example")
                .put("from", "songda@songda.example")
                .put("id", "<effect-2002@songda>")
                .put("subject", "三级预案：邮件 1272448151316");
        letter.putArray("blocks").addObject().put("p", "您好：");
        return letter;
    }

    /** What goes over the wire, read again by somebody who knows nothing of ours. */
    private static MimeMessage received(JsonNode letter) throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        HandedMessage message = new Letter(letter).compose();
        message.saveChanges();
        message.writeTo(wire);
        return new MimeMessage(null, new ByteArrayInputStream(wire.toByteArray()));
    }

    static List<Part> parts(Part part) throws Exception {
        List<Part> all = new ArrayList<>();
        if (part.getContent() instanceof Multipart inner) {
            for (int i = 0; i < inner.getCount(); i++) {
                all.addAll(parts(inner.getBodyPart(i)));
            }
        } else {
            all.add(part);
        }
        return all;
    }

    @Test
    void the_daily_letter_is_text_and_html_with_its_pictures_and_a_sheet() throws Exception {
        MimeMessage daily = received(daily());
        List<Part> parts = parts(daily);
        assertThat(parts)
                .extracting(p -> p.getContentType().replaceFirst("(?s);.*", "").toLowerCase())
                .containsExactly("text/plain", "text/html", "image/png", "image/png", "text/csv");
        assertThat(daily.getSubject()).isEqualTo("送达日报 2026-11-30");
        assertThat(daily.getHeader("Content-Language")).containsExactly("zh-CN");
        String html = parts.get(1).getContent().toString();
        for (Part picture : parts.subList(2, 4)) {
            String cid = picture.getHeader("Content-ID")[0].replaceAll("[<>]", "");
            assertThat(html).contains("src=\"cid:" + cid + "\"");
            assertThat(ImageIO.read(picture.getInputStream()).getWidth()).isEqualTo(1248);
        }
        byte[] sheet = parts.get(4).getInputStream().readAllBytes();
        assertThat(sheet).startsWith(0xEF, 0xBB, 0xBF);
        assertThat(new String(sheet, StandardCharsets.UTF_8).split("\r\n"))
                .hasSize(5)
                .contains("330109,萧山区,52,44,35,2,1,0,0", "\"\",合计,120,98,80,3,1,0,0");
        assertThat(MimeUtility.decodeText(parts.get(4).getFileName())).isEqualTo("送达日报-2026-11-30.csv");
    }

    @Test
    void text_and_html_say_the_same_and_html_runs_nothing() throws Exception {
        ObjectNode letter = plain();
        letter.withArray("blocks").addObject().put("p", "办证部门 <script>alert(1)</script> & Co.");
        List<Part> parts = parts(received(letter));
        assertThat(parts.get(0).getContent().toString()).contains("<script>alert(1)</script> & Co.");
        assertThat(parts.get(1).getContent().toString())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co.")
                .doesNotContain("<script");
    }

    @Test
    void rare_characters_arrive_in_head_text_and_sheet() throws Exception {
        String rare = "䶮㙍𠮷镇";
        ObjectNode letter = plain().put("subject", rare);
        letter.withArray("blocks").addObject().put("p", rare);
        ObjectNode sheet = letter.putArray("attachments").addObject().put("name", rare + ".csv");
        sheet.putArray("rows").addArray().add(rare);
        MimeMessage received = received(letter);
        assertThat(received.getSubject()).isEqualTo(rare);
        List<Part> parts = parts(received);
        assertThat(parts.get(0).getContent().toString()).contains(rare);
        assertThat(parts.get(1).getContent().toString()).contains(rare);
        assertThat(MimeUtility.decodeText(parts.get(2).getFileName())).isEqualTo(rare + ".csv");
        assertThat(new String(parts.get(2).getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(rare);
    }

    @ParameterizedTest
    @CsvSource({"to", "from", "subject", "id"})
    void a_line_break_in_the_head_is_refused(String field) {
        for (String end : List.of("\r\nBcc: x@evil.example", "\nBcc: x@evil.example", "\rBcc: x", "\u0000")) {
            ObjectNode letter = plain();
            letter.put(field, letter.path(field).asText() + end);
            assertThatThrownBy(() -> new Letter(letter).compose())
                    .isInstanceOfSatisfying(Refused.class, no -> assertThat(
                                    no.problem().fields().get(0).path())
                            .isEqualTo("/" + field))
                    .hasMessageNotContaining("evil");
        }
    }

    @Test
    void a_line_break_in_the_name_of_a_sheet_is_refused() {
        ObjectNode letter = plain();
        letter.putArray("attachments").addObject().put("name", "a.csv\r\nX: y").putArray("rows");
        assertThatThrownBy(() -> new Letter(letter).compose()).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"'a@b.example, c@d.example'", "'nobody'", "'@songda.example'", "''"})
    void what_is_not_one_address_is_refused(String to) {
        assertThatThrownBy(() -> new Letter(plain().put("to", to)).compose()).isInstanceOf(Refused.class);
    }

    @Test
    void a_cell_that_would_be_a_formula_is_a_text() throws Exception {
        JsonNode rows = JSON.readTree("[[\"=HYPERLINK(1)\", \"@x\", \"-1\", -1, \"萧山区\"]]");
        assertThat(new String(CsvSheet.of(rows), StandardCharsets.UTF_8))
                .isEqualTo("\uFEFF'=HYPERLINK(1),'@x,'-1,-1,萧山区\r\n");
    }
}
