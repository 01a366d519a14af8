package songda.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;
import songda.clock.HubClock;
import songda.person.Sealer;
import songda.signature.TestSigner;

/** What an authenticated partner says and the hub cannot read is kept sealed, and the partner hears 202. */
class SetAsideTest extends HubTest {

    @Autowired
    Sealer sealer;

    private static ObjectNode scan(String waybill, String code) {
        return JSON.createObjectNode()
                .put("serialNo", "S-" + waybill + code)
                .put("waybillNo", waybill)
                .put("opCode", code)
                .put("opDesc", "签收人金丝雀")
                .put("opTime", "2026-11-24 15:21:00");
    }

    @Test
    void an_event_about_an_unknown_order_is_kept_and_its_bytes_can_be_opened() {
        String unknown = newOrderNo();
        ObjectNode event = JSON.createObjectNode()
                .put("id", "e-" + unknown)
                .put("fact", "parcel.delivered")
                .put("at", HubClock.local(clock.instant()))
                .put("orderNo", unknown);
        Answer answer = post("desk", EVENTS, event.toPrettyString());
        kept(answer, event.toPrettyString(), "no order known for parcel.delivered", "fact:record");
    }

    @Test
    void a_scan_of_an_unknown_waybill_is_kept() {
        ObjectNode scan = scan("9900000000011", "704");
        kept(post("ems", SCANS, scan), scan.toString(), "no order known for parcel.delivered", "fact:record");
    }

    @Test
    void an_unknown_scan_code_is_kept_and_the_reason_names_the_file_to_mend() {
        ObjectNode scan = scan(waybill(walked()), "999");
        kept(
                post("ems", SCANS, scan),
                scan.toString(),
                "mappings/postal/scan-to-fact/codes.csv",
                "mapping:postal/scan-to-fact");
    }

    @Test
    void a_scan_that_is_no_json_is_kept_with_its_very_bytes() {
        String broken = "{\"serialNo\":\"1\",\"opDesc\":\"金丝雀";
        kept(post("ems", SCANS, broken), broken, "not valid JSON", "mapping:postal/scan-to-fact");
    }

    @Test
    void letters_of_one_cause_bear_one_fingerprint() {
        long one = letter(post("ems", SCANS, scan("9900000000021", "998")));
        long two = letter(post("ems", SCANS, scan("9900000000022", "998")));
        long other = letter(post("ems", SCANS, scan("9900000000023", "997")));
        assertThat(fingerprint(one)).isEqualTo(fingerprint(two)).isNotEqualTo(fingerprint(other));
    }

    @Test
    void a_replayed_request_is_not_kept_a_second_time() {
        byte[] body = scan("9900000000031", "996").toString().getBytes(StandardCharsets.UTF_8);
        TestSigner once = signer("ems");
        assertThat(post(once, SCANS, body, Map.of()).status()).isEqualTo(202);
        refused(post(once, SCANS, body, Map.of()), 401, "replayed-request");
    }

    private void kept(Answer answer, String body, String reason, String place) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("setAside").asBoolean()).isTrue();
        clean(answer);
        long id = letter(answer);
        var row = db.sql("select reason, place, raw, state, correlation from dead_letter where id = ?")
                .param(id)
                .query()
                .singleRow();
        assertThat(row.get("reason").toString()).contains(reason).doesNotContain("金丝雀");
        assertThat(row.get("place")).isEqualTo(place);
        assertThat(row.get("state")).isEqualTo("OPEN");
        assertThat(answer.headers().get("x-correlation-id")).containsExactly((String) row.get("correlation"));
        byte[] raw = (byte[]) row.get("raw");
        assertThat(new String(raw, StandardCharsets.UTF_8)).doesNotContain("金丝雀", "opCode", "parcel");
        assertThat(new String(sealer.openBytes(raw, "dead_letter.raw", id), StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    private static long letter(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("deadLetter").asLong();
    }

    private String fingerprint(long id) {
        return db.sql("select fingerprint from dead_letter where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }
}
