package songda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a report of couriers' terminals or the desk must say at the least to be taken, for tests that are about something else. */
public final class TestFacts {

    /** Before whatever the hub's clock says. */
    private static final String EARLIER = "2000-01-01T00:00:00+08:00";

    private TestFacts() {}

    /** The data of such a fact; nothing for all others. */
    public static ObjectNode of(String fact) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        return switch (fact) {
            case "parcel.out-for-delivery" -> data.put("courier", "P0711").put("packing", "INTACT");
            case "parcel.attempt-failed" ->
                data.put("courier", "P0711").put("calledAt", EARLIER).put("reasonCode", "103");
            case "parcel.delivered" ->
                data.put("courier", "P0711")
                        .put("calledAt", EARLIER)
                        .put("deliveredTo", "DOOR")
                        .put("idType", "ID_CARD")
                        .put("idChecked", "YES")
                        .put("signer", "W")
                        .put("signedAt", EARLIER);
            case "return.reviewed" ->
                data.put("reasonCode", "104").put("firstReviewer", "P9001").put("secondReviewer", "P0803");
            case "redirect.confirmed" -> data.put("cause", "OWN_ERROR").put("matched", "YES");
            case "contact.made", "contact.failed" -> data.put("channel", "PHONE");
            case "complaint.received" -> data.put("complaintNo", "C1").put("kind", "OTHER");
            case "responsibility.found" -> data.put("unit", "31110001").put("person", "courier-7");
            case "remedy.apologised" -> data.put("evidence", "V-1");
            case "remedy.refunded" -> data.put("evidence", "F-1");
            case "remedy.reissued" -> data.put("waived", "FOUND");
            case "receipt.resign-sent" ->
                data.put("reasonCode", "AGENT_SIGNED").put("resignWaybillNo", "1272448159992");
            default -> data;
        };
    }
}
