package songda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Amounts in yuan with two places, as decimals: binary fractions would lose a fen. */
final class Money {

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,2}0*)?");

    private Money() {}

    /** The sum of texts and numbers; what is absent counts nothing. Null if one of them is no amount, or all are absent. */
    static JsonNode sum(JsonNode... parts) {
        BigDecimal sum = null;
        for (JsonNode part : parts) {
            if (part.isNull() || part.isMissingNode()) {
                continue;
            }
            String text = part.isNumber() ? part.decimalValue().toPlainString() : part.asText();
            if (!AMOUNT.matcher(text).matches()) {
                return NullNode.instance;
            }
            BigDecimal amount = new BigDecimal(text).setScale(2, RoundingMode.UNNECESSARY);
            sum = sum == null ? amount : sum.add(amount);
        }
        return sum == null ? NullNode.instance : DecimalNode.valueOf(sum);
    }
}
