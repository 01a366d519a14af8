package songda.postal;

/** What came is not wrapped as agreed. The message says why and repeats nothing of it. */
final class BadEnvelope extends Exception {

    private static final long serialVersionUID = 1L;

    BadEnvelope(String why) {
        super(why);
    }
}
