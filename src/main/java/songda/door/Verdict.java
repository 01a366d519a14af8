package songda.door;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import songda.failure.Refused;

/**
 * How one attempt at a door ended.
 *
 * @param state ACCEPTED, RETRY (later), UNKNOWN (sent, answer lost), DEAD (a person decides)
 * @param after wait until the next attempt, wall time; null unless RETRY
 */
record Verdict(String state, String reason, Duration after) {

    private static final Set<Integer> WORLD_AT_FAULT = Set.of(408, 425, 429);
    static final Verdict ACCEPTED = new Verdict("ACCEPTED", null, null);

    /** What the door says about itself. */
    record Patience(boolean repeatable, Duration base, Duration most, int attempts) {}

    /**
     * @param sent whether the message may have reached the partner before this happened
     * @param attempt 1 for the first
     */
    static Verdict of(Throwable failure, boolean sent, int attempt, Patience patience) {
        if (failure == null) {
            return ACCEPTED;
        }
        String reason = words(failure);
        if (saidNo(failure) || hopeless(failure)) {
            return new Verdict("DEAD", reason, null);
        }
        boolean known = !sent || failure instanceof PartnerSaidNo || neverConnected(failure);
        if (!known && !patience.repeatable()) {
            return new Verdict("UNKNOWN", reason, null);
        }
        return attempt >= patience.attempts()
                ? new Verdict("DEAD", reason, null)
                : new Verdict("RETRY", reason, backOff(attempt, patience));
    }

    /** An answer that was read and is a no (422); one that could not be read (400), or makes no fact of ours, says nothing. */
    private static boolean saidNo(Throwable failure) {
        return failure instanceof Refused refused
                && refused.problem().status() == 422
                && !refused.problem().type().equals("invalid-fact");
    }

    private static boolean hopeless(Throwable failure) {
        return failure instanceof PartnerSaidNo http
                && http.status() >= 400
                && http.status() < 500
                && !WORLD_AT_FAULT.contains(http.status());
    }

    private static boolean neverConnected(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ConnectException
                    || t instanceof UnknownHostException
                    || t instanceof NoRouteToHostException
                    || t.getClass().getSimpleName().startsWith("ConnectTimeout")) {
                return true;
            }
        }
        return false;
    }

    /** Full jitter, so that many effects of one outage do not come back together. */
    private static Duration backOff(int attempt, Patience patience) {
        long ceiling = Math.min(patience.most().toMillis(), patience.base().toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
    }

    /** No exception text: a partner's answer may carry what a citizen wrote. */
    private static String words(Throwable failure) {
        if (failure instanceof PartnerSaidNo http) {
            return "HTTP " + http.status();
        } else if (failure instanceof Refused refused) {
            return refused.getMessage();
        } else if (failure instanceof songda.failure.Unmappable unmappable) {
            return unmappable.getMessage();
        }
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }
}
