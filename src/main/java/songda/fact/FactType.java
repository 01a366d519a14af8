package songda.fact;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One entry of {@code routes/facts.yaml}.
 *
 * @param stage where the order stands after it, or null
 * @param from the stages that it moves an order from; empty: from any
 * @param refusedOtherwise an order that stands elsewhere does not take it at all
 * @param receiptStage where its receipt stands after it, or null
 * @param anomaly where an anomaly of it stands after it, or null
 * @param counts a field of the order that counts how often it happened, and with {@code Days} behind it on how many days; or null
 * @param ofRecipient a step also hears how often it happened to all orders of this recipient: {@code order.<counts>OfRecipient} (A14)
 * @param uncounts such a field that counts one less, or null
 * @param resets such fields that begin again
 * @param saidBy systems that may report it over the API
 * @param data the fields that its data may have, each with its kind: what is not listed cannot get in
 * @param keeps those of them that the order keeps
 * @param covers the system whose silence is proved up to the fact's {@code data.until} (A32), or null
 * @param seals the part of a person that it brings, which the order keeps sealed and nothing else holds; or null
 * @param silent true when no step needs to wait for it
 */
public record FactType(
        String name,
        String zh,
        String en,
        List<String> rules,
        String stage,
        Set<String> from,
        boolean refusedOtherwise,
        String receiptStage,
        String anomaly,
        String counts,
        boolean ofRecipient,
        String uncounts,
        List<String> resets,
        Set<String> saidBy,
        Map<String, DataKind> data,
        List<String> keeps,
        String covers,
        String seals,
        boolean silent) {

    boolean movesFrom(String where) {
        return from.isEmpty() || from.contains(where);
    }
}
