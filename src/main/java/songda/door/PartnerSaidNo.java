package songda.door;

import java.time.Duration;

/** The partner answered over HTTP, and not with a yes. */
final class PartnerSaidNo extends Exception {

    private static final long serialVersionUID = 1L;
    private final int status;
    private final Duration notBefore;

    /** @param notBefore how long it wants to be left alone, or null */
    PartnerSaidNo(int status, Duration notBefore) {
        super("HTTP " + status, null, false, false);
        this.status = status;
        this.notBefore = notBefore;
    }

    int status() {
        return status;
    }

    Duration notBefore() {
        return notBefore;
    }
}
