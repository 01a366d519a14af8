package songda.settlement;

import java.math.BigDecimal;

/**
 * One row of a book.
 *
 * @param line of POSTAGE: the item of the price list; of FEE: COLLECTED
 * @param turn how often this line of the order was taken back before
 * @param reverses the row that it takes back, or null
 * @param amount yuan with two places, negative where it takes back
 * @param row of {@code mappings/tariff}
 */
record Booking(
        long subject,
        long id,
        Book book,
        String line,
        long turn,
        Long reverses,
        String unit,
        String payer,
        BigDecimal amount,
        String rule,
        String row) {

    /** Two books, since what is collected for the government is not the post's money (A36). */
    enum Book {
        POSTAGE,
        FEE
    }

    Booking reversed(long id) {
        return new Booking(subject, id, book, line, turn, this.id, unit, payer, amount.negate(), rule, row);
    }
}
