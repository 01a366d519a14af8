package songda.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import songda.failure.Refused;

class MailListTest {

    private static final String ITEM = "<expressmail><mailnum>1272448151316</mailnum><action>10</action>"
            + "<orgfullname>余杭五常揽投部</orgfullname><description/></expressmail>";
    private static final String LIST = "<listexpressmail>" + ITEM + ITEM + "</listexpressmail>";
    private static final String SOAP = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
            + "<w:rfromems xmlns:w=\"http://w/\">%s</w:rfromems></s:Body></s:Envelope>";

    private static String declared(String charset, String rest) {
        return "<?xml version=\"1.0\" encoding=\"" + charset + "\"?>" + rest;
    }

    static Stream<Arguments> forms() {
        String escaped = declared("GBK", LIST).replace("<", "&lt;");
        return Stream.of(
                Arguments.of("text/xml", "UTF-8", LIST, MailList.Form.XML),
                Arguments.of("text/xml", "UTF-8", "\uFEFF" + declared("UTF-8", LIST), MailList.Form.XML),
                Arguments.of("text/xml", "GBK", declared("GBK", LIST), MailList.Form.XML),
                Arguments.of("text/xml", "GBK", declared("gb2312", LIST), MailList.Form.XML),
                Arguments.of("text/xml; charset=gbk", "GBK", LIST, MailList.Form.XML),
                Arguments.of("text/xml; charset=\"UTF-8\"", "UTF-8", declared("GBK", LIST), MailList.Form.XML),
                Arguments.of("text/xml", "GBK", declared("GBK", SOAP.formatted(LIST)), MailList.Form.SOAP),
                Arguments.of("text/xml", "UTF-8", SOAP.formatted("<arg0>" + escaped + "</arg0>"), MailList.Form.SOAP),
                Arguments.of(
                        "text/xml",
                        "UTF-8",
                        SOAP.formatted("<arg0><![CDATA[" + LIST + "]]></arg0>"),
                        MailList.Form.SOAP),
                Arguments.of(
                        "application/json",
                        "UTF-8",
                        "{\"listexpressmail\":[" + json() + "," + json() + "]}",
                        MailList.Form.JSON));
    }

    private static String json() {
        return "{\"mailnum\":\"1272448151316\",\"action\":\"10\",\"orgfullname\":\"余杭五常揽投部\",\"description\":\"\"}";
    }

    @ParameterizedTest
    @MethodSource("forms")
    void every_form_and_charset_gives_the_same_items(String type, String charset, String text, MailList.Form form) {
        MailList list = MailList.read(text.getBytes(Charset.forName(charset)), type);
        assertThat(list.form()).isEqualTo(form);
        assertThat(list.items().toString()).isEqualTo("[" + json() + "," + json() + "]");
    }

    @Test
    void fifty_items_are_taken_and_fifty_one_are_not() {
        assertThat(read("<listexpressmail>" + ITEM.repeat(50) + "</listexpressmail>")
                        .items())
                .hasSize(50);
        assertThat(refused("<listexpressmail>" + ITEM.repeat(51) + "</listexpressmail>"))
                .startsWith("422 too-many-mails");
    }

    @Test
    void an_empty_list_is_a_list() {
        assertThat(read("<listexpressmail/>").items()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            truncated    | <listexpressmail><expressmail><mailnum>127                               | 不是完整的 XML
            no list      | <list/>                                                                  | 里面没有 listexpressmail
            html         | <html><body>系统维护</body></html>                                         | 里面没有 listexpressmail
            text         | 系统繁忙                                                                   | 不是完整的 XML
            two lists    | <a><listexpressmail/><listexpressmail/></a>                              | 有两个
            field twice  | <listexpressmail><m><a>1</a><a>2</a></m></listexpressmail>               | 重复的字段
            nested       | <listexpressmail><m><a><b/></a></m></listexpressmail>                    | 字段里还有元素
            doctype      | <!DOCTYPE x SYSTEM "http://127.0.0.1:1/x"><listexpressmail/>             | 不接受 DOCTYPE
            laughs       | <!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><listexpressmail>&b;</listexpressmail> | 不接受 DOCTYPE
            entity       | <listexpressmail><m><a>&b;</a></m></listexpressmail>                     | XML
            """)
    void what_is_no_list_is_refused_with_the_reason(String what, String text, String reason) {
        assertThat(refused(text)).as(what).startsWith("400 malformed-push").contains(reason);
    }

    @Test
    void what_is_nested_or_written_too_long_is_refused() {
        assertThat(refused("<a>".repeat(30) + "</a>".repeat(30))).contains("嵌套过深");
        assertThat(refused("<listexpressmail><m><a>" + "x".repeat(5000) + "</a></m></listexpressmail>"))
                .contains("字段过长");
        String inner = SOAP.formatted("<a>" + "&lt;!DOCTYPE x&gt;&lt;listexpressmail/>" + "</a>");
        assertThat(refused(inner)).contains("DOCTYPE");
    }

    @Test
    void a_charset_that_is_not_the_one_declared_is_refused() {
        byte[] gbk = LIST.getBytes(Charset.forName("GBK"));
        assertThat(refused(gbk, "text/xml; charset=UTF-8")).contains("不是所声明的字符集");
        assertThat(refused(gbk, "text/xml")).contains("不是所声明的字符集");
        assertThat(refused(LIST.getBytes(StandardCharsets.UTF_8), "text/xml; charset=latin1"))
                .contains("UTF-8 或 GBK");
    }

    private static MailList read(String text) {
        return MailList.read(text.getBytes(StandardCharsets.UTF_8), "text/xml");
    }

    private static String refused(String text) {
        return refused(text.getBytes(StandardCharsets.UTF_8), "text/xml");
    }

    private static String refused(byte[] body, String type) {
        Refused refused = catchThrowableOfType(Refused.class, () -> MailList.read(body, type));
        return refused.problem().status() + " " + refused.problem().type() + " " + refused.problem();
    }
}
