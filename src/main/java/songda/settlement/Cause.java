package songda.settlement;

import songda.settlement.Booking.Book;

/** Which fact moves which book. */
enum Cause {
    ACCEPTED("parcel.accepted", Book.POSTAGE, false),
    ACCEPTANCE_RETRACTED("parcel.acceptance-retracted", Book.POSTAGE, true),
    /** Fees are handed over at the door. */
    DELIVERED("parcel.delivered", Book.FEE, false),
    DELIVERY_RETRACTED("parcel.delivery-retracted", Book.FEE, true),
    /** The norm has no price for a return; what the recipient would have paid at the door was never paid. */
    RETURNED("return.dispatched", Book.POSTAGE, true),
    /** Of what is lost or damaged, the postage is paid back (R78); the fee was not the post's. */
    REFUNDED("remedy.refunded", Book.POSTAGE, true);

    final String fact;
    final Book book;
    final boolean takesBack;

    Cause(String fact, Book book, boolean takesBack) {
        this.fact = fact;
        this.book = book;
        this.takesBack = takesBack;
    }

    static Cause of(String fact) {
        for (Cause cause : values()) {
            if (cause.fact.equals(fact)) {
                return cause;
            }
        }
        throw new IllegalArgumentException("no cause " + fact);
    }

    boolean concerns(Booking booking) {
        return booking.book() == book && ends(booking.payer());
    }

    /** Whether nothing of its book is owed again: it is one carriage, and a late second report of it is none. */
    boolean isFinal() {
        return this == RETURNED || this == REFUNDED;
    }

    /** Whether what this payer owes in its book is taken back. */
    boolean ends(String payer) {
        return this != RETURNED || payer.equals("RECIPIENT");
    }
}
