package songda.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A new order with its personal data sealed already.
 *
 * @param bodyHash keyed hash of the body, to tell the same order again from another one under its number
 * @param row plain columns by name
 * @param sealed encrypted columns and search hashes by name; null where the order has none
 * @param detail what is neither personal nor a column
 */
public record OrderForm(
        long id,
        String client,
        String orderNo,
        byte[] bodyHash,
        Map<String, String> row,
        Map<String, byte[]> sealed,
        ObjectNode detail) {}
