package songda.norm;

import java.time.Instant;

/**
 * An order, as a window takes it.
 *
 * @param declared in fen
 * @param fee to collect for the office, in fen
 */
record Item(
        String orderNo,
        String waybillNo,
        String county,
        String dest,
        String unit,
        String payer,
        String receipt,
        String service,
        long declared,
        long fee,
        String phone,
        Instant orderedAt) {

    boolean owesPaper() {
        return receipt.equals("PHYSICAL") || receipt.equals("OWN_FORM");
    }
}
