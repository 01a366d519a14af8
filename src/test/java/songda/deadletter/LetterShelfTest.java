package songda.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import songda.HubTest;

/** What the desk sees of what was set aside. */
class LetterShelfTest extends HubTest {

    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String WHY = "{\"reason\":\"遮盖后看不出错在哪里\"}";

    /** @return the number of a letter about a scan whose code nobody knows */
    private String aside(String waybill, String code) {
        ObjectNode scan = JSON.createObjectNode()
                .put("serialNo", "S-" + waybill + code)
                .put("waybillNo", waybill)
                .put("opCode", code)
                .put("opDesc", "签收人金丝雀")
                .put("opTime", "2026-11-24 15:21:00");
        Answer answer = post("ems", SCANS, scan);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("deadLetter").asText();
    }

    private JsonNode shown(String id) {
        return get("desk", LETTERS + "/" + id).json();
    }

    @Test
    void letters_of_one_cause_are_one_group_with_its_count_and_its_letters_come_page_by_page() {
        String first = aside("9900000000101", "X1");
        String second = aside("9900000000102", "X1");
        String print = shown(first).path("fingerprint").asText();
        JsonNode page =
                get("desk", LETTERS + "?fingerprint=" + print + "&limit=1").json();
        assertThat(page.path("count").asInt()).isEqualTo(2);
        JsonNode group = page.at("/groups/0");
        assertThat(group.path("reason").asText()).contains("mappings/postal/scan-to-fact/codes.csv");
        assertThat(group.path("place").asText()).isEqualTo("mapping:postal/scan-to-fact");
        assertThat(group.path("firstSeen").asText())
                .isLessThanOrEqualTo(group.path("lastSeen").asText());
        assertThat(page.path("letters").findValuesAsText("id")).containsExactly(first);
        JsonNode next = get(
                        "desk",
                        LETTERS + "?fingerprint=" + print + "&limit=1&cursor="
                                + page.path("next").asText())
                .json();
        assertThat(next.path("letters").findValuesAsText("id")).containsExactly(second);
        assertThat(next.path("next").isNull()).isTrue();
        assertThat(get("desk", LETTERS + "?sender=postal&fingerprint=" + print)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(2);
        assertThat(get("desk", LETTERS + "?door=gov-receive-order&fingerprint=" + print)
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    void a_letter_is_shown_as_it_is_built_and_without_its_person() {
        Answer answer = get("desk", LETTERS + "/" + aside("9900000000111", "X2"));
        assertThat(answer.text()).doesNotContain("金丝雀");
        JsonNode letter = answer.json();
        assertThat(letter.path("preview").path("opCode").asText()).isEqualTo("X2");
        assertThat(letter.path("preview").path("opDesc").asText()).isEqualTo("****");
        assertThat(letter.path("attempts").asInt()).isZero();
        assertThat(letter.path("sha256").asText()).hasSize(64);
        refused(get("desk", LETTERS + "/999999999999"), 404, "no-such-letter");
    }

    @Test
    void what_is_no_json_has_a_length_and_a_hash_only() {
        byte[] broken = "{\"serialNo\":\"1\",\"opDesc\":\"金丝雀".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String id = post("ems", SCANS, broken).json().path("deadLetter").asText();
        JsonNode letter = shown(id);
        assertThat(letter.path("preview").isNull()).isTrue();
        assertThat(letter.path("size").asInt()).isEqualTo(broken.length);
        assertThat(letter.toString()).doesNotContain("金丝雀");
    }

    @Test
    void its_bytes_need_a_right_and_a_reason_and_the_look_is_audited() {
        String id = aside("9900000000121", "X3");
        refused(post("desk", LETTERS + "/" + id + "/reveal", WHY), 403, "right-missing");
        assertThat(post("archivist", LETTERS + "/" + id + "/reveal", "{}").status())
                .isEqualTo(422);
        assertThat(shown(id).path("changes")).isEmpty();
        Answer bare = post("archivist", LETTERS + "/" + id + "/reveal", WHY);
        assertThat(bare.status()).as(bare.text()).isEqualTo(200);
        assertThat(bare.json().path("text").asText()).contains("签收人金丝雀");
        JsonNode look = shown(id).path("changes").get(0);
        assertThat(look.path("what").asText()).isEqualTo("letter.reveal");
        assertThat(look.path("who").asText()).isEqualTo("archivist");
        assertThat(look.path("reason").asText()).isEqualTo("遮盖后看不出错在哪里");
    }

    @Test
    void only_the_desk_may_look() {
        String id = aside("9900000000131", "X4");
        refused(get("ems", LETTERS), 403, "desk-only");
        refused(get("ems", LETTERS + "/" + id), 403, "desk-only");
        refused(post("ems", LETTERS + "/" + id + "/reveal", WHY), 403, "desk-only");
    }
}
