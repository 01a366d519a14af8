package songda.failure;

import java.time.Duration;

/** A partner's answer that is a no to every message, until a person has put something right: an account without money, a wrong key. */
public final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final Duration after;

    /**
     * @param reason what the partner said, free of personal data
     * @param after how long nothing is sent there before it is tried again
     */
    public Stopped(String reason, Duration after) {
        super(reason, null, false, false);
        this.after = after;
    }

    public Duration after() {
        return after;
    }
}
