package songda.failure;

import java.time.Duration;

/** A partner's answer that is a no for now: nothing was done, and it may be asked again after a while. */
public final class NotNow extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final Duration after;

    /**
     * @param reason what the partner said, free of personal data
     * @param after how long it wants to be left alone; null: the longer, the more often it was tried
     */
    public NotNow(String reason, Duration after) {
        super(reason, null, false, false);
        this.after = after;
    }

    public Duration after() {
        return after;
    }
}
