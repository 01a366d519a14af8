package songda.printer;

/** A printer that cannot print now; it has nothing of the job. The message is for operators: {@code 中文 / English}. */
final class NothingPrinted extends Exception {

    private static final long serialVersionUID = 1L;

    NothingPrinted(String why) {
        super(why, null, false, false);
    }

    NothingPrinted(Status status) {
        this(status.zh + " / " + status.en);
    }
}
