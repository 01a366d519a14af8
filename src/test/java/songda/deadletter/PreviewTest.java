package songda.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody can be recognised in a preview, and its reader still sees how the message is built. */
class PreviewTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"opCode":"704","waybillNo":"1234567890123"}      | {"opCode":"704","waybillNo":"1234567890123"}
            {"opDesc":"签收人金丝雀"}                           | {"opDesc":"****"}
            {"recipient":{"name":"张小三","phone":"13812341234"}} | {"recipient":{"name":"张*三","phone":"138****1234"}}
            {"idNo":"33010919900101123X"}                     | {"idNo":"****123X"}
            {"address":"浙江省杭州市萧山区北干街道金城路1038号"}      | {"address":"浙江省杭州市萧山区北干街道****"}
            {"opTime":"2026-11-24 15:21:00"}                  | {"opTime":"2026-11-24 15:21:00"}
            {"birthday":"1990-01-01"}                         | {"birthday":"****"}
            {"serialNo":"202611241521000001"}                 | {"serialNo":"202611241521000001"}
            {"serialNo":"S-13812341234"}                      | {"serialNo":"****"}
            {"orderNo":"330109199003071235"}                  | {"orderNo":"****"}
            {"n":13812341234,"k":12,"b":true,"x":null}        | {"n":"****","k":12,"b":true,"x":null}
            {"signer":"W","rows":[{"receiptNo":"R1"},"金丝雀"]}  | {"signer":"W","rows":[{"receiptNo":"R1"},"****"]}
            {"金丝雀":1,"a 13812341234":2}                      | {"****0":1,"****1":2}
            """)
    void keeps_the_structure_and_masks_what_could_be_a_person(String raw, String shown) {
        assertThat(Preview.of(raw.getBytes(StandardCharsets.UTF_8))).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"opDesc\":\"金丝雀", "金丝雀", "\"金丝雀\"", "{} 金丝雀", "", "<a>金丝雀</a>"})
    void what_is_no_json_is_not_shown(String raw) {
        assertThat(Preview.of(raw.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void what_is_nested_too_deeply_or_no_text_is_not_shown() {
        assertThat(Preview.of("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(Preview.of(new byte[] {(byte) 0xac, (byte) 0xed, 0, 5})).isNull();
    }
}
