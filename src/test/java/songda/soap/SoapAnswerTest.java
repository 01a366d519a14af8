package songda.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import songda.failure.Unmappable;

class SoapAnswerTest {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String NAMES = "<a>䶮㙍𠮷 张三</a>";

    private static String text(String type, byte[] body) {
        return SoapAnswer.text(type, body, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/xml; charset=GBK",
                "text/xml;charset=gb2312",
                "text/xml; charset=\"GB18030\"",
                "application/xml; charset=x-gbk"
            })
    void what_calls_itself_gbk_is_read_with_every_character(String type) {
        assertThat(text(type, NAMES.getBytes(GB18030))).isEqualTo(NAMES);
    }

    @ParameterizedTest
    @CsvSource({
        "<?xml version=\"1.0\" encoding=\"GBK\"?>, GB18030",
        "<?xml version='1.0' encoding='gb2312' standalone='yes' ?>, GB18030",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>, UTF-8",
        "<?xml version=\"1.0\"?>, UTF-8",
        "'', UTF-8"
    })
    void without_a_charset_in_http_the_declaration_counts_and_goes(String declaration, String charset) {
        byte[] body = (declaration + NAMES).getBytes(Charset.forName(charset));
        assertThat(text("text/xml", body)).isEqualTo(NAMES);
    }

    @Test
    void the_charset_of_http_outranks_the_declaration() {
        byte[] body = ("<?xml version=\"1.0\" encoding=\"GBK\"?>" + NAMES).getBytes(StandardCharsets.UTF_8);
        assertThat(text("text/xml; charset=UTF-8", body)).isEqualTo(NAMES);
    }

    @Test
    void utf_8_that_calls_itself_gbk_is_refused_and_not_read_as_other_characters() {
        assertThatThrownBy(() -> text("text/xml; charset=GBK", NAMES.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Unmappable.class)
                .hasMessage("应答的字节不是所声明的 GB18030 / the bytes of the answer are not the declared GB18030");
    }

    @Test
    void gbk_that_calls_itself_utf_8_is_refused() {
        assertThatThrownBy(() -> text("text/xml; charset=UTF-8", NAMES.getBytes(GB18030)))
                .hasMessage("应答的字节不是所声明的 UTF-8 / the bytes of the answer are not the declared UTF-8");
    }

    @Test
    void a_site_may_say_what_the_charset_is_whatever_the_answer_declares() {
        assertThat(SoapAnswer.text("text/xml; charset=UTF-8", NAMES.getBytes(GB18030), "GBK"))
                .isEqualTo(NAMES);
    }

    @Test
    void what_is_no_xml_is_refused_without_a_word_of_it() {
        byte[] page = "<html>张三</html>".getBytes(StandardCharsets.UTF_8);
        for (String type : new String[] {"text/html", "application/json", null}) {
            assertThatThrownBy(() -> text(type, page))
                    .hasMessageContaining("no XML")
                    .hasMessageNotContaining("张三");
        }
        assertThatThrownBy(() -> text("text/xml", new byte[0])).hasMessageContaining("empty");
        assertThatThrownBy(() -> text("text/xml; charset=klingon", page)).hasMessageContaining("unknown charset");
        assertThatThrownBy(() -> text("text/xml", new byte[SoapAnswer.MAX_BYTES + 1]))
                .hasMessageContaining("over 2097152 bytes");
    }

    /** As Apache CXF writes it in GBK. */
    @ParameterizedTest
    @CsvSource({
        "<a>&#x4dae;&#xd842;&#xdfb7;</a>, <a>&#x4dae;𠮷</a>",
        "<a>&#55362;&#57271;&#xD842;&#xDFB7;</a>, <a>𠮷𠮷</a>",
        "<a>&#xd842;</a>, <a>&#xd842;</a>",
        "<a>&#xdfb7;&#xd842;</a>, <a>&#xdfb7;&#xd842;</a>",
        "<a>&#99999;&#38;lt;&#x4dae;&#x364d;</a>, <a>&#99999;&#38;lt;&#x4dae;&#x364d;</a>"
    })
    void a_character_that_was_written_in_two_halves_is_whole_again(String written, String meant) {
        assertThat(text("text/xml; charset=GBK", written.getBytes(GB18030))).isEqualTo(meant);
    }

    @Test
    void a_fault_comes_with_500_and_in_xml() {
        assertThat(SoapAnswer.mayBe(200, "text/html")).isTrue();
        assertThat(SoapAnswer.mayBe(500, "text/xml; charset=GBK")).isTrue();
        assertThat(SoapAnswer.mayBe(500, "text/html")).isFalse();
        assertThat(SoapAnswer.mayBe(503, "text/xml")).isFalse();
        assertThat(SoapAnswer.mayBe(302, null)).isFalse();
    }

    @Test
    void a_request_says_gbk_and_is_gb18030() {
        SoapRequest request = SoapRequest.of(NAMES, "urn:x/ask", "GBK");
        assertThat(request.contentType()).isEqualTo("text/xml; charset=GBK");
        assertThat(request.action()).isEqualTo("\"urn:x/ask\"");
        assertThat(new String(request.body(), GB18030)).isEqualTo("<?xml version=\"1.0\" encoding=\"GBK\"?>" + NAMES);
    }
}
