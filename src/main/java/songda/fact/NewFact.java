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
 * @param retracts their id of the message that this one takes back: without that one recorded, this one is not either
 * @param about what it happened to
 * @param data no personal data
 * @param form the order itself, only with {@code order.received}
 * @param person what of a person it says, for a fact that {@code seals}: the order keeps it sealed, and it goes nowhere else
 */
public record NewFact(
        String name,
        String source,
        String sourceId,
        Optional<String> retracts,
        Instant at,
        About about,
        ObjectNode data,
        Optional<OrderForm> form,
        Optional<ObjectNode> person) {

    /** One that takes nothing back and says nothing of a person. */
    public NewFact(
            String name,
            String source,
            String sourceId,
            Instant at,
            About about,
            ObjectNode data,
            Optional<OrderForm> form) {
        this(name, source, sourceId, Optional.empty(), at, about, data, form, Optional.empty());
    }

    /** The subject as the sender names it. */
    public sealed interface About {}

    public record ByOrderNo(String orderNo) implements About {}

    public record ByWaybill(String waybillNo) implements About {}

    public record ById(long subject) implements About {}

    /** A subject that is no order, e.g. {@code system:receipt85}; made on its first fact. */
    public record ByName(String name) implements About {}
}
