package songda.norm;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an item still waits for, from its journal. */
final class Unsettled {

    private Unsettled() {}

    /** @param heard what the hub knows of it, in that order */
    static Set<String> of(Item item, List<Deed> heard) {
        Set<String> open = new TreeSet<>();
        Instant end = Instant.MIN;
        for (Deed deed : heard) {
            switch (deed.what()) {
                case "parcel.accepted" -> {
                    if (deed.at().isAfter(end)) {
                        open.add("delivery");
                    }
                }
                case "parcel.acceptance-retracted" -> open.remove("delivery");
                case "parcel.delivered" -> {
                    end = deed.at();
                    open.remove("delivery");
                    if (item.owesPaper()) {
                        open.add("receipt");
                    }
                }
                case "parcel.delivery-retracted" -> {
                    open.add("delivery");
                    open.remove("receipt");
                }
                case "return.dispatched" -> {
                    end = deed.at();
                    open.remove("delivery");
                }
                case "parcel.lost" -> {
                    end = deed.at();
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
