package songda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void numbers_keep_their_zeros() {
        assertThat(StrictJson.read("{\"a\":1230.00,\"b\":9007199254740993}"))
                .hasToString("{\"a\":1230.00,\"b\":9007199254740993}");
    }

    @Test
    void a_character_beyond_the_first_plane_is_fine() {
        assertThat(StrictJson.read("\"𠮷\\ud842\\udfb7\"".getBytes(StandardCharsets.UTF_8))
                        .textValue())
                .isEqualTo("𠮷𠮷");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            '{"a":1,"a":2}'              | duplicate key
            '{"a":{"b":1,"b":2}}'        | duplicate key
            '{"a":1'                     | not valid JSON
            '{"a":1} x'                  | not valid JSON
            '{"a":1}{"a":2}'             | not valid JSON
            '{"a":NaN}'                  | not valid JSON
            '{''a'':1}'                  | not valid JSON
            '{"a":01}'                   | not valid JSON
            '[1,]'                       | not valid JSON
            '// x'                       | not valid JSON
            ''                           | empty body
            '  '                         | empty body
            '{"a":"\\u0000"}'            | NUL character in /a
            '{"\\u0000":1}'              | NUL character in
            '{"a":["x","\\ud800"]}'      | half a character in /a/1
            '{"a":"\\udc00\\ud800"}'     | half a character in /a
            '{"a":1e999999999}'          | number out of range in /a
            '{"a":1e-999999999}'         | number out of range in /a
            '{"a":33e3389261128}'        | number out of range
            """)
    void what_is_no_honest_json_is_refused(String body, String reason) {
        assertThatThrownBy(() -> StrictJson.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Breach.class)
                .hasMessage("unreadable message: " + reason.strip() + (reason.endsWith(" in") ? " " : ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "efbbbf7b7d",
                "feff007b007d",
                "fffe7b007d00",
                "7b007d00",
                "007b007d",
                "0000007b0000007d",
                "c0af",
                "22eda08022",
                "22f888808080",
                "22ff22",
                "22c322"
            })
    void other_encodings_and_broken_utf8_are_refused(String hex) {
        assertThatThrownBy(() -> StrictJson.read(HexFormat.of().parseHex(hex))).isInstanceOf(Breach.class);
    }

    @Test
    void utf16_is_named() {
        assertThatThrownBy(() -> StrictJson.read("{}".getBytes(Charset.forName("UTF-16"))))
                .hasMessage("unreadable message: UTF-16 or UTF-32");
    }

    @Test
    void limits_hold() {
        assertOverLimit("[".repeat(100_000));
        assertOverLimit("{\"a\":".repeat(65) + "1" + "}".repeat(65));
        assertOverLimit("\"" + "x".repeat(100_001) + "\"");
        assertOverLimit("1".repeat(51));
        assertOverLimit("{\"" + "x".repeat(300) + "\":1}");
        assertThat(StrictJson.read("[".repeat(64) + "]".repeat(64)).isArray()).isTrue();
    }

    @Test
    void a_refusal_never_repeats_the_text() {
        assertThatThrownBy(() -> StrictJson.read("{\"name\": 张三13812345678}"))
                .isInstanceOfSatisfying(
                        Breach.class, e -> assertThat(e.getMessage() + e.text()).doesNotContain("张", "138"));
    }

    private static void assertOverLimit(String body) {
        assertThatThrownBy(() -> StrictJson.read(body.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("unreadable message: over the limits of a message");
    }
}
