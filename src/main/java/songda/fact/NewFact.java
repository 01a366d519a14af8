package songda.fact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import songda.order.OrderForm;

/**
 * A fact as somebody reports it, not recorded yet.
 *
 * @param name from the catalogue, past tense: {@code parcel.delivered}
 * @param source the system that says so
 * @param sourceId their id of this message; (source, sourceId) is recorded once
 * @param at when it happened, business time
 * @param about what it happened to
 * @param data no personal data
 * @param form the order itself, only with {@code order.received}
 */
public record NewFact(
        String name,
        String source,
        String sourceId,
        Instant at,
        About about,
        ObjectNode data,
        Optional<OrderForm> form) {

    /** The subject as the sender names it. */
    public sealed interface About {}

    public record ByOrderNo(String orderNo) implements About {}

    public record ByWaybill(String waybillNo) implements About {}

    public record ById(long subject) implements About {}

    /** A subject that is no order, e.g. {@code system:receipt85}; made on its first fact. */
    public record ByName(String name) implements About {}
}
