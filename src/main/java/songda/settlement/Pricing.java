package songda.settlement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;
import songda.clock.HubClock;
import songda.mapping.Mappings;
import songda.mapping.OnBreach;

/** What an order owes on the day of a fact, by {@code mappings/tariff}. */
final class Pricing {

    private static final String UNIT = "/office/creditCode";
    private final Mappings mappings;

    Pricing(Mappings mappings) {
        this.mappings = mappings;
    }

    /** One line that costs something. */
    record Line(String item, BigDecimal amount, String rule, String row) {}

    static String unit(JsonNode order) {
        return order.at(UNIT).asText("-");
    }

    /** @throws songda.failure.Unmappable when the price list has no price for it */
    List<Line> of(Moved moved) {
        return moved.cause().book == Booking.Book.FEE ? fee(moved.order()) : postage(moved);
    }

    private List<Line> postage(Moved moved) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.set("order", moved.order());
        asked.putObject("asked")
                .put("day", LocalDate.ofInstant(moved.at(), HubClock.ZONE).toString());
        Object request = mappings.get("tariff/request").translate(asked, OnBreach.SET_ASIDE);
        JsonNode price = (JsonNode) mappings.get("tariff/price").translate(request, OnBreach.SET_ASIDE);
        return StreamSupport.stream(price.path("lines").spliterator(), false)
                .map(l -> new Line(
                        l.path("item").asText(),
                        l.path("amount").decimalValue(),
                        l.path("rule").asText(),
                        l.path("row").asText()))
                .filter(l -> l.amount().signum() > 0)
                .toList();
    }

    private static List<Line> fee(JsonNode order) {
        BigDecimal fee = order.path("feeToCollect").decimalValue().setScale(2, java.math.RoundingMode.HALF_UP);
        return fee.signum() > 0 ? List.of(new Line("COLLECTED", fee, "R94", "-")) : List.of();
    }
}
