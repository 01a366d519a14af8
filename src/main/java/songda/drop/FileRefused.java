package songda.drop;

/** A file that is not taken, none of it. */
final class FileRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final Fault fault;

    FileRefused(Fault fault) {
        super(fault.words(), null, false, false);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
