package songda.embedded;

/** The hub cannot start. The message says what is wrong and where, {@link #remedy()} what to do; both zh first, then en. */
final class StartRefused extends RuntimeException {

    private final String remedy;

    StartRefused(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
