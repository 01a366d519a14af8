package songda.door;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import songda.failure.Moot;
import songda.failure.NotNow;
import songda.failure.Refused;
import songda.failure.Stopped;

/**
 * How one attempt at a door ended.
 *
 * @param state ACCEPTED, RETRY (later), UNKNOWN (sent, answer lost), DEAD (a person decides)
 * @param after wall time until the next attempt (RETRY; of every effect of the door where it is STOPPED), or until the partner is asked (UNKNOWN, where it can be asked); else null
 */
record Verdict(String state, String reason, Duration after, Partner partner) {

    /** What the attempt says about the partner: it answers, it does not or not now, nothing was sent. */
    enum Partner {
        WELL,
        AWAY,
        NOT_ASKED,
        /** It takes nothing until a person has acted. */
        STOPPED
    }

    private static final Set<Integer> WORLD_AT_FAULT = Set.of(408, 425, 429);
    /** Said by somebody in between: the partner behind may have the message. */
    private static final Set<Integer> SAID_BY_A_GATEWAY = Set.of(502, 504);

    static final Verdict ACCEPTED = new Verdict("ACCEPTED", null, null, Partner.WELL);

    /**
     * What the door says about itself.
     *
     * @param askAfter null where the partner cannot be asked
     */
    record Patience(boolean repeatable, Duration base, Duration most, int attempts, Duration askAfter) {}

    /** It is not there: sent again at once, unless there were too many attempts. */
    static Verdict notThere(String reason, int attempt, int attempts) {
        return attempt >= attempts
                ? new Verdict("DEAD", reason, null, Partner.WELL)
                : new Verdict("RETRY", reason, Duration.ZERO, Partner.WELL);
    }

    /**
     * @param sent whether the message may have reached the partner before this happened
     * @param onlyRead whether it was a question, which may be asked again whatever became of it
     * @param attempt 1 for the first
     */
    static Verdict of(Throwable failure, boolean sent, boolean onlyRead, int attempt, Patience patience) {
        if (failure == null) {
            return ACCEPTED;
        }
        String reason = words(failure);
        if (failure instanceof Stopped stopped) {
            return new Verdict("RETRY", reason, stopped.after(), Partner.STOPPED);
        }
        if (failure instanceof Moot) {
            return new Verdict("ACCEPTED", reason, null, Partner.NOT_ASKED);
        }
        if (failure instanceof NotNow later && attempt < patience.attempts()) {
            Duration wait = later.after() == null ? backOff(attempt, patience) : spread(later.after());
            return new Verdict("RETRY", reason, wait, Partner.WELL);
        }
        if (failure instanceof NotNow || saidNo(failure) || hopeless(failure)) {
            return new Verdict("DEAD", reason, null, Partner.WELL);
        }
        Partner partner = sent ? Partner.AWAY : Partner.NOT_ASKED;
        boolean known = !sent || onlyRead || answered(failure) || neverConnected(failure);
        if (!known && !patience.repeatable()) {
            return new Verdict("UNKNOWN", reason, patience.askAfter(), partner);
        }
        return attempt >= patience.attempts()
                ? new Verdict("DEAD", reason, null, partner)
                : new Verdict("RETRY", reason, wait(failure, attempt, patience), partner);
    }

    /** An answer that was read and is a no (422); one that could not be read (400), or makes no fact of ours, says nothing. */
    private static boolean saidNo(Throwable failure) {
        return failure instanceof Refused refused
                && refused.problem().status() == 422
                && !refused.problem().type().equals("invalid-fact");
    }

    private static boolean answered(Throwable failure) {
        return failure instanceof PartnerSaidNo http && !SAID_BY_A_GATEWAY.contains(http.status());
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
                    || t.getClass().getSimpleName().startsWith("ConnectTimeout")
                    // No connection of the pool became free.
                    || t.getClass().getSimpleName().startsWith("ConnectionRequestTimeout")) {
                return true;
            }
        }
        return false;
    }

    /** As long as the partner asked for, and a tenth more at most; or what the attempts so far suggest. */
    private static Duration wait(Throwable failure, int attempt, Patience patience) {
        return failure instanceof PartnerSaidNo http && http.notBefore() != null
                ? spread(http.notBefore())
                : backOff(attempt, patience);
    }

    private static Duration spread(Duration wanted) {
        return wanted.plusMillis(ThreadLocalRandom.current().nextLong(1 + Math.max(1000, wanted.toMillis() / 10)));
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
        } else if (failure instanceof NotNow || failure instanceof Stopped || failure instanceof Moot) {
            return failure.getMessage();
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
