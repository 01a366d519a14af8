package songda.printer;

/** The printer has the job, or part of it, and did not say that it came out. The message is for operators: {@code 中文 / English}. */
final class MaybePrinted extends Exception {

    private static final long serialVersionUID = 1L;

    MaybePrinted(String why) {
        super(why, null, false, false);
    }
}
