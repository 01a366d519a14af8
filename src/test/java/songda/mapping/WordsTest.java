package songda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    /** Numbers of real items (S10 and domestic EMS), of parcels of another kind, and with a digit changed. */
    @ParameterizedTest
    @CsvSource({
        "EB000717618HK,OK",
        "EE471108151FR,OK",
        "LK434266003CN,OK",
        "LZ290346175CN,OK",
        "1272448151316,OK",
        "1103311486731,OK",
        "1015898666405,OK",
        "1149818553732,OK",
        "1201260015053,DOUBTFUL",
        "1272448151416,DOUBTFUL",
        "LZ290346176CN,DOUBTFUL",
        "9858638312956,UNCHECKED",
        "SF1234567890,UNCHECKED"
    })
    void the_check_digit_of_a_mail_number(String number, String check) {
        assertThat(MailNumber.check(number)).isEqualTo(check);
    }

    @Test
    void amounts_are_added_without_losing_a_fen() {
        assertThat(Money.sum(TextNode.valueOf("0.1"), DoubleNode.valueOf(0.2), IntNode.valueOf(12)))
                .hasToString("12.30");
        assertThat(Money.sum(TextNode.valueOf("20.20"), NullNode.instance)).hasToString("20.20");
        assertThat(Money.sum(NullNode.instance)).isEqualTo(NullNode.instance);
        for (String none : new String[] {"面议", "-1", "1.234", "1e3", "", "12,50"}) {
            assertThat(Money.sum(TextNode.valueOf("1"), TextNode.valueOf(none)))
                    .as(none)
                    .isEqualTo(NullNode.instance);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "13812345678",
                "138 1234 5678",
                "138-1234-5678",
                "+8613812345678",
                "+86 138-1234-5678",
                "008613812345678",
                "0086 138 1234 5678",
                "8613812345678",
                "１３８１２３４５６７８",
                "＋８６　１３８－１２３４－５６７８",
                "(86)13812345678"
            })
    void every_spelling_of_a_mobile_becomes_one(String written) {
        assertThat(Phone.normalise(written)).hasValue("13812345678");
    }

    @ParameterizedTest
    @CsvSource({
        "0571-82898888,0571-82898888",
        "057182898888,0571-82898888",
        "（0571）8289 8888,0571-82898888",
        "+86 571 8289 8888,0571-82898888",
        "+86 0571 82898888,0571-82898888",
        "86057182898888,0571-82898888",
        "8657182898888,0571-82898888",
        "010-62345678,010-62345678",
        "02162345678,021-62345678",
        "0570-3021234,0570-3021234"
    })
    void every_spelling_of_a_landline_becomes_one(String written, String one) {
        assertThat(Phone.normalise(written)).hasValue(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "82898888",
                "12812345678",
                "1381234567",
                "138123456789",
                "+852 2123 4567",
                "+1 202 555 0143",
                "abc",
                "0571-12345678",
                "0571",
                "00000000",
                "+86",
                "13812345678 转 1",
                "86"
            })
    void what_cannot_be_a_mainland_number_is_none(String written) {
        assertThat(Phone.normalise(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "91330100799655058B,true",
        "914403001922038216,true",
        "91330100799655058C,false",
        "91330100799655058b,false",
        "9133010079965505,false",
        "91330100I99655058B,false"
    })
    void a_credit_code_has_its_check_digit(String code, boolean ok) {
        assertThat(CheckDigits.creditCode(code)).isEqualTo(ok);
    }

    @ParameterizedTest
    @CsvSource({
        "11010519491231002X,true",
        "110105194912310021,false",
        "11010519491231002x,false",
        "440524188001010014,true",
        "110105194913310020,false",
        "11010519490230002X,false",
        "1101051949123100,false"
    })
    void an_id_number_has_a_birth_date_and_its_check_digit(String number, boolean ok) {
        assertThat(CheckDigits.idNumber(number)).isEqualTo(ok);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "local-time,2026-11-23 10:00:00,2026-11-23T10:00:00+08:00",
                "local-time,2026-02-30 10:00:00,-",
                "local-time,2026-11-23T10:00:00,-",
                "local-time,-,-",
                "to-local-time,2026-11-23T02:00:00Z,2026-11-23 10:00:00",
                "day,2026-11-23T16:00:00Z,2026-11-24",
                "mask-name,张三,张*",
                "mask-name,欧阳小三,欧**三",
                "mask-name,张,*",
                "mask-phone,13812345678,138****5678",
                "mask-phone,1234567,****",
                "mask-room,城厢街道演示弄12号3单元,城厢街道演示弄12号****",
                "sha256,abc,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            })
    void a_word_of_the_readme_does_what_it_says(String word, String in, String out) {
        var body = Words.of(new Place(Path.of("m"), Path.of("m/a/b")), null, new Refusals()).stream()
                .filter(w -> w.name().equals(word))
                .findFirst()
                .orElseThrow()
                .body();
        assertThat(body.of(in == null ? NullNode.instance : TextNode.valueOf(in)))
                .isEqualTo(out == null ? NullNode.instance : TextNode.valueOf(out));
    }

    @Test
    void nothing_is_no_good_number() {
        assertThat(CheckDigits.creditCode("")).isFalse();
        assertThat(CheckDigits.idNumber("")).isFalse();
    }
}
