package songda.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import songda.HubTest;
import songda.clock.HubClock;

/** What terminals report of collecting, bags and rounds, as they report it: refused with the rule's number where it breaks the norm (R22-R38). */
class RoundsTest extends HubTest {

    private final ObjectNode data = JSON.createObjectNode();

    private Answer tells(String fact, String key, String value, String id) {
        ObjectNode event = JSON.createObjectNode();
        event.put("id", fact + "/" + id)
                .put("fact", fact)
                .put("at", HubClock.local(clock.instant()))
                .put(key, value);
        event.set("data", data);
        return post("desk", EVENTS, event);
    }

    private void no(Answer answer, String rule) {
        refused(answer, 422, "invalid-message");
        assertThat(answer.text()).contains("（" + rule).contains("(" + rule);
    }

    private static void yes(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private List<String> of(String name) {
        return db.sql("select f.name from fact f join subject s on s.id = f.subject where s.name = ? order by f.id")
                .param(name)
                .query(String.class)
                .list();
    }

    private List<String> open(String name) {
        return db.sql("select d.ladder from deadline d join subject s on s.id = d.subject where s.name = ? order by 1")
                .param(name)
                .query(String.class)
                .list();
    }

    @Test
    void what_a_terminal_collected_is_checked_before_a_terminal_enters_it() {
        String orderNo = walked();
        no(tells("parcel.picked-up", "orderNo", orderNo, orderNo), "R22");
        data.put("collector", "P7").put("vehicle", "ZA12345").put("handoverNo", "JJ-" + orderNo);
        yes(tells("parcel.picked-up", "orderNo", orderNo, orderNo));
        data.removeAll();
        no(tells("parcel.accepted", "orderNo", orderNo, orderNo), "R03");
        data.put("envelope", "EMS-A4")
                .put("label", "zw-100210")
                .put("envelopes", 1)
                .put("ticked", 1);
        data.put("channel", "DOOR").put("collector", "P7").put("contents", contents(orderNo));
        no(tells("acceptance.checked", "orderNo", orderNo, "1" + orderNo), "R03");
        yes(checked(orderNo, "2" + orderNo));
        no(checked(orderNo, "3" + orderNo), "R27");
        data.removeAll();
        yes(tells("parcel.accepted", "orderNo", orderNo, orderNo));
        assertThat(facts(orderNo)).containsOnlyOnce("parcel.picked-up", "acceptance.checked", "parcel.accepted");
        assertThat(count("select count(*) from deadline where subject = ? and ladder = 'entry'", id(orderNo)))
                .isZero();
    }

    private Answer checked(String orderNo, String id) {
        data.put("envelope", "ZWFT-A4");
        return tells("acceptance.checked", "orderNo", orderNo, id);
    }

    private String contents(String orderNo) {
        String caseNo = order(orderNo).path("caseNo").asText();
        return caseNo.substring(Math.max(0, caseNo.length() - 6));
    }

    /** The hub remembers what was sealed; what is not its own mail is found at the door. */
    @Test
    void a_bag_has_our_items_only_and_is_compared_with_what_was_sealed() {
        String first = waybill(walked());
        String second = waybill(walked());
        String bagNo = "B-" + first;
        data.put("fromOrg", "31110001").put("toOrg", "31131101").put("county", "330109");
        data.put("route", "HZ-YH-07").put("sorter", "S1").put("strangers", 0);
        data.putArray("waybills").add(first).add(second).add("9999999999999");
        no(tells("bag.sealed", "bagNo", bagNo, bagNo), "R30");
        assertThat(of("bag:" + bagNo)).isEmpty();
        data.putArray("waybills").add(first).add(second);
        data.put("planned", HubClock.local(clock.instant().plus(Duration.ofHours(3))));
        yes(tells("bag.sealed", "bagNo", bagNo, bagNo));
        assertThat(open("bag:" + bagNo)).containsExactly("dispatch");
        data.removeAll();
        data.put("county", "330110");
        yes(tells("bag.arrived", "bagNo", bagNo, bagNo));
        assertThat(open("bag:" + bagNo)).containsExactly("opening");

        data.removeAll();
        data.put("sorter", "S9").put("result", "MATCH").putArray("waybills").add(first);
        no(tells("bag.opened", "bagNo", bagNo, bagNo), "R32");
        data.put("fromOrg", "31110001").put("toOrg", "31131101");
        data.put("missing", 1).put("result", "MISMATCH");
        yes(tells("bag.opened", "bagNo", bagNo, bagNo));
        assertThat(open("bag:" + bagNo)).containsExactly("verification", "verification");
        awaiting(() -> assertThat(PARTNERS.calls("/inquiry/chases", bagNo)).hasSize(1));
    }

    @Test
    void a_round_counts_once_and_is_balanced_or_refused() {
        String round = "round:31131101-" + newOrderNo();
        data.put("unit", "31131101").put("county", "330109").put("round", "AM").put("area", "RURAL");
        no(tells("round.opened", "subject", round, round), "R37");
        data.put("area", "TOWN");
        yes(tells("round.opened", "subject", round, round));
        assertThat(open(round)).containsExactly("balance", "second-round");
        no(tells("round.opened", "subject", round, round + "2"), "R37");
        data.put("round", "PM");
        yes(tells("round.opened", "subject", round, round + "2"));
        assertThat(open(round)).containsExactly("balance", "balance");
        data.removeAll();
        data.put("unit", "31131101").put("round", "PM").put("carried", 1).put("imported", 9);
        data.put("dispatched", 8)
                .put("onHand", 1)
                .put("importList", "JK")
                .put("sectionList", "XD")
                .put("sorter", "S1");
        no(tells("round.balanced", "subject", round, round), "R36");
        data.put("onHand", 2);
        yes(tells("round.balanced", "subject", round, round));
        assertThat(open(round)).isEmpty();
    }
}
