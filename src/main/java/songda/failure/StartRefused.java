package songda.failure;

/** The hub cannot start. The message says what is wrong and where, {@link #remedy()} what to do; both zh first, then en. */
public final class StartRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final String remedy;

    public StartRefused(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
