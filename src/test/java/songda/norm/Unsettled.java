package songda.norm;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an item still waits for, from its journal. */
final class Unsettled {

    private Unsettled() {}

    /** @param heard what the hub knows of it, in that order */
    static Set<String> of(Item item, List<Deed> heard) {
        Set<String> open = new TreeSet<>();
        for (Deed deed : heard) {
            switch (deed.what()) {
                case "parcel.accepted" -> open.add("delivery");
                case "parcel.acceptance-retracted" -> open.remove("delivery");
                case "parcel.delivered" -> {
                    open.remove("delivery");
                    if (item.owesPaper()) {
                        open.add("receipt");
                    }
                }
                case "parcel.delivery-retracted" -> {
                    open.add("delivery");
                    open.remove("receipt");
                }
                case "return.dispatched" -> open.remove("delivery");
                case "parcel.lost" -> {
                    open.remove("delivery");
                    open.add("matter");
                }
                case "parcel.damaged", "complaint.received" -> open.add("matter");
                case "anomaly.resolved" -> open.remove("matter");
                case "receipt.returned" -> open.remove("receipt");
                case "receipt.retracted", "receipt.wrong", "receipt.lost", "receipt.damaged", "receipt.resign-sent" ->
                    open.add("receipt");
                default -> {}
            }
        }
        return open;
    }
}
