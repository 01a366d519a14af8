package songda.failure;

/** What was owed is not needed any more, e.g. a pickup of an order that was taken back: nothing is sent, and nobody has to act. */
public final class Moot extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason why, free of personal data */
    public Moot(String reason) {
        super(reason, null, false, false);
    }
}
