package songda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.NullNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import songda.failure.Problem.Field;
import songda.failure.Refused;
import songda.failure.Unmappable;

class MappingTest {

    private static final String CODES = "code,fact\n704,parcel.delivered\n705,parcel.attempt-failed\n";
    private static final String MAP =
            """
            { "fact": code("codes", .opCode, "fact", "$.opCode"), "who": .who }
            """;

    @TempDir
    Path root;

    @Test
    void a_known_code_is_translated() throws IOException {
        assertThat(scan("{\"opCode\": \"704\"}")).hasToString("{\"fact\":\"parcel.delivered\"}");
    }

    @Test
    void a_body_may_be_bytes_text_tree_or_stream() throws IOException {
        Mapping map = postal(MAP).get("postal/scan");
        String body = "{\"opCode\":\"704\"}";
        Object expected = map.translate((Object) body);
        assertThat(map.translate((Object) body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
        assertThat(map.translate((Object) StrictJson.read(body))).isEqualTo(expected);
        assertThat(map.translate((Object) new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(expected);
        assertThatThrownBy(() -> map.translate((Object) null)).hasMessageContaining("was given nothing");
    }

    @Test
    void an_unknown_code_names_the_file_to_mend() throws IOException {
        Mapping map = postal(MAP).get("postal/scan");
        assertThatThrownBy(() -> map.translate("{\"opCode\":\"ZZ\"}", OnBreach.SET_ASIDE))
                .isInstanceOf(Unmappable.class)
                .hasMessage("unknown postal code 'ZZ' in $.opCode: add it to mappings/postal/scan/codes.csv")
                .extracting(e -> ((Unmappable) e).place())
                .isEqualTo("mapping:postal/scan");
    }

    /** The language itself falls over it, with the text's length in its words. */
    @Test
    void a_piece_of_a_text_that_is_too_short_is_set_aside() throws IOException {
        Mapping map = postal("{ \"second\": .time[4 : 6] }").get("postal/scan");
        assertThat(map.translate("{\"time\":\"152100\"}", OnBreach.SET_ASIDE)).hasToString("{\"second\":\"00\"}");
        assertThatThrownBy(() -> map.translate("{\"time\":\"15\"}", OnBreach.SET_ASIDE))
                .isInstanceOf(Unmappable.class)
                .hasMessage(
                        "mappings/postal/scan: falls over this message (StringIndexOutOfBoundsException); let in.schema.json say what may come");
    }

    @Test
    void an_unknown_code_is_a_field_of_the_refusal() throws IOException {
        Mapping map = postal(MAP).get("postal/scan");
        var refused = refused(map, "{\"opCode\":\"ZZ\"}");
        assertThat(refused.problem().status()).isEqualTo(422);
        assertThat(refused.problem().fields()).containsExactly(new Field("/opCode", "未知代码 / unknown code"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"张三", "13812345678", "138-1234-5678", "330109199003071235", "Zhang San", ""})
    void what_may_name_a_person_is_never_repeated_as_a_code(String key) throws IOException {
        Mapping map = postal(MAP).get("postal/scan");
        assertThatThrownBy(() -> map.translate("{\"opCode\":\"" + key + "\"}", OnBreach.SET_ASIDE))
                .hasMessage("unknown postal code in $.opCode: add it to mappings/postal/scan/codes.csv");
    }

    @Test
    void a_refusal_names_every_field_at_once_and_no_value() throws IOException {
        Mapping map = postal(
                        """
                let guards = [
                  if (.who != "me") refuse("/who", "只能是我 / only me"),
                  if (.n > 3) refuse("$.n", "太多 / too many")
                ]
                { "n": .n }
                """)
                .get("postal/scan");
        var refused = refused(map, "{\"who\":\"张三\",\"n\":4}");
        assertThat(refused.problem().fields())
                .containsExactly(new Field("/who", "只能是我 / only me"), new Field("/n", "太多 / too many"));
        assertThat(refused.getMessage()).doesNotContain("张三");
        assertThat(map.translate((Object) "{\"who\":\"me\",\"n\":1}")).hasToString("{\"n\":1}");
    }

    @Test
    void a_guard_that_finds_nothing_answers_nothing() throws IOException {
        Mapping map = postal("if (.n > 3) refuse(\"/n\", \"太多 / too many\")").get("postal/scan");
        assertThat(map.translate((Object) "{\"n\":1}")).isEqualTo(NullNode.instance);
        assertThat(refused(map, "{\"n\":4}").problem().fields()).hasSize(1);
    }

    @Test
    void a_failing_expression_tells_its_place_and_not_the_value() throws IOException {
        Mapping map = postal("{ \"n\": number(.who) }").get("postal/scan");
        assertThatThrownBy(() -> map.translate("{\"who\":\"张三\"}", OnBreach.REFUSE))
                .isInstanceOf(Unmappable.class)
                .hasMessageStartingWith("mappings/postal/scan/map.jslt: met a value")
                .message()
                .doesNotContain("张三");
    }

    @Test
    void a_result_that_breaks_its_schema_is_our_fault_and_set_aside() throws IOException {
        write("postal/scan/out.schema.json", "{\"required\":[\"fact\"]}");
        Mapping map = postal("{ \"n\": 1 }").get("postal/scan");
        assertThatThrownBy(() -> map.translate("{}", OnBreach.REFUSE))
                .isInstanceOf(Unmappable.class)
                .hasMessage("mappings/postal/scan: the result breaks out.schema.json: /fact 缺少此项 / missing");
    }

    @Test
    void empty_lists_stay_and_nulls_go() throws IOException {
        Mapping map =
                postal("{ \"a\": [], \"b\": {}, \"c\": null, \"d\": \"\" }").get("postal/scan");
        assertThat(map.translate((Object) "{}")).hasToString("{\"a\":[],\"b\":{},\"d\":\"\"}");
    }

    @Test
    void a_table_of_another_folder_is_read() throws IOException {
        write("gov/region/codes.csv", "code,name\n330109,萧山区\n");
        write("gov/region/cities.csv", "code,name\n3301,杭州市\n");
        Mapping map = postal(
                        "[code('../../gov/region', .c, 'name'), code-or-null('../../gov/region/cities', '9', 'name')]"
                                .replace('\'', '"'))
                .get("postal/scan");
        assertThat(map.translate((Object) "{\"c\":\"330109\"}")).hasToString("[\"萧山区\",null]");
    }

    @Test
    void what_does_not_compile_stops_the_start_with_file_and_line() throws IOException {
        write("postal/other/map.jslt", "{\n  \"a\": nonsense(.b)\n}");
        assertThatThrownBy(() -> postal("{\n\n \"a\": \n}"))
                .isInstanceOf(MappingBroken.class)
                .hasMessageContaining("mappings/postal/other/map.jslt:2: ")
                .hasMessageContaining("mappings/postal/scan/map.jslt:4: ");
    }

    @Test
    void a_misspelled_table_stops_the_start() {
        assertThatThrownBy(() -> postal("{\n\"a\": code(\"cods\", .b, \"fact\") }"))
                .hasMessage(
                        "mappings/postal/scan/map.jslt:2: no table 'cods': there is no mappings/postal/scan/cods.csv");
    }

    @Test
    void a_key_that_stands_twice_stops_the_start() throws IOException {
        write("postal/scan/other.csv", "code,fact\n# note\n704,a\n705,b\n704,c\n");
        assertThatThrownBy(() -> postal(MAP))
                .hasMessage("mappings/postal/scan/other.csv:5: key '704' stands on line 3 too: keep one row");
    }

    @Test
    void a_row_with_a_missing_cell_stops_the_start() throws IOException {
        write("postal/scan/other.csv", "code,fact\n704\n");
        assertThatThrownBy(() -> postal(MAP)).hasMessage("mappings/postal/scan/other.csv:2: 1 cells, but 2 columns");
    }

    @Test
    void a_schema_that_is_none_stops_the_start() throws IOException {
        write("postal/scan/in.schema.json", "{\"type\":\"strnig\"}");
        assertThatThrownBy(() -> postal(MAP))
                .hasMessageStartingWith("mappings/postal/scan/in.schema.json: not a JSON schema at /type");
    }

    @Test
    void a_schema_reference_that_leads_nowhere_stops_the_start() throws IOException {
        write("postal/scan/in.schema.json", "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/nowhere\"}}}");
        assertThatThrownBy(() -> postal(MAP)).hasMessageStartingWith("mappings/postal/scan/in.schema.json: ");
    }

    @Test
    void examples_without_a_map_stop_the_start() throws IOException {
        write("postal/empty/examples/a.in.json", "{}");
        assertThatThrownBy(() -> postal(MAP)).hasMessage("mappings/postal/empty: has no map.jslt and no map.xsl");
    }

    @Test
    void a_reload_swaps_the_mapping() throws IOException {
        Mappings mappings = postal(MAP);
        write("postal/scan/codes.csv", CODES + "ZZ,parcel.lost\n");
        assertThat(mappings.reload(root.resolve("postal/scan/codes.csv"))).containsExactly("postal/scan");
        assertThat(mappings.get("postal/scan").translate((Object) "{\"opCode\":\"ZZ\"}"))
                .hasToString("{\"fact\":\"parcel.lost\"}");
    }

    @Test
    void a_broken_reload_keeps_the_last_good_one() throws IOException {
        Mappings mappings = postal(MAP);
        write("postal/scan/map.jslt", "{ \"fact\": ");
        assertThatThrownBy(() -> mappings.reload(root.resolve("postal/scan/map.jslt")))
                .isInstanceOf(MappingBroken.class)
                .hasMessageStartingWith("mappings/postal/scan/map.jslt:");
        assertThat(mappings.get("postal/scan").translate((Object) "{\"opCode\":\"704\"}"))
                .hasToString("{\"fact\":\"parcel.delivered\"}");
    }

    @Test
    void a_changed_shared_table_reloads_those_that_use_it_and_no_other() throws IOException {
        write("gov/region/codes.csv", "code,name\n1,old\n");
        write("gov/user/map.jslt", "code(\"../region\", \"1\", \"name\")");
        Mappings mappings = postal(MAP);
        Mapping untouched = mappings.get("postal/scan");
        write("gov/region/codes.csv", "code,name\n1,new\n");
        assertThat(mappings.reload(root.resolve("gov/region"))).containsExactly("gov/user");
        assertThat(mappings.get("gov/user").translate((Object) "{}")).hasToString("\"new\"");
        assertThat(mappings.get("postal/scan")).isSameAs(untouched);
    }

    @Test
    void all_that_a_change_touches_is_swapped_or_nothing() throws IOException {
        write("gov/region/codes.csv", "code,name\n1,old\n");
        write("gov/good/map.jslt", "code(\"../region\", \"1\", \"name\")");
        write("gov/bad/map.jslt", "code(\"../region\", \"1\", \"name\")");
        Mappings mappings = postal(MAP);
        write("gov/region/codes.csv", "code,name\n1,new\n");
        write("gov/bad/map.jslt", "{");
        assertThatThrownBy(() -> mappings.reload(root.resolve("gov"))).isInstanceOf(MappingBroken.class);
        assertThat(mappings.get("gov/good").translate((Object) "{}")).hasToString("\"old\"");
    }

    @Test
    void a_new_folder_is_taken_up_by_a_reload() throws IOException {
        Mappings mappings = postal(MAP);
        write("sms/new/map.jslt", "1");
        assertThat(mappings.reload(root.resolve("sms/new"))).containsExactly("sms/new");
        assertThat(mappings.names()).containsExactlyInAnyOrder("postal/scan", "sms/new");
    }

    @Test
    void a_file_outside_of_the_mappings_is_not_read() {
        assertThatThrownBy(() -> postal("code(\"../../../etc/passwd\", \"1\", \"x\")"))
                .hasMessage("mappings/postal/scan/map.jslt: names something outside of the mappings");
    }

    @Test
    void bytes_in_gbk_are_refused_with_a_word_about_gbk() throws IOException {
        Mapping map = postal(MAP).get("postal/scan");
        byte[] gbk = "{\"opCode\":\"张\"}".getBytes(Charset.forName("GBK"));
        assertThatThrownBy(() -> map.translate(gbk, OnBreach.REFUSE)).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(e.problem().fields().get(0).message()).contains("GBK");
        });
    }

    @Test
    void more_than_two_megabytes_is_413() throws IOException {
        Mapping map = postal(MAP).get("postal/scan");
        byte[] large = (" ".repeat(2 * 1024 * 1024) + "{}").getBytes(StandardCharsets.UTF_8);
        assertThat(refused(map, large).problem().status()).isEqualTo(413);
        assertThat(refused(map, new ByteArrayInputStream(large)).problem().status())
                .isEqualTo(413);
    }

    private Object scan(String body) throws IOException {
        return postal(MAP).get("postal/scan").translate((Object) body);
    }

    private Mappings postal(String map) throws IOException {
        write("postal/scan/map.jslt", map);
        write("postal/scan/codes.csv", CODES);
        return new Mappings(root);
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Refused refused(Mapping map, Object body) {
        return catchThrowableOfType(Refused.class, () -> map.translate(body, OnBreach.REFUSE));
    }
}
