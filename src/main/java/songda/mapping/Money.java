package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Amounts in yuan with two places, as decimals: binary fractions would lose a fen. */
final class Money {

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,2}0*)?");
    private static final Pattern FACTOR = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private Money() {}

    /**
     * The sum of texts and numbers, and of those in lists; what is absent counts nothing. Null if one of them is no amount, or all are absent.
     */
    static JsonNode sum(JsonNode... parts) {
        BigDecimal sum = null;
        for (JsonNode part : all(parts)) {
            String text = plain(part);
            if (!AMOUNT.matcher(text).matches()) {
                return NullNode.instance;
            }
            BigDecimal amount = new BigDecimal(text).setScale(2, RoundingMode.UNNECESSARY);
            sum = sum == null ? amount : sum.add(amount);
        }
        return sum == null ? NullNode.instance : DecimalNode.valueOf(sum);
    }

    /** {@code money-times(amount, factor)}: half a fen is rounded up (R96). Null if one is no number of this kind. */
    static JsonNode times(JsonNode... a) {
        String amount = plain(a[0]);
        String factor = plain(a[1]);
        boolean both =
                AMOUNT.matcher(amount).matches() && FACTOR.matcher(factor).matches();
        return both
                ? DecimalNode.valueOf(
                        new BigDecimal(amount).multiply(new BigDecimal(factor)).setScale(2, RoundingMode.HALF_UP))
                : NullNode.instance;
    }

    private static List<JsonNode> all(JsonNode... parts) {
        return Stream.of(parts)
                .flatMap(part -> part.isArray() ? StreamSupport.stream(part.spliterator(), false) : Stream.of(part))
                .filter(part -> !part.isNull() && !part.isMissingNode())
                .toList();
    }

    private static String plain(JsonNode number) {
        return number.isNumber() ? number.decimalValue().toPlainString() : number.asText();
    }
}
