package partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * How a partner misbehaves on request: for the next {@code count} requests, or until told otherwise (count 0).
 *
 * <p>{@code down}: the connection is closed, nothing is done. {@code slow}: answered after {@code millis}. {@code http500}:
 * answered {@code status}, 500 unless given, nothing done, with {@code retryAfter} as its Retry-After. {@code drop-answer}: done and in the journal, then closed without an answer.
 * {@code garbage}: done, answered 200 with what is not JSON. {@code login-page}: nothing done, answered 200 with an HTML page. {@code says}: what
 * this partner alone can say, named by {@code what}. With {@code path} only requests to it.
 *
 * <p>A printer also knows {@code paper-out} (it says so when it is asked), {@code runs-out} (in the middle of the job), {@code hang}
 * (it takes the connection and says nothing) and {@code busy} (it prints for {@code millis}).
 */
final class Behaviour {
    private Mode mode = Mode.OK;
    private int left;
    private long millis;
    private int status;
    private String retryAfter;
    private String path;
    private String what;

    synchronized void set(JsonNode request) {
        mode = Mode.valueOf(
                request.path("mode").asText("ok").toUpperCase(Locale.ROOT).replace('-', '_'));
        left = request.path("count").asInt(0);
        millis = request.path("millis").asLong(0);
        status = request.path("status").asInt(500);
        retryAfter = request.path("retryAfter").asText(null);
        path = request.path("path").asText(null);
        what = request.path("what").asText("");
    }

    /** As it is now; counts nothing. */
    synchronized Mode mode() {
        return mode;
    }

    /** The behaviour for one request; counts it. */
    Turn next() {
        return next(null);
    }

    synchronized Turn next(String requested) {
        if (path != null && !path.equals(requested)) return new Turn(Mode.OK, 0, 0, null, "");
        Turn turn = new Turn(mode, millis, status, retryAfter, what);
        if (mode != Mode.OK && left > 0 && --left == 0) mode = Mode.OK;
        return turn;
    }

    enum Mode {
        OK,
        DOWN,
        SLOW,
        HTTP500,
        DROP_ANSWER,
        GARBAGE,
        SAYS,
        LOGIN_PAGE,
        PAPER_OUT,
        RUNS_OUT,
        HANG,
        BUSY
    }

    record Turn(Mode mode, long millis, int status, String retryAfter, String what) {
        void waitIfSlow() {
            if (mode != Mode.SLOW) return;
            try {
                Hub.pause(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
